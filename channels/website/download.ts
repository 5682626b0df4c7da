// Hands a file back to the person it belongs to: by a signed, short-lived address, as a download that runs nothing.
import type { ChannelRequest, ChannelResponse } from '../channel.js';
import { refusal } from '../common/http.js';
import { ACCOUNT } from './activity.js';
import { checkToken } from './gate.js';
import type { Desk } from './gate.js';

/** GET /v3/directline/files/:id?t= */
export async function getFile(desk: Desk, request: ChannelRequest): Promise<ChannelResponse> {
  const claims = checkToken(desk, request.query['t'] ?? '', ['file'], undefined);
  if ('status' in claims) return claims;
  const id = request.params['id'] ?? '';
  if (claims.file !== id) return refusal(404, 'NotFound', 'There is no such file for this token.');
  const found = await desk.host.readFile(ACCOUNT, claims.conversation, id);
  if (found === null) return refusal(404, 'NotFound', 'There is no such file for this token.');
  return {
    status: 200,
    body: found.bytes,
    headers: {
      'content-type': shownTypes.has(found.ref.mime) ? found.ref.mime : 'application/octet-stream',
      'content-disposition': disposition(found.ref.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': desk.origins.others.length > 0 ? 'cross-origin' : 'same-origin',
      'cache-control': 'private, no-store',
    },
  };
}

/** Types that an <img> may show; everything else is bytes. */
const shownTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'application/pdf']);

/** RFC 6266 with the RFC 5987 form for Arabic names. */
function disposition(name: string): string {
  const safe = encodeURIComponent(name === '' ? 'file' : name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="file"; filename*=UTF-8''${safe}`;
}
