/** Reads a question: its answer type with options, its choices, and whether it stands for a list of the pack. */
import type { AskStep, Choice, Json } from '../types.js';
import { answerOptions } from './answer-options.js';
import type { DraftStep, Item } from './draft.js';
import { readChoices } from './read-choices.js';
import { readQuestion, type StepReading } from './read-question.js';
import { readFields, reportUnknown } from './shape.js';
import { keysOf } from './vocabulary.js';

type Body = Omit<AskStep, 'id' | 'onlyIf' | 'go'>;

export function readAsk(reading: StepReading): { body: Body; each: DraftStep['each']; list: string | undefined } {
  const { fields } = reading;
  const answer = readAnswer(reading);
  const { list, ...choices } = fields.has('choices') ? choicesOf(reading) : {};
  if (fields.has('beside') && choices.choicesFrom === undefined)
    reading.report.add(
      'bad_value',
      fields.place('beside'),
      '"beside" stands beside choices that a look-up found.',
      'Write all choices under "choices".',
    );
  const options = readOptions(reading, answer);
  const body: Body = {
    kind: 'ask',
    ...readQuestion(reading, 'ask'),
    answer,
    ...choices,
    ...(Object.keys(options).length > 0 && { options }),
    ...(fields.boolean('optional') && { optional: true }),
    ...(fields.boolean('plain') && { plain: true }),
    ...(fields.boolean('exact') && { exact: true }),
    ...(answer === 'rating' && { look: 'stars' as const }),
  };
  return { body, each: readEach(reading), list };
}

function readAnswer(reading: StepReading): string {
  const { fields, report } = reading;
  const many = fields.boolean('many') ?? false;
  if (fields.has('choices')) {
    if (fields.has('answer'))
      report.add(
        'bad_value',
        fields.place('answer'),
        'A question has either "answer" or "choices".',
        'Remove one of the two.',
      );
    return many ? 'choices' : 'choice';
  }
  if (fields.has('many'))
    report.add('bad_value', fields.place('many'), '"many" belongs to a question with "choices".', 'Remove "many".');
  fields.need('answer', 'Add "answer: text" (or another type), or "choices".');
  const name = fields.string('answer') ?? 'text';
  const known = Object.keys(answerOptions).filter((type) => type !== 'choice' && type !== 'choices');
  if (!known.includes(name)) {
    reportUnknown(
      'unknown_answer_type',
      fields.place('answer'),
      `There is no answer type "${name}".`,
      name,
      known,
      report,
    );
    return 'text';
  }
  return name;
}

function readOptions(reading: StepReading, answer: string): Record<string, Json> {
  const { fields, report } = reading;
  const allowed = answerOptions[answer] ?? {};
  readFields(
    fields.node,
    `A question with the answer "${answer}"`,
    [...keysOf('ask'), ...Object.keys(allowed)],
    report,
  );
  const options = Object.entries(allowed).flatMap(([key, shape]) => {
    const value = shape === 'number' ? fields.number(key) : fields.boolean(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(options);
}

/** Written out, a list of the pack (`charity.aid_types`), or the list of a look-up. */
function choicesOf(reading: StepReading): { choices?: readonly Choice[]; choicesFrom?: string; list?: string } {
  const { fields, pack, places, report } = reading;
  const node = fields.get('choices');
  if (!node) return {};
  places.set('choices', fields.place('choices'));
  if (node.kind === 'list') {
    if (node.items.length === 0)
      report.add('bad_value', node.at, 'The question has no choices.', 'Add choices, or ask with "answer: text".');
    return { choices: readChoices(node, pack, places, reading.texts, report) };
  }
  const name = fields.string('choices');
  if (name === undefined) return {};
  if (!name.startsWith('charity.')) return { choicesFrom: name, ...besideOf(reading) };
  const list = name.slice('charity.'.length);
  const items = listNamed(reading, list, 'choices');
  for (const item of items) reading.texts.push(...item.texts);
  return { choices: items.map((item) => item.choice), list };
}

/** What may be chosen whatever was found. */
function besideOf({ fields, pack, places, texts, report }: StepReading): { choices?: readonly Choice[] } {
  const node = fields.get('beside');
  return node ? { choices: readChoices(node, pack, places, texts, report) } : {};
}

function listNamed(reading: StepReading, name: string, key: string): readonly Item[] {
  const { fields, pack, report } = reading;
  const items = pack.lists.get(name);
  if (!items) {
    reportUnknown(
      'unknown_list',
      fields.place(key),
      `The charity has no list "${name}".`,
      name,
      [...pack.lists.keys()],
      report,
    );
  }
  return items ?? [];
}

function readEach(reading: StepReading): DraftStep['each'] {
  const { fields, report } = reading;
  const name = fields.string('each');
  if (name === undefined) {
    if (fields.has('item_for'))
      report.add('bad_value', fields.place('item_for'), '"item_for" belongs to a question with "each".', 'Remove it.');
    return undefined;
  }
  if (!name.startsWith('charity.')) {
    report.add(
      'unknown_list',
      fields.place('each'),
      `"${name}" is not a list of the charity.`,
      'Write "each: charity.papers".',
    );
    return undefined;
  }
  const list = name.slice('charity.'.length);
  listNamed(reading, list, 'each');
  const itemFor = fields.string('item_for');
  if (itemFor !== undefined) reading.places.set('item_for', fields.place('item_for'));
  return { list, ...(itemFor !== undefined && { itemFor }) };
}
