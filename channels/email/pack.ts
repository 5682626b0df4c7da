// A letter that was read on its way between two threads: without functions, its files handed over instead of copied.
import { headOf, type Attached } from './letter.js';
import type { Reading } from './reading.js';

type Whole = Extract<Reading, { kind: 'read' }>;

export type Pack =
  | Exclude<Reading, Whole>
  | {
      kind: 'read';
      words: string;
      letter: Omit<Whole['letter'], 'head' | 'attachments'>;
      attachments: (Omit<Attached, 'bytes'> & { bytes: Uint8Array })[];
    };

/** `moves`: what the giver loses. */
export function packed(reading: Reading): { pack: Pack; moves: ArrayBuffer[] } {
  if (reading.kind !== 'read') return { pack: reading, moves: [] };
  const { head: _head, attachments, ...letter } = reading.letter;
  // Small ones may lie in memory that they share with others; those are copied.
  const own = attachments.filter(({ bytes }) => bytes.byteLength === bytes.buffer.byteLength);
  const moves = [...new Set(own.map(({ bytes }) => bytes.buffer as ArrayBuffer))];
  return { pack: { kind: 'read', words: reading.words, letter, attachments }, moves };
}

export function unpacked(pack: Pack): Reading {
  if (pack.kind !== 'read') return pack;
  const { letter, words } = pack;
  const attachments = pack.attachments.map(({ bytes, ...more }) => ({ ...more, bytes: bufferOf(bytes) }));
  return { kind: 'read', words, letter: { ...letter, head: headOf(letter.fields), attachments } };
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
