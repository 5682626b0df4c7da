// A file of a person, for staff: never run, never sniffed, never cached.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { DeskContract } from '../conversation/desk-types.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { partOf } from './ranges.js';
import { id } from './shapes.js';

/** Kinds that a page of ours may draw; all were re-encoded when they came in. */
const DRAWN: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];
/** Kinds that a page of ours may play: voice notes. They are as they came; a player runs nothing. */
const PLAYED: readonly string[] = ['audio/ogg', 'audio/mp4', 'audio/mpeg'];
const SHOWN: ReadonlySet<string> = new Set([...DRAWN, ...PLAYED]);

/** `show=1` draws a picture or plays a voice note in the page; everything else is a download. */
export function fileRoute(deps: GuardDeps & { desk: DeskContract }): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/files/:id',
    needs: 'read_cases',
    params: { id },
    query: { show: z.literal('1').optional() },
    handle: async ({ request, me, params, query }) => {
      const { ref, bytes } = await deps.desk.file(params.id, me.staff);
      const inline = query.show === '1' && SHOWN.has(ref.mime);
      const part = partOf(bytes, request.headers['range']);
      return {
        ...part,
        headers: {
          ...part.headers,
          'content-type': inline ? ref.mime : 'application/octet-stream',
          'content-disposition': disposition(inline ? 'inline' : 'attachment', ref.name),
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'no-store',
        },
      };
    },
  });
}

/** RFC 6266 with the name in RFC 5987 clothes: no quote, line break or direction mark gets through. */
function disposition(how: 'inline' | 'attachment', name: string): string {
  const clean = name
    .slice(0, 200)
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069/\\]/gu, '');
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename*=UTF-8''${encoded === '' ? 'file' : encoded}`;
}
