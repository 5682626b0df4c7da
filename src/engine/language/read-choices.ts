/** The choices of a question, and the lists of a pack: both are entries of id, label, hint and other words. */
import type { Choice } from '../types.js';
import type { DraftText, Item, Lists } from './draft.js';
import type { Place, Report } from './finding.js';
import { languageLimits } from './language-limits.js';
import { readCondition } from './read-condition.js';
import { emptyText, readText, readWords } from './read-text.js';
import { type Fields, readFields, readId, readList } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

/** The choices written out in a question. Their places are remembered under `choices.<id>`. */
export function readChoices(
  node: Node,
  pack: Lists,
  places: Map<string, Place>,
  texts: DraftText[],
  report: Report,
): Choice[] {
  return eachEntry(node, '"choices"', keysOf('choice'), report, (fields, id) => {
    places.set(`choices.${id}`, fields.at);
    if (fields.has('go')) places.set(`choices.${id}.go`, fields.place('go'));
    const own: DraftText[] = [];
    const choice = readEntry(fields, id, pack, own, report);
    texts.push(...own);
    const onlyIf = readCondition(fields.get('only_if'), `choices.${id}.only_if`, places, report);
    const go = fields.string('go');
    return { ...choice, ...(onlyIf && { onlyIf }), ...(go !== undefined && { go }) };
  });
}

/** A list of a pack. */
export function readItems(node: Node, name: string, pack: Pick<Lists, 'languages'>, report: Report): Item[] {
  return eachEntry(node, `The list "${name}"`, keysOf('item'), report, (fields, id) => {
    const texts: DraftText[] = [];
    const choice = readEntry(fields, id, pack, texts, report);
    const wanted = fields.has('for') ? fields.strings('for') : undefined;
    return {
      choice,
      at: fields.at,
      texts,
      required: fields.boolean('required') ?? true,
      ...(wanted && { for: wanted }),
    };
  });
}

function readEntry(
  fields: Fields,
  id: string,
  pack: Pick<Lists, 'languages'>,
  texts: DraftText[],
  report: Report,
): Choice {
  fields.need('label', 'Add "label: { ar: …, en: … }".');
  const label = readText(fields.get('label'), '"label"', pack.languages, report);
  const hint = readText(fields.get('hint'), '"hint"', pack.languages, report);
  const also = fields.has('also') ? readWords(fields.get('also'), '"also"', pack.languages, report) : undefined;
  for (const text of [label, hint]) if (text) texts.push(text);
  return {
    id,
    label: label?.text ?? emptyText(pack.languages),
    ...(hint && { hint: hint.text }),
    ...(also && { also }),
  };
}

function eachEntry<T>(
  node: Node,
  what: string,
  keys: readonly string[],
  report: Report,
  read: (fields: Fields, id: string) => T,
): T[] {
  const list = readList(node, what, report);
  if (!list) return [];
  if (list.items.length > languageLimits.choices) {
    report.add(
      'too_many',
      list.at,
      `${what} has more than ${languageLimits.choices} entries.`,
      'Group them, or ask for the words.',
    );
    return [];
  }
  const seen = new Set<string>();
  return list.items.flatMap((item) => {
    const fields = readFields(item, `An entry of ${what}`, keys, report);
    const id = fields && readId(fields.need('id', 'Add "id: …".'), 'an id', report);
    if (!fields || id === undefined) return [];
    if (seen.has(id)) {
      report.add(
        'duplicate_id',
        fields.place('id'),
        `"${id}" stands twice in ${what}.`,
        'Give one of the two another id.',
      );
      return [];
    }
    seen.add(id);
    return [read(fields, id)];
  });
}
