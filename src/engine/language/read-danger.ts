/** Reads the phrases of danger, and what is said to each kind. */
import { phraseFault, spellOut, type Groups } from '../text/phrases.js';
import type { DangerRule, DangerWords, Language } from '../types.js';
import type { Report } from './finding.js';
import { emptyText, readText } from './read-text.js';
import { type Fields, readFields, readList, readStrings, reportUnknown } from './shape.js';
import type { Node } from './source.js';
import { dangerKinds, keysOf } from './vocabulary.js';

/** Rules, gravest first, and the words around them. */
export interface DangerFile {
  readonly danger: readonly DangerRule[];
  readonly dangerWords: DangerWords;
}

/** flows/danger.yaml: `danger:` with rules of kind, phrases, unless and say; `groups:` that phrases name as `<kin>`; `now:` and `calm:`. */
export function readDanger(node: Node, languages: readonly Language[], report: Report): DangerFile {
  const fields = readFields(node, 'The file of dangers', keysOf('danger'), report);
  const rules = fields?.need('danger', 'Add "danger:" with a list of rules.');
  const list = rules && readList(rules, '"danger"', report);
  const groups = readGroups(fields?.get('groups'), report);
  return {
    danger: (list?.items ?? []).flatMap((item) => readRule(item, languages, groups, report) ?? []),
    dangerWords: {
      now: fields ? readNow(fields, groups) : [],
      calm: fields ? readPhrases(fields, 'calm', groups) : [],
    },
  };
}

function readRule(node: Node, languages: readonly Language[], groups: Groups, report: Report): DangerRule | undefined {
  const fields = readFields(node, 'A danger rule', keysOf('dangerRule'), report);
  if (!fields) return undefined;
  fields.need('kind', `Add "kind:" (${dangerKinds.join(', ')}).`);
  fields.need('phrases', 'Add "phrases:".');
  fields.need('say', 'Add "say: { ar: …, en: … }".');
  const name = fields.string('kind');
  const kind = dangerKinds.find((one) => one === name);
  if (name !== undefined && !kind)
    reportUnknown(
      'bad_value',
      fields.place('kind'),
      `There is no kind of danger "${name}".`,
      name,
      dangerKinds,
      report,
    );
  const say = readText(fields.get('say'), 'The safety text', languages, report);
  return {
    kind: kind ?? 'medical',
    phrases: readPhrases(fields, 'phrases', groups),
    unless: readPhrases(fields, 'unless', groups),
    say: say?.text ?? emptyText(languages),
  };
}

function readGroups(node: Node | undefined, report: Report): Groups {
  const fields = node && readFields(node, '"groups"', null, report);
  const groups = [...(fields?.node.entries ?? [])].map(([name, { value }]): [string, string[]] => [
    name,
    readStrings(value, `The group "${name}"`, report),
  ]);
  return Object.fromEntries(groups);
}

/** Each is looked for by itself: two words would never be found. */
function readNow(fields: Fields, groups: Groups): string[] {
  const words = readPhrases(fields, 'now', groups);
  const several = words.find((word) => /\s/.test(word));
  if (several !== undefined)
    fields.report.add('bad_value', fields.place('now'), `"${several}" is no single word.`, 'Write its last word.');
  return words;
}

/** Phrases with their groups spelt out. */
function readPhrases(fields: Fields, key: string, groups: Groups): string[] {
  return fields.strings(key).flatMap((phrase) => {
    const whole = spellOut(phrase, groups);
    const fault = phraseFault(whole);
    if (fault === undefined) return [whole];
    const cure = 'Write words, (one|another), .. between two words, or <a group of this file>.';
    fields.report.add('bad_value', fields.place(key), `The phrase "${phrase}" ${fault}.`, cure);
    return [];
  });
}
