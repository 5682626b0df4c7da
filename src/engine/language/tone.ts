/** How we speak: words that a charity does not use with people. What is found is a warning, and refuses nothing. */
import { plain } from '../text/normalise.js';
import type { Language } from '../types.js';
import type { Place, Report } from './finding.js';
import { type Fields, readFields, readList } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

export const warningCodes = ['tone_blame', 'tone_officialese', 'tone_gender', 'tone_long'] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface Warning extends Place {
  readonly code: WarningCode;
  readonly message: string;
  readonly cure: string;
}

interface Rule {
  readonly about: 'blame' | 'officialese' | 'gender';
  readonly language: Language;
  /** As written, by the form in which it is looked for. */
  readonly avoid: ReadonlyMap<string, string>;
  /** Any of them as whole words, also with "and" or "so" written on, as Arabic does. */
  readonly sought: RegExp;
  readonly unless: readonly string[];
  readonly better: string;
}

export interface Tone {
  readonly rules: readonly Rule[];
  /** Most letters of one line. */
  readonly longest: Readonly<Record<Language, number>>;
  /** The first part of the keys of texts that are no beneficiary's. */
  readonly leaveOut: ReadonlySet<string>;
}

/** Forms of which one is said. */
const PLURAL = /\{[a-z_]+, plural,(?:[^{}]|\{[^{}]*\})*\}/g;

/** flows/tone.yaml. */
export function readTone(node: Node, report: Report): Tone {
  const fields = readFields(node, 'The file of tone', keysOf('tone'), report);
  const list = fields?.need('tone', 'Add "tone:" with a list of rules.');
  const rules = list && readList(list, '"tone"', report);
  const lengths = fields?.get('longest_line');
  const longest = lengths && readFields(lengths, '"longest_line"', null, report);
  return {
    rules: (rules?.items ?? []).flatMap((item) => readRule(item, report) ?? []),
    longest: Object.fromEntries(
      [...(longest?.node.entries.keys() ?? [])].flatMap((language) => {
        const most = longest?.number(language);
        return most === undefined ? [] : [[language, most]];
      }),
    ),
    leaveOut: new Set(fields?.strings('leave_out') ?? []),
  };
}

/** What is wrong with a text in one language; `at` is its first line. */
export function heardIn(text: string, language: Language, at: Place, tone: Tone): Warning[] {
  const rules = tone.rules.filter((rule) => rule.language === language);
  const heard = rules.length > 0 ? plain(text) : '';
  const found = rules.flatMap((rule) => spoken(heard, rule).map((words) => warned(rule, words, at)));
  const most = tone.longest[language] ?? Infinity;
  const long = text
    .replaceAll(PLURAL, '…')
    .split('\n')
    .find((line) => line.length > most);
  if (long === undefined) return found;
  return [
    ...found,
    {
      ...at,
      code: 'tone_long',
      message: `A line has ${long.length} letters: "${long.slice(0, 40)}…".`,
      cure: `Keep lines within ${most} letters; two short sentences read better than one.`,
    },
  ];
}

function spoken(text: string, rule: Rule): string[] {
  const heard = ` ${text} `;
  if (!heard.match(rule.sought)) return [];
  const left = rule.unless.reduce((rest, phrase) => rest.replaceAll(phrase, ' · '), heard);
  const found = [...left.matchAll(rule.sought)].flatMap(([, words]) => rule.avoid.get(words ?? '') ?? []);
  return [...new Set(found)];
}

function warned({ about, better }: Rule, words: string, at: Place): Warning {
  const what = { blame: 'blames the person', officialese: 'is officialese', gender: 'speaks to men or women only' }[
    about
  ];
  return { file: at.file, line: at.line, code: `tone_${about}`, message: `"${words}" ${what}.`, cure: better };
}

function readRule(node: Node, report: Report): Rule | undefined {
  const fields = readFields(node, 'A rule of tone', keysOf('toneRule'), report);
  if (!fields) return undefined;
  for (const key of ['about', 'language', 'avoid', 'better']) fields.need(key, `Add "${key}:".`);
  const about = aboutOf(fields);
  const language = fields.string('language');
  if (!about || language === undefined) return undefined;
  const avoid = new Map(fields.strings('avoid').map((words) => [plain(words), words]));
  return {
    about,
    language,
    avoid,
    sought: new RegExp(`(?<= )[وف]?(${[...avoid.keys()].join('|')})(?= )`, 'g'),
    unless: fields.strings('unless').map((words) => ` ${plain(words)} `),
    better: fields.string('better') ?? '',
  };
}

function aboutOf(fields: Fields): Rule['about'] | undefined {
  const name = fields.string('about');
  const known = (['blame', 'officialese', 'gender'] as const).find((one) => one === name);
  if (name !== undefined && !known)
    fields.report.add(
      'bad_value',
      fields.place('about'),
      `A rule of tone is about blame, officialese or gender, not "${name}".`,
      'Write "about: blame".',
    );
  return known;
}
