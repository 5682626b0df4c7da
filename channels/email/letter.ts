// A letter as it lies in the mailbox, and as it reads: head, words and attachments.
import { isUtf8 } from 'node:buffer';
import type { Attachment, Email } from 'postal-mime';

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
  /** All values of a field, top first; names in lower case. */
  head: (field: string) => string[];
  text: string;
  html: string;
  attachments: Attached[];
}

export interface Attached {
  name: string;
  mime: string;
  /** It stands within the words. */
  within: boolean;
  bytes: Buffer;
}

/** Most levels of parts within parts, and bytes of all heads: people's letters have four, and a few kilobytes. */
const CAPS = { maxNestingDepth: 30, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true } as const;

/** Null for what cannot be read as a letter. The library is loaded with the first one. */
export async function readLetter(bytes: Buffer): Promise<Letter | null> {
  const { default: PostalMime } = await import('postal-mime');
  try {
    return letterOf(await PostalMime.parse(legible(bytes), CAPS));
  } catch {
    return null;
  }
}

/** What an HTML text says, in plain words: the library writes it so where another part of the letter is plain. */
export async function plainOf(html: string): Promise<string> {
  const { default: PostalMime } = await import('postal-mime');
  const body = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n');
  const parts = [
    'Content-Type: multipart/mixed; boundary=part\r\n',
    '--part\r\nContent-Type: text/plain\r\n\r\n',
    `--part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--part--\r\n`,
  ];
  return (await PostalMime.parse(parts.join('\r\n'), CAPS)).text ?? '';
}

/** A letter that names no charset, as old programs send them, is short: no more is looked at. */
const MOST_NAMELESS = 1024 * 1024;

/** What is neither UTF-8 nor says what it is was written on an Arabic Windows: in heads at any time, in words where no charset is named. */
function legible(bytes: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, CAPS.maxHeadersSize));
  const at = end ? end.index + end[0].length : bytes.length;
  const [head, words] = [bytes.subarray(0, at), bytes.subarray(at)];
  const isNamed = bytes.length > MOST_NAMELESS || /charset\s*=/i.test(bytes.toString('latin1'));
  const fromWindows = (part: Buffer): Buffer =>
    isUtf8(part) ? part : Buffer.from(new TextDecoder('windows-1256').decode(part));
  return Buffer.concat([fromWindows(head), isNamed ? words : fromWindows(words)]);
}

function letterOf(email: Email): Letter {
  const fields = new Map<string, string[]>();
  for (const { key, value } of email.headers) fields.set(key, [...(fields.get(key) ?? []), value]);
  const head = (field: string): string[] => fields.get(field) ?? [];
  return {
    from: { address: email.from?.address ?? '', name: email.from?.name ?? '' },
    subject: email.subject ?? '',
    id: idsIn(email.messageId ?? '')[0] ?? '',
    thread: [...idsIn(email.inReplyTo ?? ''), ...idsIn(email.references ?? '').reverse()],
    head,
    text: email.text ?? '',
    html: email.html ?? '',
    attachments: email.attachments.map(attachedOf),
  };
}

function attachedOf({ filename, mimeType, related = false, disposition, content }: Attachment): Attached {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return { name: filename ?? '', mime: mimeType, within: related || disposition === 'inline', bytes };
}

/** Message-IDs with their brackets; what has none is no id. */
export function idsIn(field: string): string[] {
  return [...field.slice(0, 8_192).matchAll(/<[^<>\s]{1,512}>/g)].map(([id]) => id);
}
