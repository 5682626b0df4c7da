/** Why a PDF is not taken: it carries a program or files, or it is made to exhaust whoever opens it. Read in bounded time, changed in nothing. */
import { dictionariesFrom, Contrived, objectsIn, type Budget, type Dictionary } from './objects.js';
import { unpacked } from './unpack.js';

/** `active`: commands or files in it; `pages`: more than `MOST_PAGES`; `unreadable`: made as no program makes it. */
export type PdfFault = 'active' | 'pages' | 'unreadable';

/** Pages of a document that somebody may be asked to read. */
export const MOST_PAGES = 2_000;
/** Bytes that are read as objects, of the file and of what is unpacked of it: more than the largest file that is taken. */
const MOST_READ = 40_000_000;
/** Actions that run a script or start a program (ISO 32000-1, 12.6.4.5 and 12.6.4.16); a script's key alone is enough for some readers. */
const COMMANDS = ['JavaScript', 'JS', 'Launch'] as const;
/**
 * Electronic invoices (PDF/A-3: ZATCA, Factur-X, UBL) carry themselves as XML: the one file in a file that is ordinary. Decided by its
 * root, after declarations and comments; each of these can be read in one way only, so that no number of them takes long.
 */
const INVOICE =
  /^\uFEFF?\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:[\w-]+:)?(?:Invoice|CreditNote|DebitNote|CrossIndustryInvoice|CrossIndustryDocument)[\s>/]/;
/** Bytes of an attached file, as it lies there, that are looked at. */
const HEAD = 16_384;

/** Null: nothing is wrong with it. */
export function pdfFault(bytes: Buffer): PdfFault | null {
  const budget: Budget = { left: MOST_READ };
  try {
    const facts = new Facts(bytes);
    for (const dictionary of objectsIn(bytes, budget)) {
      facts.add(dictionary);
      if (dictionary.says('Type', 'ObjStm')) for (const inner of packed(bytes, dictionary, budget)) facts.add(inner);
      if (facts.commands) return 'active';
    }
    if (facts.pages > MOST_PAGES) return 'pages';
    return facts.carriesFiles() ? 'active' : null;
  } catch (error) {
    if (error instanceof Contrived) return 'unreadable';
    throw error;
  }
}

/** Gathered over all objects, for they refer to each other in any order. */
class Facts {
  commands = false;
  readonly #pages = new Set<number>();
  #declared = 0;
  /** Objects that are attached files, and those that name such objects. */
  readonly #attached = new Set<number>();
  readonly #naming = new Set<number>();
  readonly #named = new Map<number, number[]>();
  readonly #streams = new Map<number, Dictionary[]>();

  constructor(private readonly bytes: Buffer) {}

  add(dictionary: Dictionary): void {
    const { object, key, names, numbers, refers, stream } = dictionary;
    if (COMMANDS.some((name) => names.has(name))) this.commands = true;
    if (dictionary.says('Type', 'Page')) this.#pages.add(object);
    if (dictionary.says('Type', 'Pages')) this.#declared = Math.max(this.#declared, numbers.get('Count') ?? 0);
    const all = [...refers.values()].flat();
    if (key === 'EF') for (const one of all) this.#attached.add(one);
    for (const one of refers.get('EF') ?? []) this.#naming.add(one);
    if (key === null && stream === null && all.length <= MOST_NAMED) this.#named.set(object, all);
    if (stream !== null) this.#streams.set(object, [...(this.#streams.get(object) ?? []), dictionary]);
  }

  get pages(): number {
    return Math.max(this.#declared, this.#pages.size);
  }

  /** Whether any file in it is another one than an invoice. */
  carriesFiles(): boolean {
    const attached = [...this.#attached, ...[...this.#naming].flatMap((one) => this.#named.get(one) ?? [])];
    return attached.flatMap((one) => this.#streams.get(one) ?? []).some((stream) => !this.#isInvoice(stream));
  }

  #isInvoice(stream: Dictionary): boolean {
    return INVOICE.test(
      unpacked(this.bytes.subarray(0, (stream.stream ?? 0) + HEAD), stream, MOST_READ).toString('utf8', 0, HEAD),
    );
  }
}

/** A dictionary of attached files names at most a few: `F`, `UF` and their kin. */
const MOST_NAMED = 8;

/** Objects that lie packed in a stream: pairs of number and place, then the objects (ISO 32000-1, 7.5.7). */
function* packed(bytes: Buffer, stream: Dictionary, budget: Budget): Generator<Dictionary> {
  const inner = unpacked(bytes, stream, budget.left);
  budget.left -= inner.length;
  const first = stream.numbers.get('First') ?? 0;
  const places = (inner.toString('latin1', 0, first).match(/\d+/g) ?? []).map(Number);
  for (let at = 0; at + 1 < places.length; at += 2) {
    const [object, from] = [places[at] ?? 0, first + (places[at + 1] ?? 0)];
    const next = first + (places[at + 3] ?? inner.length);
    yield* dictionariesFrom(inner.subarray(0, Math.max(next, from)), from, object, budget);
  }
}
