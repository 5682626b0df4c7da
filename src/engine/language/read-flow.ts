/** Reads one flow file. */
import type { End } from '../types.js';
import type { DraftEnd, DraftFlow, DraftStep, DraftText, Lists } from './draft.js';
import type { Place, Report } from './finding.js';
import { languageLimits } from './language-limits.js';
import { readMoved } from './read-moved.js';
import { readExits } from './read-question.js';
import { opens, readStep } from './read-step.js';
import { emptyText, readText } from './read-text.js';
import { type Fields, readFields, readId, readList } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

/** A flow with its each-steps still folded; undefined when it has no id. */
export function readFlow(node: Node, path: string, pack: Lists, report: Report): DraftFlow | undefined {
  const fields = readFields(node, 'A flow', keysOf('flow'), report);
  const id =
    fields && readId(fields.need('flow', 'Add "flow: <id>", the name of the file.'), 'the name of a flow', report);
  if (!fields || id === undefined) return undefined;
  if (!path.endsWith(`/${id}.yaml`)) {
    report.add(
      'bad_id',
      fields.place('flow'),
      `The flow is called "${id}", its file is not.`,
      `Name the file ${id}.yaml.`,
    );
  }
  fields.need('title', 'Add "title: { ar: …, en: … }".');
  const title = readText(fields.get('title'), '"title"', pack.languages, report);
  // Clauses of the charities' policies, for docs/policy-coverage.md; whether they exist is looked up there.
  fields.strings('policy');
  const places = new Map<string, Place>();
  const steps = readSteps(fields, places, pack, report);
  const ends = readEnds(fields, pack, report);
  const moved = readMoved(fields, report);
  return { id, at: fields.at, title: title?.text ?? emptyText(pack.languages), steps, ends, moved, places };
}

function readSteps(fields: Fields, places: Map<string, Place>, pack: Lists, report: Report): DraftStep[] {
  const exits = readExits(fields, {}, places, report);
  const node = fields.need('steps', 'Add "steps:" with at least one step.');
  const list = node && readList(node, '"steps"', report);
  if (!list) return [];
  if (list.items.length === 0) report.add('missing_key', list.at, 'The flow has no steps.', 'Add at least one step.');
  if (list.items.length > languageLimits.steps) {
    report.add(
      'too_many',
      list.at,
      `The flow has more than ${languageLimits.steps} steps.`,
      'Split it, and join the parts with "call".',
    );
    return [];
  }
  return list.items.flatMap((item) => readStep(item, pack, exits, report) ?? []);
}

function readEnds(fields: Fields, pack: Lists, report: Report): DraftEnd[] {
  const node = fields.need('ends', 'Add "ends:" with at least one end, such as "done: {}".');
  const ends = node && readFields(node, '"ends"', null, report);
  if (!ends) return [];
  if (ends.node.entries.size === 0)
    report.add('missing_key', ends.at, 'The flow has no ends.', 'Add "done: { say: … }".');
  if (ends.node.entries.size > languageLimits.ends) {
    report.add(
      'too_many',
      ends.at,
      `The flow has more than ${languageLimits.ends} ends.`,
      'Join those that say the same.',
    );
    return [];
  }
  return [...ends.node.entries].flatMap(([id, entry]) => readEnd(id, entry.at, entry.value, pack, report) ?? []);
}

function readEnd(id: string, at: Place, node: Node, pack: Lists, report: Report): DraftEnd | undefined {
  readId({ kind: 'scalar', at, value: id, source: id }, 'the name of an end', report);
  const fields = readFields(node, `The end "${id}"`, keysOf('end'), report);
  if (!fields) return undefined;
  const places = new Map<string, Place>();
  for (const key of ['then', 'submit']) if (fields.has(key)) places.set(key, fields.place(key));
  const texts: DraftText[] = [];
  const end = endOf(id, fields, pack, texts, report);
  if (end.handoff && end.then !== undefined) {
    report.add(
      'bad_value',
      fields.place('then'),
      'An end that hands over to staff cannot go on to a flow.',
      'Remove "then" or "handoff".',
    );
  }
  return { end, at, places, texts };
}

function endOf(id: string, fields: Fields, pack: Lists, texts: DraftText[], report: Report): End {
  const say = readText(fields.get('say'), `What the end "${id}" says`, pack.languages, report);
  if (say) texts.push(say);
  const then = fields.string('then');
  const template = fields.string('template');
  return {
    id,
    ...(say && { say: say.text }),
    ...(fields.has('submit') && { submit: opens(fields, 'submit', report) }),
    ...(fields.boolean('handoff') && { handoff: true }),
    ...(fields.boolean('park') && { park: true }),
    ...(then !== undefined && { then }),
    ...(template !== undefined && { template }),
  };
}
