// Mends words whose charset was named wrongly: Arabic of Windows or UTF-8 under a Latin name, or under a name that nobody knows.

/**
 * As it stands unless it can only be Arabic (or UTF-8) that was read as Latin: whatever name that goes by is read as windows-1252, which
 * gives every byte a letter of its own, so nothing is lost yet.
 */
export function mended(text: string): string {
  if (!/[\u0080-\u{10FFFF}]/u.test(text)) return text;
  const bytes = bytesOf(text);
  if (bytes === null) return text;
  return decoded(bytes, 'utf-8') ?? (isArabic(text, bytes) ? windows(bytes) : text);
}

/** What the letters of windows-1252 were before they were read. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);

/** Null: it holds what no such bytes say. */
function bytesOf(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 0xa0 ? code : BYTES.get(text.charAt(at));
    if (byte === undefined) return null;
    bytes[at] = byte;
  }
  return bytes;
}

function decoded(bytes: Uint8Array, charset: 'utf-8'): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const windows = (bytes: Uint8Array): string => new TextDecoder('windows-1256').decode(bytes);

/**
 * Words of Latin languages have their accents one by one, or two; those of Arabic are nothing else. So it is, where most foreign letters
 * stand in rows of three and more that are Arabic letters in windows-1256, and where a few letters are all there are.
 */
function isArabic(text: string, bytes: Uint8Array): boolean {
  const foreign = text.match(/[\u0080-\u{10FFFF}]/gu)?.length ?? 0;
  const read = windows(bytes);
  const rows = read.match(/[\p{Script=Arabic}\p{M}]{3,}/gu)?.join('').length ?? 0;
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  const arabic = read.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  return rows * 2 > foreign || (letters === 0 && arabic >= 2 && arabic * 2 > foreign);
}
