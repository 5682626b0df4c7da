/** What a file is, by its first bytes; its name and the sender's claim count for nothing. */

export type FileKind = 'jpeg' | 'png' | 'webp' | 'pdf' | 'ogg' | 'm4a' | 'mp3';

interface KindFacts {
  readonly mime: string;
  /** The first is the one that is given; all are accepted in a name. */
  readonly extensions: readonly string[];
  readonly image: boolean;
}

export const KINDS: Readonly<Record<FileKind, KindFacts>> = {
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg'], image: true },
  png: { mime: 'image/png', extensions: ['png'], image: true },
  webp: { mime: 'image/webp', extensions: ['webp'], image: true },
  pdf: { mime: 'application/pdf', extensions: ['pdf'], image: false },
  ogg: { mime: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'], image: false },
  m4a: { mime: 'audio/mp4', extensions: ['m4a'], image: false },
  mp3: { mime: 'audio/mpeg', extensions: ['mp3'], image: false },
};

/** Second byte of an MPEG audio frame, layer 3, with and without a checksum. */
const MP3_FRAMES = new Set([0xfb, 0xfa, 0xf3, 0xf2]);

/** Null: not a kind that is taken. */
export function kindOf(bytes: Buffer): FileKind | null {
  const at = (offset: number, text: string) => bytes.toString('latin1', offset, offset + text.length) === text;
  if (at(0, '\xff\xd8\xff')) return 'jpeg';
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'webp';
  if (at(0, '%PDF-')) return 'pdf';
  if (at(0, 'OggS')) return 'ogg';
  if (at(4, 'ftypM4A')) return 'm4a';
  if (at(0, 'ID3') || (bytes[0] === 0xff && MP3_FRAMES.has(bytes[1] ?? 0))) return 'mp3';
  return null;
}
