// One letter read: its words, and all of it that is needed besides them.
import { readLetter, type Envelope } from './letter.js';
import { wordsOf } from './words.js';

/** `letter`: it is none. `costly`: it took more time or memory than a letter may. */
export type Reading = { kind: 'read'; letter: Envelope; words: string } | { kind: 'broken'; why: 'letter' | 'costly' };

/** Rejects when nothing can be read at all, whichever letter it is. */
export type Read = (bytes: Buffer) => Promise<Reading>;

/** In the thread of whoever calls: a letter may be made so that this takes minutes, or more memory than there is. */
export const readHere: Read = async (bytes) => {
  const whole = await readLetter(bytes);
  const words = whole && (await wordsOf(whole).catch(() => null));
  if (whole === null || words === null) return { kind: 'broken', why: 'letter' };
  const { text: _text, html: _html, ...letter } = whole;
  return { kind: 'read', letter, words };
};
