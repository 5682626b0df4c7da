/** Reads a charity's settings: facts for the set, and the lists and flags that flows are compiled with. */
import type { CharityFacts, Text } from '../types.js';
import type { Item, Lists } from './draft.js';
import type { Report } from './finding.js';
import { readItems } from './read-choices.js';
import { readHours } from './read-hours.js';
import { readDuration } from './read-question.js';
import { emptyText, readText } from './read-text.js';
import { type Fields, readFields, readId, wrong } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

export interface Pack {
  readonly facts: CharityFacts;
  readonly lists: Omit<Lists, 'known'>;
  readonly start: string;
  readonly readFirst: boolean;
  readonly inquiries: boolean;
}

const own = keysOf('charity');

/** What {charity.opens} says at its longest; computed from the hours when it is said. */
const longestOpening: Text = { ar: 'يوم الأربعاء الساعة 10:30 صباحًا', en: 'on Wednesday at 10:30 am' };

/** charity.yaml; undefined when not even its languages can be read. */
export function readCharity(node: Node, folder: string, report: Report): Pack | undefined {
  const fields = readFields(node, 'The charity', null, report);
  if (!fields) return undefined;
  fields.need('languages', 'Add "languages: [ar, en]".');
  const languages = fields.strings('languages');
  if (languages.length === 0) return undefined;
  const id = readId(fields.need('id', `Add "id: ${folder}".`), 'the id of a charity', report) ?? folder;
  if (id !== folder)
    report.add(
      'bad_id',
      fields.place('id'),
      `The charity is called "${id}", its folder "${folder}".`,
      'Give both the same name.',
    );
  fields.need('name', 'Add "name: { ar: …, en: … }".');
  const name = readText(fields.get('name'), '"name"', languages, report, ['placeholder']);
  const factTexts = readFacts(fields, languages, report);
  const facts: CharityFacts = {
    id,
    name: name?.text ?? emptyText(languages),
    zone: readZone(fields, report),
    facts: factTexts,
    hours: fields.has('hours') ? readHours(fields.get('hours'), report) : [],
    decisionMinDays: readDays(fields, report),
    handoffDeadline: readDeadline(fields, report),
    ...(fields.has('papers_by_link') && { papersByLink: fields.strings('papers_by_link') }),
  };
  return {
    facts,
    lists: {
      languages,
      lists: readLists(fields, languages, report),
      flags: readFlags(fields, report),
      facts: new Map([['name', facts.name], ['opens', longestOpening], ...Object.entries(factTexts)]),
    },
    start: fields.string('start') ?? 'menu',
    readFirst: fields.boolean('read_first') ?? true,
    inquiries: fields.boolean('inquiries') ?? true,
  };
}

/** Each fact in every language; one written without languages is the same in all (a number, an address). */
function readFacts(fields: Fields, languages: readonly string[], report: Report): Record<string, Text> {
  const node = fields.get('facts');
  const facts = node && readFields(node, '"facts"', null, report);
  if (!facts) return {};
  const pairs = [...facts.node.entries].flatMap(([key, entry]) => {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(key) || key in Object.prototype || key === 'name' || key === 'opens') {
      report.add('bad_id', entry.at, `"${key}" cannot name a fact.`, 'Use small Latin letters, digits and _.');
      return [];
    }
    if (entry.value.kind === 'scalar') {
      const text = facts.string(key);
      return text === undefined
        ? []
        : [[key, Object.fromEntries(languages.map((language) => [language, text]))] as const];
    }
    const text = readText(entry.value, `The fact "${key}"`, languages, report, ['placeholder']);
    return text ? [[key, text.text] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function readFlags(fields: Fields, report: Report): Map<string, string> {
  const node = fields.get('flags');
  const flags = node && readFields(node, '"flags"', null, report);
  return new Map(
    [...(flags?.node.entries ?? [])].map(([key, entry]) => {
      const value = entry.value.kind === 'scalar' ? entry.value.value : null;
      const yes = value === true || value === 'yes';
      if (!yes && value !== false && value !== 'no')
        wrong(entry.value, `The flag "${key}" must be yes or no.`, `Write "${key}: yes".`, report);
      return [key, yes ? 'yes' : 'no'];
    }),
  );
}

/** Every further key of the charity is a list that flows may name. */
function readLists(fields: Fields, languages: readonly string[], report: Report): Map<string, Item[]> {
  const lists = new Map<string, Item[]>();
  for (const [key, entry] of fields.node.entries) {
    if (own.includes(key)) continue;
    if (entry.value.kind === 'list') lists.set(key, readItems(entry.value, key, { languages }, report));
    else
      report.add(
        'unknown_key',
        entry.at,
        `The charity knows no "${key}", and it is not a list.`,
        `Known: ${own.join(', ')}, and lists such as aid_types.`,
      );
  }
  return lists;
}

function readZone(fields: Fields, report: Report): string {
  const zone = fields.need('zone', 'Add "zone: Asia/Riyadh".') && fields.string('zone');
  if (zone === undefined) return 'Asia/Riyadh';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    report.add('bad_value', fields.place('zone'), `There is no time zone "${zone}".`, 'Write "zone: Asia/Riyadh".');
    return 'Asia/Riyadh';
  }
}

function readDays(fields: Fields, report: Report): number {
  fields.need('decision_min_days', 'Add "decision_min_days: 14", the least time that the policy gives.');
  const days = fields.number('decision_min_days') ?? 0;
  if (days < 0 || days > 3650)
    report.add(
      'bad_value',
      fields.place('decision_min_days'),
      `${days} days cannot be right.`,
      'Write "decision_min_days: 14".',
    );
  return days;
}

function readDeadline(fields: Fields, report: Report): number {
  const node = fields.need(
    'handoff_deadline',
    'Add "handoff_deadline: 2h": how long a person waits for staff before the bot speaks again.',
  );
  return (node && readDuration(node, '"handoff_deadline"', report)) ?? 0;
}
