/** Reads plain values out of nodes; each wrong shape is a finding that says what was expected. */
import type { FindingCode, Place, Report } from './finding.js';
import type { ListNode, MapNode, Node } from './source.js';

/** A mapping whose keys are known. Asking for a key gives its value, or undefined with a finding. */
export class Fields {
  constructor(
    readonly node: MapNode,
    readonly what: string,
    readonly report: Report,
  ) {}

  get at(): Place {
    return this.node.at;
  }

  has(key: string): boolean {
    return this.node.entries.has(key);
  }

  get(key: string): Node | undefined {
    return this.node.entries.get(key)?.value;
  }

  /** Where a key is written; the mapping itself when it is not. */
  place(key: string): Place {
    return this.node.entries.get(key)?.at ?? this.at;
  }

  need(key: string, cure: string): Node | undefined {
    const node = this.get(key);
    if (!node) this.report.add('missing_key', this.at, `${this.what} has no "${key}".`, cure);
    return node;
  }

  string(key: string): string | undefined {
    const node = this.get(key);
    return node && readString(node, `"${key}"`, this.report);
  }

  boolean(key: string): boolean | undefined {
    const node = this.get(key);
    if (!node) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    wrong(node, `"${key}" must be true or false.`, `Write "${key}: true" or leave it out.`, this.report);
    return undefined;
  }

  number(key: string): number | undefined {
    const node = this.get(key);
    if (!node) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
    wrong(node, `"${key}" must be a number.`, `Write "${key}: 3", for instance.`, this.report);
    return undefined;
  }

  strings(key: string): string[] {
    const node = this.get(key);
    return node ? readStrings(node, `"${key}"`, this.report) : [];
  }
}

/** A mapping; keys outside `known` are findings (null: any key is welcome). */
export function readFields(
  node: Node,
  what: string,
  known: readonly string[] | null,
  report: Report,
): Fields | undefined {
  if (node.kind !== 'map') {
    wrong(
      node,
      `${what} must be written as "name: value" lines.`,
      'Indent the lines below and give each a name and a colon.',
      report,
    );
    return undefined;
  }
  if (known) {
    for (const [key, entry] of node.entries)
      if (!known.includes(key))
        reportUnknown('unknown_key', entry.at, `${what} knows no "${key}".`, key, known, report);
  }
  return new Fields(node, what, report);
}

export function readList(node: Node, what: string, report: Report): ListNode | undefined {
  if (node.kind === 'list') return node;
  wrong(node, `${what} must be a list.`, 'Begin each line with "- ", or write [one, two].', report);
  return undefined;
}

/** A word or sentence; a number is taken as it is written. */
export function readString(node: Node, what: string, report: Report): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
  if (node.kind === 'scalar' && typeof node.value === 'number') return node.source;
  wrong(node, `${what} must be a word or a sentence.`, 'Write it in quotation marks.', report);
  return undefined;
}

/** One string or a list of them. */
export function readStrings(node: Node, what: string, report: Report): string[] {
  if (node.kind !== 'list') return [readString(node, what, report) ?? []].flat();
  return node.items.flatMap((item) => readString(item, what, report) ?? []);
}

/** An id of ours: small letters, digits, `_` and `-`, beginning with a letter. */
export function readId(node: Node | undefined, what: string, report: Report): string | undefined {
  if (!node) return undefined;
  const id = readString(node, what, report);
  if (id === undefined) return undefined;
  if (/^[a-z][a-z0-9_-]{0,63}$/.test(id) && !(id in Object.prototype)) return id;
  report.add(
    'bad_id',
    node.at,
    `"${id.slice(0, 80)}" cannot be ${what}.`,
    'Use small Latin letters, digits and _, beginning with a letter, at most 64.',
  );
  return undefined;
}

export function wrong(node: Node, message: string, cure: string, report: Report): void {
  report.add('wrong_type', node.at, message, cure);
}

/** A name that is not among the known ones; the cure names the nearest. */
export function reportUnknown(
  code: FindingCode,
  at: Place,
  message: string,
  name: string,
  names: Iterable<string>,
  report: Report,
): void {
  if (!report.wants(code, at, message)) return;
  const known = [...names];
  const near = nearest(name, known);
  const listed = known.length > 0 && known.length <= 30 ? `Known: ${known.join(', ')}.` : 'Look for a slip of the pen.';
  report.add(code, at, message, near === undefined ? listed : `Did you mean "${near}"?`);
}

/** The known name within two slips of the pen. */
function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64 || known.length > 1000) return undefined;
  const [best] = known
    .map((one) => ({ one, slips: distance(name, one) }))
    .filter(({ one, slips }) => slips <= Math.min(2, Math.floor(one.length / 2)))
    .sort((a, b) => a.slips - b.slips);
  return best?.one;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 3;
}
