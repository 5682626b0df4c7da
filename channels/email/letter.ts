// A letter as it lies in the mailbox, and as it reads: head, words and attachments.
import type { Attachment, Email } from 'postal-mime';
import { mended } from './charset.js';
import { legible } from './nameless.js';
import { withoutHugeTags } from './tags.js';

/** One message of the mailbox. UID and UIDVALIDITY together name it for good (RFC 9051, 2.3.1.1). */
export interface Stored {
  uid: number;
  validity: string;
  /** All of it, or the head alone where it is larger than `caps.letterBytes`. */
  bytes: Buffer;
  whole: boolean;
}

export interface Letter {
  from: { address: string; name: string };
  subject: string;
  /** With angle brackets; empty when the sender's program made none. */
  id: string;
  /** The ids of the thread as they stand in `In-Reply-To` and `References`, the nearest first. */
  thread: string[];
  /** All values of each field, top first; names in lower case. */
  fields: ReadonlyMap<string, readonly string[]>;
  head: (field: string) => readonly string[];
  text: string;
  html: string;
  attachments: Attached[];
}

/** All but its text: what is left of a letter when its words were found. */
export type Envelope = Omit<Letter, 'text' | 'html'>;

export interface Attached {
  name: string;
  mime: string;
  /** It stands within the words. */
  within: boolean;
  bytes: Buffer;
}

/** Most levels of parts within parts, and bytes of all heads: people's letters have four, and a few kilobytes. */
const CAPS = { maxNestingDepth: 30, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true } as const;

/** The library keeps a kilobyte for every line: a letter of short lines alone would take hundreds of megabytes. */
const MOST_SHORT_LINES = 100_000;
/** Below the lines of attachments in base64 or uuencode. */
const SHORT = 50;

/** Null for what cannot be read as a letter. The library is loaded with the first one. */
export async function readLetter(bytes: Buffer): Promise<Letter | null> {
  if (hasTooManyLines(bytes)) return null;
  const { default: PostalMime } = await import('postal-mime');
  try {
    return letterOf(await PostalMime.parse(legible(bytes), CAPS));
  } catch {
    return null;
  }
}

function hasTooManyLines(bytes: Buffer): boolean {
  let short = 0;
  for (let at = 0, end = bytes.indexOf(0x0a); end >= 0; at = end + 1, end = bytes.indexOf(0x0a, at))
    if (end - at < SHORT && ++short > MOST_SHORT_LINES) return true;
  return false;
}

/** What an HTML text says, in plain words: the library writes it so where another part of the letter is plain. */
export async function plainOf(html: string): Promise<string> {
  const { default: PostalMime } = await import('postal-mime');
  const body = Buffer.from(withoutHugeTags(html)).toString('base64').replace(/.{76}/g, '$&\r\n');
  const parts = [
    'Content-Type: multipart/mixed; boundary=part\r\n',
    '--part\r\nContent-Type: text/plain\r\n\r\n',
    `--part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--part--\r\n`,
  ];
  return (await PostalMime.parse(parts.join('\r\n'), CAPS)).text ?? '';
}

/** Far more than is looked at for words, whatever stands around them. */
const MOST_TEXT = 1024 * 1024;

function letterOf(email: Email): Letter {
  const fields = new Map<string, string[]>();
  for (const { key, value } of email.headers) fields.set(key, [...(fields.get(key) ?? []), value]);
  return {
    from: { address: email.from?.address ?? '', name: mended(email.from?.name ?? '') },
    subject: mended(email.subject ?? ''),
    id: idsIn(email.messageId ?? '')[0] ?? '',
    thread: [...idsIn(email.inReplyTo ?? ''), ...idsIn(email.references ?? '').reverse()],
    fields,
    head: headOf(fields),
    text: mended((email.text ?? '').slice(0, MOST_TEXT)),
    html: mended((email.html ?? '').slice(0, MOST_TEXT)),
    attachments: email.attachments.map(attachedOf),
  };
}

export function headOf(fields: Letter['fields']): Letter['head'] {
  return (field) => fields.get(field) ?? [];
}

function attachedOf({ filename, mimeType, related = false, disposition, content }: Attachment): Attached {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return { name: mended(filename ?? ''), mime: mimeType, within: related || disposition === 'inline', bytes };
}

/** Message-IDs with their brackets; what has none is no id. */
export function idsIn(field: string): string[] {
  return [...field.slice(0, 8_192).matchAll(/<[^<>\s]{1,512}>/g)].map(([id]) => id);
}
