/** Reads a flow's "moved": where people and answers of its earlier versions go. */
import type { Place, Report } from './finding.js';
import { type Fields, readFields, readId, readList } from './shape.js';
import { keysOf } from './vocabulary.js';

const kinds = ['step', 'answer', 'flow'] as const;

/** One line of the list. `to` is a target, the new name of an answer, or `forget`; empty for a former flow. */
export interface DraftMoved {
  readonly kind: (typeof kinds)[number];
  readonly from: string;
  readonly to: string;
  readonly at: Place;
  readonly toAt: Place;
}

export function readMoved(fields: Fields, report: Report): DraftMoved[] {
  const node = fields.get('moved');
  const list = node && readList(node, '"moved"', report);
  return (list?.items ?? []).flatMap((item) => {
    const entry = readFields(item, 'An entry of "moved"', keysOf('moved'), report);
    return entry ? readEntry(entry, report) : [];
  });
}

function readEntry(entry: Fields, report: Report): DraftMoved[] {
  const given = kinds.filter((one) => entry.has(one));
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    report.add(
      'bad_value',
      entry.at,
      'An entry of "moved" is about one step, answer or flow.',
      'Write one of the three.',
    );
    return [];
  }
  const from = readId(entry.get(kind), `the former name of a ${kind}`, report);
  if (kind === 'flow' && entry.has('to'))
    report.add('bad_value', entry.place('to'), 'The people of a former flow come to this one.', 'Remove "to".');
  else if (kind !== 'flow') entry.need('to', 'Say where: "to: its_new_name".');
  const to = kind === 'flow' ? '' : entry.string('to');
  return from === undefined || to === undefined ? [] : [{ kind, from, to, at: entry.at, toAt: entry.place('to') }];
}
