/** How an entry lies in a spool file, and how a file is read whose end was torn off or whose middle was damaged. */
import { crc32 } from 'node:zlib';

/** An id of ours (UUID) and sealed bytes: nothing clear. */
export interface SpoolEntry {
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** Where an entry lies in the file, in bytes. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** `damaged`: bytes between good entries that are none; `end`: where the last good entry ends, what follows was torn. */
export interface Reading {
  readonly places: readonly Place[];
  readonly damaged: readonly Place[];
  readonly end: number;
}

/** `SPL1`, then the length of what follows the head, then its CRC-32; numbers are big-endian. */
const MARK = Buffer.from('SPL1');
const HEAD = 12;
const ID = 36;

export function encode({ id, sealed }: SpoolEntry): Buffer {
  const name = Buffer.from(id, 'ascii');
  if (name.length !== ID) throw new RangeError('an entry is named by a UUID');
  const body = Buffer.concat([name, sealed]);
  const head = Buffer.alloc(HEAD);
  MARK.copy(head);
  head.writeUInt32BE(body.length, 4);
  head.writeUInt32BE(crc32(body), 8);
  return Buffer.concat([head, body]);
}

/** Null when the bytes are no whole entry. */
export function decode(bytes: Buffer): SpoolEntry | null {
  const length = lengthAt(bytes, 0);
  if (length === null) return null;
  return { id: bytes.toString('ascii', HEAD, HEAD + ID), sealed: bytes.subarray(HEAD + ID, length) };
}

/** Finds every good entry of a file, whatever happened to it. */
export function read(bytes: Buffer): Reading {
  const places: Place[] = [];
  const damaged: Place[] = [];
  let end = 0;
  for (let at = 0; at < bytes.length;) {
    const length = lengthAt(bytes, at);
    if (length === null) {
      at = bytes.indexOf(MARK, at + 1);
      if (at < 0) break;
      continue;
    }
    if (at > end) damaged.push({ at: end, length: at - end });
    places.push({ at, length });
    end = at += length;
  }
  return { places, damaged, end };
}

/** The whole length of the good entry that begins there, or null. */
function lengthAt(bytes: Buffer, at: number): number | null {
  if (bytes.length - at < HEAD + ID || !bytes.subarray(at, at + MARK.length).equals(MARK)) return null;
  const length = HEAD + bytes.readUInt32BE(at + 4);
  if (length < HEAD + ID || at + length > bytes.length) return null;
  return crc32(bytes.subarray(at + HEAD, at + length)) === bytes.readUInt32BE(at + 8) ? length : null;
}
