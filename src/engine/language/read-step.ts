/** Reads one step: its kind follows from the key that only that kind has. */
import type { Step } from '../types.js';
import type { DraftStep, DraftText, Lists } from './draft.js';
import type { Place, Report } from './finding.js';
import { readAsk } from './read-ask.js';
import { readBranch, readCall, readLookUp, readRecordRating } from './read-acts.js';
import { readCondition } from './read-condition.js';
import { type Exits, readQuestion, said, type StepReading } from './read-question.js';
import { emptyText } from './read-text.js';
import { type Fields, readFields, readId } from './shape.js';
import type { Node } from './source.js';
import { stepKinds } from './step-kinds.js';
import { keysOf } from './vocabulary.js';

type Body = Step extends infer S ? (S extends Step ? Omit<S, 'id' | 'onlyIf' | 'go'> : never) : never;
type Read = (reading: StepReading) => Body;

const kinds: Readonly<Record<(typeof stepKinds)[number], Read>> = {
  say: (reading) => ({ kind: 'say', say: said(reading, 'say')?.text ?? emptyText(reading.pack.languages) }),
  consent: (reading) => ({ kind: 'consent', ...readQuestion(reading, 'consent'), version: version(reading) }),
  declaration: (reading) => ({
    kind: 'declaration',
    ...readQuestion(reading, 'declaration'),
    version: version(reading),
    signs: named(reading, 'signs', 'Write the name-answer that must be typed: "signs: name".'),
  }),
  review: (reading) => ({ kind: 'review', ...readQuestion(reading, 'ask'), fields: reviewed(reading) }),
  branch: readBranch,
  call: readCall,
  look_up: readLookUp,
  record_rating: readRecordRating,
  submit: (reading) => {
    reading.places.set('submit', reading.fields.place('submit'));
    return { kind: 'submit', opens: opens(reading.fields, 'submit', reading.report) };
  },
};

/** One step of a flow; undefined (with findings) when it cannot be told what it is. */
export function readStep(node: Node, pack: Lists, exits: Exits, report: Report): DraftStep | undefined {
  const fields = readFields(node, 'A step', null, report);
  const id = fields && readId(fields.need('id', 'Add "id: …": a short name in Latin letters.'), 'an id', report);
  if (!fields || id === undefined) return undefined;
  const places = new Map<string, Place>();
  const texts: DraftText[] = [];
  const reading: StepReading = { fields, id, pack, exits, report, places, texts };
  const marks = stepKinds.filter((kind) => fields.has(kind));
  const [mark] = marks;
  if (marks.length > 1 || (mark === undefined && !fields.has('ask'))) {
    reportUnclear(fields, marks, report);
    return;
  }
  const read = mark ? { body: kinds[mark](reading), each: undefined, list: undefined } : readAsk(reading);
  if (mark) readFields(node, `A "${mark}" step`, keysOf(mark), report);
  const onlyIf = readCondition(fields.get('only_if'), 'only_if', places, report);
  const go = fields.string('go');
  if (fields.has('go')) places.set('go', fields.place('go'));
  const step = { ...read.body, id, ...(onlyIf && { onlyIf }), ...(go !== undefined && { go }) } as Step;
  return {
    step,
    at: fields.at,
    places,
    texts,
    ...(read.each && { each: read.each }),
    ...(read.list !== undefined && { list: read.list }),
  };
}

function reportUnclear(fields: Fields, marks: readonly string[], report: Report): void {
  const message =
    marks.length > 1
      ? `One step cannot be ${marks.join(' and ')} at once.`
      : 'The step says neither what to ask nor what to do.';
  report.add('step_kind', fields.at, message, `Give it exactly one of: ask, ${stepKinds.join(', ')}.`);
}

function version(reading: StepReading): string {
  reading.fields.need('version', 'Add "version: "1"" and raise it whenever the text changes.');
  return reading.fields.string('version') ?? '';
}

function named(reading: StepReading, key: string, cure: string): string {
  reading.fields.need(key, cure);
  reading.places.set(key, reading.fields.place(key));
  return reading.fields.string(key) ?? '';
}

function reviewed(reading: StepReading): string[] {
  reading.places.set('review', reading.fields.place('review'));
  return reading.fields.strings('review');
}

/** The kind of case that a submission opens: `case/<kind>`. */
export function opens(fields: Fields, key: string, report: Report): string {
  const kind = fields.string(key);
  if (kind === undefined || /^case\/[a-z][a-z0-9-]{0,40}$/.test(kind)) return kind ?? '';
  report.add('bad_value', fields.place(key), `"${kind}" is not a kind of case.`, 'Write "submit: case/aid-request".');
  return '';
}
