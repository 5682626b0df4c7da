/** Reads flows/rules.yaml: the phrases by which exact rules know a message. */
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { phraseFault, Phrases, spellOut } from '../../engine/text/phrases.js';

/** Rules that are known by phrases; noise and a case's number are known by their form. */
export const phraseKinds = ['fraud', 'opt-out', 'person', 'medical-advice', 'insult'] as const;
export type PhraseKind = (typeof phraseKinds)[number];

/** The phrases of all rules as one, in the order in which rules count. */
export interface RuleLexicon {
  readonly order: readonly { readonly kind: PhraseKind; readonly named: symbol; readonly excused: symbol }[];
  readonly phrases: Phrases<symbol>;
}

const words = z.array(z.coerce.string().trim().min(1)).min(1);
const file = z.strictObject({
  groups: z.record(z.string().regex(/^[a-z_]+$/), words).default({}),
  rules: z.array(z.strictObject({ kind: z.enum(phraseKinds), phrases: words, unless: words.default([]) })),
});
type RuleFile = z.infer<typeof file>;

/** A lexicon never changes, and mostly the same text is read again. */
let last: { path: string; text: string; lexicon: RuleLexicon } | undefined;

/** Reads the file. Throws an Error that names the place and the fault when it is not in the form above. */
export function parseRules(path: string, text: string): RuleLexicon {
  if (last?.path !== path || last.text !== text) last = { path, text, lexicon: readRules(path, text) };
  return last.lexicon;
}

function readRules(path: string, text: string): RuleLexicon {
  const parsed = file.safeParse(yamlOf(path, text));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map((one) => `${path}: ${one.path.map(String).join('.')}: ${one.message}`).join('\n'),
    );
  const faults = phrasesOf(parsed.data).flatMap(([phrase]) => {
    const fault = phraseFault(phrase);
    return fault === undefined ? [] : [`${path}: the phrase "${phrase}" ${fault}`];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const order = parsed.data.rules.map(({ kind }) => ({ kind, named: Symbol(kind), excused: Symbol(kind) }));
  const owned = parsed.data.rules.flatMap((rule, at) => {
    const marks = order[at];
    return marks
      ? [
          ...rule.phrases.map((one) => [one, marks.named] as const),
          ...rule.unless.map((one) => [one, marks.excused] as const),
        ]
      : [];
  });
  return {
    order,
    phrases: new Phrases(owned.map(([phrase, mark]) => [spellOut(phrase, parsed.data.groups), mark] as const)),
  };
}

function phrasesOf({ groups, rules }: RuleFile): [string][] {
  return rules.flatMap(({ phrases, unless }) =>
    [...phrases, ...unless].map((one): [string] => [spellOut(one, groups)]),
  );
}

function yamlOf(path: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`${path}: ${error.message}`, { cause: error });
  }
}
