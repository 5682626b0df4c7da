// Takes in the body of a request within its caps of size and time.
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';

/** A body must be there after this, a streamed one must keep coming; milliseconds. */
export const bodyTimes = { whole: 15_000, pause: 15_000, streamed: 5 * 60_000 } as const;

export type BodyFault = 'too_large' | 'timeout' | 'encoded' | 'aborted';

/** Why a streamed body broke off; the server turns it into its answer. */
export class BodyError extends Error {
  constructor(readonly fault: BodyFault) {
    super(`body: ${fault}`);
    this.name = 'BodyError';
  }
}

/** What the headers alone give away. Compressed bodies are refused: nothing that talks to us needs them. */
export function refusedByHeaders(request: IncomingMessage, limit: number): BodyFault | null {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'encoded';
  return Number(request.headers['content-length'] ?? 0) > limit ? 'too_large' : null;
}

/** All bytes, or rejects with a BodyError. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitBody(request, limit, bodyTimes.whole)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The body as a stream that errors with a BodyError when it grows too long, pauses too long or takes too long. */
export function limitBody(request: IncomingMessage, limit: number, most: number = bodyTimes.streamed): Readable {
  const out = new PassThrough();
  // A handler may answer without reading; a fault then concerns nobody.
  out.on('error', () => undefined);
  let bytes = 0;
  const fail = (fault: BodyFault): void => {
    request.unpipe(out);
    out.destroy(new BodyError(fault));
  };
  const whole = setTimeout(() => fail('timeout'), most);
  const pause = setTimeout(() => fail('timeout'), bodyTimes.pause);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    pause.refresh();
    if (bytes > limit) fail('too_large');
  });
  request.once('aborted', () => fail('aborted'));
  request.once('error', () => fail('aborted'));
  out.once('close', () => {
    clearTimeout(whole);
    clearTimeout(pause);
  });
  return request.pipe(out);
}
