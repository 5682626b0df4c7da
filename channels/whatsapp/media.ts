// Files both ways: by id, address and bytes from Meta, with their digest checked; by upload to Meta.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FileRef } from '../../src/engine/types.js';
import type { Fetched, RemoteFile, SendResult } from '../channel.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { failureOf } from './errors.js';
import { codeOf, type Graph } from '../common/graph.js';
import { limits } from './limits.js';

const link = z.object({
  url: z.string().max(4_096),
  sha256: z.string().max(128).optional(),
  file_size: z.coerce.number().optional().catch(undefined),
});
const tooBig: Fetched = {
  result: 'refused',
  refused: 'file_too_big',
  values: { max: Math.floor(limits.fileBytes / 1024 / 1024) },
};
/** The person sends it again: the one at Meta is gone or cannot be had. */
const gone: Fetched = { result: 'refused', refused: 'file_unreadable' };

/** The bytes of a medium that a message named. An address outside Meta's hosts is never asked. */
export async function fetchMedia(graph: Graph, account: string, { facts }: RemoteFile): Promise<Fetched> {
  const answer = await graph.get(`${facts['media'] ?? ''}?phone_number_id=${account}`);
  if (!answer.ok) return { result: 'later' };
  // 100 with sub-code 33, or 131052: there is no such medium any more (they live for seven days).
  if (answer.status !== 200) return [100, 131052].includes(codeOf(answer.body) ?? -1) ? gone : { result: 'later' };
  const read = link.safeParse(answer.body);
  if (!read.success) return { result: 'later' };
  const { url, sha256, file_size: size = 0 } = read.data;
  if (size > limits.fileBytes) return tooBig;
  if (!graph.trusts(url)) return gone;
  return checked(await graph.download(url, limits.fileBytes), facts['sha256'] ?? sha256);
}

function checked(loaded: Awaited<ReturnType<Graph['download']>>, sha256: string | undefined): Fetched {
  if (!loaded.ok) return loaded.why === 'too_large' ? tooBig : { result: 'later' };
  if (loaded.status === 404 || loaded.status === 410) return gone;
  if (loaded.status !== 200 || !hasDigest(loaded.body, sha256)) return { result: 'later' };
  return { result: 'bytes', bytes: loaded.body };
}

/** Webhooks give the digest in base64, the Graph API in hex. */
export function hasDigest(bytes: Buffer, sha256: string | undefined): boolean {
  if (sha256 === undefined) return true;
  const digest = createHash('sha256').update(bytes).digest();
  return sha256.toLowerCase() === digest.toString('hex') || sha256 === digest.toString('base64');
}

/** The media id under which Meta keeps it for thirty days, or why not. */
export async function uploadMedia(
  graph: Graph,
  account: string,
  file: { ref: FileRef; bytes: Buffer },
  attempt: number,
): Promise<{ id: string } | Exclude<SendResult, { result: 'sent' }>> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.ref.mime }), file.ref.name);
  const answer = await graph.upload(`${account}/media`, form);
  // An upload that may have worked is simply made again: nobody has seen it.
  if (!answer.ok) return { result: 'error', error: failureOfLine('no').error };
  if (answer.status !== 200) return failureOf(answer.status, answer.body, attempt, answer.retryAfter);
  const read = z.object({ id: z.string().min(1) }).safeParse(answer.body);
  return read.success ? { id: read.data.id } : { result: 'error', error: sendErrors.provider_down };
}
