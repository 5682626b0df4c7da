// Ends a connection that never became a request of ours.
import type { Duplex } from 'node:stream';

/** Time for the other side to read the answer before the line is cut; milliseconds. */
const LINGER = 1_000;

/** Answers with a bare status and cuts the line: who never hangs up would otherwise hold it for ever. */
export function hangUp(stream: Duplex, status: number): void {
  if (!stream.writable) {
    stream.destroy();
    return;
  }
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => stream.destroy(), LINGER).unref();
}
