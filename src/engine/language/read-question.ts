/** What all questions share: words, privacy class, jumps by value, and the exits for wrong answers and silence. */
import type { PrivacyClass, Question, SilenceExit, WrongExit } from '../types.js';
import type { DraftText, Lists } from './draft.js';
import { parseDuration } from './duration.js';
import type { Place, Report } from './finding.js';
import { languageLimits } from './language-limits.js';
import { emptyText, readText } from './read-text.js';
import type { Fields } from './shape.js';
import { readFields, readString, reportUnknown, wrong } from './shape.js';
import type { Node } from './source.js';
import { keysOf, privacyClasses } from './vocabulary.js';

export interface Exits {
  readonly wrong?: WrongExit;
  readonly silence?: SilenceExit;
}

/** What a reader of steps works with. */
export interface StepReading {
  readonly fields: Fields;
  readonly id: string;
  readonly pack: Lists;
  /** The flow's own exits. */
  readonly exits: Exits;
  readonly report: Report;
  /** Filled while reading. */
  readonly places: Map<string, Place>;
  readonly texts: DraftText[];
}

/** The shared part of a question whose words stand under `askKey`. */
export function readQuestion(reading: StepReading, askKey: string): Omit<Question, 'id' | 'onlyIf' | 'go'> {
  const { fields, pack, report } = reading;
  fields.need(askKey, `Add "${askKey}:" with the words of the question.`);
  const ask = said(reading, askKey);
  const again = said(reading, 'again');
  const short = readText(fields.get('short'), '"short"', pack.languages, report);
  if (short) reading.texts.push(short);
  const on = readJumps(reading);
  const exits = readExits(fields, reading.exits, reading.places, report);
  reportMissingExits(fields, exits, report);
  return {
    ask: ask?.text ?? emptyText(pack.languages),
    class: readClass(fields, report),
    wrong: exits.wrong ?? { tries: 'any' },
    silence: exits.silence ?? { after: 0, go: '' },
    ...(short && { short: short.text }),
    ...(again && { again: again.text }),
    ...(on && { on }),
  };
}

/** A text of the step, remembered for the checks of its variables. */
export function said(reading: StepReading, key: string): DraftText | undefined {
  const text = readText(reading.fields.get(key), `"${key}"`, reading.pack.languages, reading.report);
  if (text) reading.texts.push(text);
  return text;
}

/** `on: { value: target }`. */
export function readJumps(reading: StepReading): Record<string, string> | undefined {
  const node = reading.fields.get('on');
  const fields = node && readFields(node, '"on"', null, reading.report);
  if (!fields) return undefined;
  const jumps: [string, string][] = [];
  for (const [value, entry] of fields.node.entries) {
    const target = readString(entry.value, `The jump of "${value}"`, reading.report);
    reading.places.set(`on.${value}`, entry.at);
    if (target !== undefined) jumps.push([value, target]);
  }
  return Object.fromEntries(jumps);
}

/** `on_wrong_answer` and `on_silence` of a flow or a question; what is not written comes from `base`. */
export function readExits(fields: Fields, base: Exits, places: Map<string, Place>, report: Report): Exits {
  for (const key of ['on_wrong_answer', 'on_silence']) if (fields.has(key)) places.set(key, fields.place(key));
  const wrongExit = fields.has('on_wrong_answer') ? readWrong(fields.get('on_wrong_answer'), report) : base.wrong;
  const silence = fields.has('on_silence') ? readSilence(fields.get('on_silence'), report) : base.silence;
  return { ...(wrongExit && { wrong: wrongExit }), ...(silence && { silence }) };
}

function reportMissingExits(fields: Fields, exits: Exits, report: Report): void {
  if (!exits.wrong && !fields.has('on_wrong_answer')) {
    report.add(
      'no_wrong_exit',
      fields.at,
      'The question has no way out after wrong answers.',
      'Add "on_wrong_answer: { tries: 3, go: … }" here or at the top of the flow.',
    );
  }
  if (!exits.silence && !fields.has('on_silence')) {
    report.add(
      'no_silence_exit',
      fields.at,
      'The question has no way out after silence.',
      'Add "on_silence: { after: 20h, go: … }" here or at the top of the flow.',
    );
  }
}

function readWrong(node: Node | undefined, report: Report): WrongExit | undefined {
  const fields = node && readFields(node, '"on_wrong_answer"', keysOf('wrong'), report);
  const tries = fields?.need('tries', 'Write "tries: 3" or "tries: any".');
  if (!fields || !tries) return undefined;
  const go = fields.string('go');
  if (tries.kind === 'scalar' && tries.value === 'any') return { tries: 'any', ...(go !== undefined && { go }) };
  const count = fields.number('tries');
  if (count === undefined) return undefined;
  if (!Number.isInteger(count) || count < 1 || count > 20) {
    report.add('bad_value', tries.at, '"tries" must be a whole number from 1 to 20.', 'Write "tries: 3".');
    return undefined;
  }
  if (go === undefined) fields.need('go', 'Write where to go after so many tries: "go: staff".');
  return go === undefined ? undefined : { tries: count, go };
}

function readSilence(node: Node | undefined, report: Report): SilenceExit | undefined {
  const fields = node && readFields(node, '"on_silence"', keysOf('silence'), report);
  if (!fields) return undefined;
  const afterNode = fields.need('after', 'Write "after: 20h".');
  const goNode = fields.need('go', 'Write where to go: "go: saved".');
  const after = afterNode && readDuration(afterNode, '"after"', report);
  const go = goNode && fields.string('go');
  if (after === undefined || go === undefined || !afterNode) return undefined;
  const { least, most } = languageLimits.silence;
  if (after < least || after > most) {
    report.add('bad_value', afterNode.at, '"after" must lie between one minute and 400 days.', 'Write "after: 20h".');
    return undefined;
  }
  if (!fields.has('remind')) return { after, go };
  const remind = readReminder(fields.get('remind'), after, report);
  return { after, go, ...(remind !== undefined && { remind }) };
}

function readReminder(node: Node | undefined, after: number, report: Report): number | undefined {
  const remind = node && readDuration(node, '"remind"', report);
  if (node === undefined || remind === undefined) return undefined;
  const { most, before } = languageLimits.reminder;
  if (remind >= languageLimits.silence.least && remind <= most && remind <= after - before) return remind;
  const message = '"remind" must lie between one minute and 12 hours, and an hour before "after".';
  report.add('bad_value', node.at, message, 'Write "remind: 4h".');
  return undefined;
}

/** `20h` and the like in milliseconds. */
export function readDuration(node: Node, what: string, report: Report): number | undefined {
  const text = readString(node, what, report);
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined)
    wrong(node, `${what} must be a duration such as 30m, 20h or 3d.`, 'Write a number and s, m, h or d.', report);
  return ms;
}

function readClass(fields: Fields, report: Report): PrivacyClass {
  if (!fields.has('class')) {
    report.add(
      'missing_class',
      fields.at,
      'The question does not say how private its answer is.',
      'Add "class: personal" (public, personal, sensitive or confidential).',
    );
    return 'personal';
  }
  const name = fields.string('class');
  const known = privacyClasses.find((one) => one === name);
  if (name !== undefined && !known)
    reportUnknown(
      'bad_value',
      fields.place('class'),
      `There is no privacy class "${name}".`,
      name,
      privacyClasses,
      report,
    );
  return known ?? 'personal';
}
