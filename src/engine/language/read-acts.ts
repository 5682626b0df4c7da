/** Reads the steps that ask nobody: branch, call, look_up and record_rating. */
import type { BranchStep, CallStep, LookUpKind, LookUpStep, RecordRatingStep } from '../types.js';
import { readCondition } from './read-condition.js';
import { readJumps, type StepReading } from './read-question.js';
import { readFields, readId, readList, readString, reportUnknown } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

type Body<S> = Omit<S, 'id' | 'onlyIf' | 'go'>;

/** What each look-up may be given (one of the sets, whole), and how it may come out; see LookUpKind in types.ts. */
export const lookUps: Readonly<
  Record<LookUpKind, { readonly takes: readonly (readonly string[])[]; readonly outcomes: readonly string[] }>
> = {
  own_cases: { takes: [[]], outcomes: ['none', 'one', 'many'] },
  own_open: { takes: [[]], outcomes: ['none', 'one', 'many'] },
  own_decided: { takes: [[]], outcomes: ['none', 'one', 'many'] },
  own_case: { takes: [['number']], outcomes: ['found', 'none'] },
  case_by_number: { takes: [['number', 'last_four']], outcomes: ['found', 'none', 'locked'] },
  articles: { takes: [['question'], ['article']], outcomes: ['answered', 'unsure', 'none'] },
  link_code: { takes: [[]], outcomes: ['ready', 'none'] },
  link_check: { takes: [['code']], outcomes: ['found', 'own', 'none'] },
  link_use: { takes: [['code']], outcomes: ['moving', 'linked', 'none'] },
  linked: { takes: [[]], outcomes: ['found', 'none'] },
  link_end: { takes: [[]], outcomes: ['ended', 'none'] },
  upload_link: { takes: [['run', 'step']], outcomes: ['ready', 'none'] },
};

export function readBranch(reading: StepReading): Body<BranchStep> {
  const node = reading.fields.get('branch');
  const list = node && readList(node, '"branch"', reading.report);
  const cases = (list?.items ?? []).flatMap((item, index) => readCase(reading, item, index) ?? []);
  return { kind: 'branch', cases };
}

function readCase(reading: StepReading, node: Node, index: number): BranchStep['cases'][number] | undefined {
  const { places, report } = reading;
  const fields = readFields(node, 'A case of a branch', keysOf('case'), report);
  const target = fields?.need('go', 'Write where to go: "go: …".');
  const go = target && readString(target, '"go"', report);
  if (!fields || go === undefined) return undefined;
  places.set(`case.${index}.go`, fields.place('go'));
  const condition = readCondition(fields.get('if'), `case.${index}.if`, places, report);
  return { ...(condition && { if: condition }), go };
}

export function readCall(reading: StepReading): Body<CallStep> {
  const { fields, places, report } = reading;
  places.set('call', fields.place('call'));
  const on = readJumps(reading);
  return { kind: 'call', flow: readId(fields.get('call'), 'the name of a flow', report) ?? '', ...(on && { on }) };
}

export function readLookUp(reading: StepReading): Body<LookUpStep> {
  const { fields, places, report } = reading;
  const name = fields.string('look_up') ?? '';
  const what = lookUpNamed(name);
  if (!what) {
    reportUnknown(
      'bad_value',
      fields.place('look_up'),
      `There is no look-up "${name}".`,
      name,
      Object.keys(lookUps),
      report,
    );
  }
  const as = readId(fields.need('as', 'Name the result: "as: cases".'), 'the name of a result', report) ?? '';
  const on = readJumps(reading);
  const given = fields.get('with');
  const parameters = given && readFields(given, '"with"', what ? lookUps[what].takes.flat() : null, report);
  const pairs = [...(parameters?.node.entries ?? [])].flatMap(([parameter, entry]) => {
    places.set(`with.${parameter}`, entry.at);
    const answer = readString(entry.value, `"${parameter}"`, report);
    return answer === undefined ? [] : [[parameter, answer] as const];
  });
  const parameterNames = pairs.map(([parameter]) => parameter);
  if (what) reportMissingParameters(reading, what, parameterNames);
  return {
    kind: 'look_up',
    what: what ?? 'own_cases',
    as,
    ...(pairs.length > 0 && { with: Object.fromEntries(pairs) }),
    ...(on && { on }),
  };
}

function lookUpNamed(name: string): LookUpKind | undefined {
  return (Object.keys(lookUps) as LookUpKind[]).find((kind) => kind === name);
}

function reportMissingParameters(reading: StepReading, name: LookUpKind, given: string[]): void {
  const { takes } = lookUps[name];
  if (takes.some((set) => set.length === given.length && set.every((parameter) => given.includes(parameter)))) return;
  const wanted = takes.map((set) => `{ ${set.map((parameter) => `${parameter}: <answer>`).join(', ')} }`).join(' or ');
  reading.report.add(
    'missing_key',
    reading.fields.at,
    `The look-up "${name}" is not given what it needs.`,
    `Write "with: ${wanted}".`,
  );
}

export function readRecordRating(reading: StepReading): Body<RecordRatingStep> {
  const { fields, places } = reading;
  fields.need('score', 'Name the answer with the score: "score: score".');
  for (const key of ['score', 'comment']) if (fields.has(key)) places.set(key, fields.place(key));
  const comment = fields.string('comment');
  return {
    kind: 'record_rating',
    service: fields.string('record_rating') ?? '',
    score: fields.string('score') ?? '',
    ...(comment !== undefined && { comment }),
  };
}
