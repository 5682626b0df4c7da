/** Reads the global words with their doors. */
import { globalWords, helpingWords } from '../global-words.js';
import type { FlowSet, GlobalWord, Language } from '../types.js';
import type { Place, Report } from './finding.js';
import { readWords } from './read-text.js';
import { readFields, readString } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

export interface Words {
  readonly words: FlowSet['words'];
  readonly doors: readonly { readonly word: GlobalWord; readonly flow: string; readonly at: Place }[];
}

/** flows/words.yaml: every global word in every language. */
export function readGlobalWords(node: Node, languages: readonly Language[], report: Report): Words {
  const fields = readFields(node, 'The file of words', keysOf('words'), report);
  const words = fields?.need('words', 'Add "words:".');
  const known = words && readFields(words, '"words"', keysOf('global'), report);
  const pairs = [...globalWords, ...helpingWords].map((word) => {
    if (isOneOf(word, globalWords)) known?.need(word, `Add "${word}: { ar: […], en: […] }".`);
    const found = readWords(known?.get(word), `The word "${word}"`, languages, report);
    for (const language of known?.has(word) ? languages : []) {
      if (!found[language]?.length && known)
        report.add(
          'missing_language',
          known.place(word),
          `The word "${word}" is missing in "${language}".`,
          `Add "${language}: […]".`,
        );
    }
    return [word, found] as const;
  });
  return {
    words: Object.fromEntries(pairs) as Record<GlobalWord, Record<Language, string[]>>,
    doors: readDoors(fields?.get('doors'), report),
  };
}

function readDoors(node: Node | undefined, report: Report): Words['doors'] {
  const fields = node && readFields(node, '"doors"', keysOf('door'), report);
  return [...(fields?.node.entries ?? [])].flatMap(([word, entry]) => {
    const flow = readString(entry.value, `The door "${word}"`, report);
    return flow === undefined ? [] : [{ word: word as GlobalWord, flow, at: entry.at }];
  });
}

function isOneOf(word: string, words: readonly string[]): boolean {
  return words.includes(word);
}
