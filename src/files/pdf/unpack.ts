/** The bytes of a PDF stream as a reader would have them. */
import { constants, inflateSync } from 'node:zlib';
import { Contrived, type Dictionary } from './objects.js';

/** The ways of packing that objects and invoices are found in, and all others by their names' form (ISO 32000-1, 7.4). */
const FLATE: ReadonlySet<string> = new Set(['FlateDecode', 'Fl']);
const OTHER = /^(?!FlateDecode$)\w+Decode$|^(?:AHx|A85|LZW|RL|CCF|DCT|Crypt)$/;

/**
 * What `bytes` hold of the stream; of a damaged one as much as can be unpacked. Throws `Contrived` where it is packed as no ordinary
 * program packs objects or invoices, or unfolds to more than `most` bytes.
 */
export function unpacked(bytes: Buffer, dictionary: Dictionary, most: number): Buffer {
  const { stream, names, refers, inner } = dictionary;
  const twice = dictionary.says('FlateDecode', 'FlateDecode') || dictionary.says('Fl', 'Fl');
  const predicted = inner.some(({ numbers }) => (numbers.get('Predictor') ?? 1) > 1);
  const elsewhere = refers.has('Filter') || refers.has('DecodeParms');
  if (twice || predicted || elsewhere || [...names].some((name) => OTHER.test(name))) throw new Contrived();
  const data = bytes.subarray(stream ?? bytes.length);
  if ([...FLATE].some((name) => names.has(name))) return inflated(data, most);
  const end = data.indexOf('endstream');
  return end < 0 ? data : data.subarray(0, end);
}

function inflated(data: Buffer, most: number): Buffer {
  try {
    // What follows the packed bytes is passed over, and an end that is missing is none.
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new Contrived();
    return Buffer.alloc(0);
  }
}
