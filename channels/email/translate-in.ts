// Pure translation of a letter into what the house speaks.
import { createHash } from 'node:crypto';
import type { Beginning } from '../../src/engine/types.js';
import type { Incoming, RemoteFile, StatusReport } from '../channel.js';
import { cleanFileName, cleanText } from '../common/text.js';
import { addressOf } from './address.js';
import { automatic } from './automatic.js';
import { reportsOf } from './bounce.js';
import { hasHead } from './introductions.js';
import type { Attached, Envelope, Stored } from './letter.js';
import { caps, limits } from './limits.js';
import type { MessageIds } from './message-id.js';
import { proofOf } from './proof.js';

/** `silent`: no person wrote it, nobody is answered. `broken`: nobody can be answered. */
export type Translated =
  | { kind: 'message'; incoming: Incoming }
  | { kind: 'reports'; reports: StatusReport[] }
  | { kind: 'silent' | 'broken'; why: string };

export interface Place {
  /** Our address, which is the account. */
  account: string;
  ids: MessageIds;
  /** The authserv-id whose findings are believed; empty: nobody's. */
  trusted: string;
  now: number;
}

/** `words`: what the writer wrote, without what their program added. */
export function translateIn(letter: Envelope, words: string, stored: Stored, place: Place): Translated {
  const why = automatic(letter, place.account);
  if (why === 'report') return { kind: 'reports', reports: reportsOf(letter, place.account, place.ids, place.now) };
  if (why !== null) return { kind: 'silent', why };
  const user = addressOf(letter.from.address);
  if (user === null) return { kind: 'broken', why: 'sender' };
  const proof = proofOf(letter, place.trusted);
  if (proof === 'fail') return { kind: 'broken', why: 'forged' };
  const answers = letter.thread.some((id) => place.ids.read(id, user) !== null);
  const remote = filesOf(letter, stored);
  const text = words === '' && !answers ? subjectOf(letter) : words;
  const isEmpty = text === '' && remote.length === 0 && stored.whole;
  return {
    kind: 'message',
    incoming: {
      account: place.account,
      user,
      // With the writer, so that nobody can take another's letter away by its id.
      messageId: `${user} ${letter.id || digestOf(stored)}`,
      ...named(letter),
      reply: replyTo(letter),
      ...(text !== '' && { text }),
      // Sealed for a program that we are not, or nothing at all.
      ...(isEmpty && { media: 'unknown' as const }),
      ...(remote.length > 0 && { remote }),
      ...(!stored.whole && { refused: [tooBig] }),
      ...(!answers && {
        begins: beginning(letter, words, { remote, user, whole: stored.whole, proven: proof === 'pass' }),
      }),
    },
  };
}

const tooBig = { key: 'file_too_big', values: { max: limits.fileBytes / (1024 * 1024) } };

/** A letter without an id is known by what it holds. */
function digestOf({ bytes }: Stored): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function named({ from }: Envelope): { name?: string } {
  const name = cleanFileName(from.name.replace(/[\\/]/g, ' '));
  return name === '' || addressOf(name) !== null ? {} : { name };
}

/** What an answer needs to stand in the same thread. */
function replyTo({ from, subject, id, thread }: Envelope): Record<string, string> {
  const references = [...new Set([...(id === '' ? [] : [id]), ...thread])].slice(0, caps.references).reverse();
  return {
    to: from.address.trim(),
    subject: cleanText(subject).replace(/\s+/g, ' ').trim().slice(0, caps.subject),
    ...(id !== '' && { id }),
    ...(references.length > 0 && { references: references.join(' ') }),
  };
}

/** A thread that begins is no answer to what we asked. One with papers, at length, or with a head as offices write it, is a letter to the charity. */
function beginning(
  letter: Envelope,
  words: string,
  { remote, user, whole, proven }: { remote: readonly RemoteFile[]; user: string; whole: boolean; proven: boolean },
): Beginning {
  const isShort = words.length < caps.letterWords && !hasHead(words);
  if (remote.length === 0 && isShort && whole) return { proven };
  const sender = named(letter).name ?? user;
  const subject = subjectOf(letter) || firstLine(words).slice(0, caps.subject) || (remote[0]?.name ?? '');
  return { proven, letter: { sender, subject } };
}

function subjectOf({ subject }: Envelope): string {
  const bare = cleanText(subject).replace(/^(\s*(re|fwd?|رد|إعادة توجيه|محول)\s*:)+/i, '');
  return bare.replace(/\s+/g, ' ').trim().slice(0, caps.subject);
}

function firstLine(words: string): string {
  return words.split('\n').find((line) => line.trim() !== '') ?? '';
}

/** By its place in the letter a file is found again. */
function filesOf({ attachments, id }: Envelope, { uid, validity, bytes }: Stored): RemoteFile[] {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return attachments
    .flatMap((file, place) => (isFile(file) ? [{ file, place }] : []))
    .slice(0, caps.files)
    .map(({ file, place }) => ({
      name: cleanFileName(file.name) || file.mime.split('/')[0] || 'file',
      facts: { uid: String(uid), validity, id, digest, place: String(place) },
    }));
}

/** No signs of a signature, no seals, no letters within letters. */
function isFile({ mime, within, bytes }: Attached): boolean {
  if (/^(application\/(pgp|x-pkcs7|pkcs7)-|message\/|text\/(calendar|x-amp))/.test(mime)) return false;
  return bytes.length > 0 && !(within && mime.startsWith('image/') && bytes.length < caps.pictureBytes);
}
