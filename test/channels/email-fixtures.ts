// Fixtures of channels/email/: letters as they come over the line, with what becomes of them.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Incoming, Outgoing } from '../../channels/channel.js';
import { MessageIds } from '../../channels/email/message-id.js';
import type { OutLetter } from '../../channels/email/translate-out.js';

export const OURS = 'info@charity.example';
export const ids = new MessageIds(Buffer.from('a key of this test'), OURS);

export interface InLetter {
  name: string;
  /** Lines in UTF-8; PROOF stands for what our letter to the writer (or to somebody else) proves itself with. */
  raw: string[];
  /** Bytes behind the lines, in base64. */
  tail?: string;
  /** It answers a letter of ours to its writer, or to another one. */
  answers?: true | 'other';
  incoming: Incoming[];
  /** Why nobody is answered, or why it was put aside. */
  why?: string;
  broken?: string;
}

export interface OutFixture {
  name: string;
  outgoing: Partial<Outgoing>;
  letters: Partial<OutLetter>[];
}

export function fixtures<T>(file: 'in.json' | 'out.json'): T[] {
  const path = join(resolve(import.meta.dirname, '../..'), 'channels/email/fixtures', file);
  return JSON.parse(readFileSync(path, 'utf8')) as T[];
}

/** As the letter lies in the mailbox. */
export function bytesOf({ raw, tail, answers }: Pick<InLetter, 'raw' | 'tail' | 'answers'>): Buffer {
  const message = '0199a8a0-0000-7000-8000-000000000001';
  const id = ids.make(message, 0, answers === 'other' ? 'somebody@example.com' : 'fatima@example.com');
  const lines = raw.map((line) => line.replace(/<[^<>]*\.PROOF@[^<>]*>/g, id)).join('\r\n');
  return Buffer.concat([Buffer.from(`${lines}\r\n`), Buffer.from(tail ?? '', 'base64')]);
}

/** A message of the bot to Fatima with all that a test does not name. */
export function outgoing(more: Partial<Outgoing> = {}): Outgoing {
  return {
    id: '0199a8a0-0000-7000-8000-000000000001',
    conversation: '0199a8a0-0000-7000-8000-000000000002',
    account: OURS,
    user: 'fatima@example.com',
    reply: {},
    seq: 7,
    attempt: 1,
    author: 'bot',
    text: '',
    options: [],
    ...more,
  };
}
