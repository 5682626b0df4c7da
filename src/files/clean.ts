/** Looks into a file before it is kept: pictures are drawn anew without what they know of place and device, documents must open. */
import sharp from 'sharp';
import { KINDS, kindOf } from './kind.js';
import type { FileKind } from './kind.js';
import { MOST_PAGES, pdfFault, type PdfFault } from './pdf/fault.js';

/** A key under `edge.` in flows/texts, with values for it. */
export interface Refusal {
  refused: string;
  values?: Record<string, string | number>;
}

export interface CleanFile {
  kind: FileKind;
  bytes: Buffer;
}

/** Pixels of the largest picture that is opened: a small file can unfold into gigabytes. */
const MOST_PIXELS = 40_000_000;
/** Seconds that drawing one picture may take. */
const LONGEST_DRAWING = 20;
/** How far from its end a document may say that it ends. */
const END_OF_PDF = 2_048;

export async function cleanFile(bytes: Buffer): Promise<CleanFile | Refusal> {
  const kind = kindOf(bytes);
  if (!kind) return { refused: 'file_kind' };
  if (KINDS[kind].image) return oneByOne(() => redrawn(bytes, kind));
  if (kind === 'pdf') return checkedPdf(bytes);
  return { kind, bytes };
}

let last: Promise<unknown> = Promise.resolve();

/** A small picture can take some 250 MB while it is drawn: several at once would take the process down. */
function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}

async function redrawn(bytes: Buffer, kind: FileKind): Promise<CleanFile | Refusal> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return { refused: 'file_pixels', values: { max: MOST_PIXELS / 1_000_000 } };
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .timeout({ seconds: LONGEST_DRAWING });
    // Without `withMetadata` nothing of EXIF, GPS, XMP or comments goes over.
    if (kind === 'png') return { kind, bytes: await picture.png().toBuffer() };
    if (kind === 'webp') return { kind, bytes: await picture.webp({ quality: 88 }).toBuffer() };
    return { kind, bytes: await picture.jpeg({ quality: 88 }).toBuffer() };
  } catch {
    return { refused: 'file_unreadable' };
  }
}

const REFUSALS: Readonly<Record<PdfFault, Refusal>> = {
  active: { refused: 'file_active' },
  pages: { refused: 'file_pages', values: { max: MOST_PAGES } },
  unreadable: { refused: 'file_unreadable' },
};

/** A document behind a password cannot be read by staff either; a cut one opens nowhere; one with a program in it should open nowhere. */
function checkedPdf(bytes: Buffer): CleanFile | Refusal {
  if (!bytes.subarray(-END_OF_PDF).includes('%%EOF')) return { refused: 'file_unreadable' };
  if (isLocked(bytes)) return { refused: 'file_locked' };
  const fault = pdfFault(bytes);
  return fault ? REFUSALS[fault] : { kind: 'pdf', bytes };
}

/** `/Encrypt` as a whole name; it stands unpacked in the trailer or in the dictionary of the cross-reference stream (ISO 32000-1, 7.5.5). */
function isLocked(bytes: Buffer): boolean {
  const name = '/Encrypt';
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) {
    const after = bytes.toString('latin1', at + name.length, at + name.length + 1);
    if (/[\s<\d]/.test(after)) return true;
  }
  return false;
}
