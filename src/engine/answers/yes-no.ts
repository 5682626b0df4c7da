/**
 * Yes or no, said in words. Options: `yes`, `no` and `courtesy` are the pack's word lists (plain or not); `exact` takes
 * nothing but one of those phrases. A near-miss never decides.
 */
import { plain, tokens } from '../text/normalise.js';
import type { AnswerType, Json, Reading } from '../types.js';

export const yesNo: AnswerType = {
  name: 'yes_no',
  freeText: false,
  expects: 'choice',
  read(input, options) {
    const yes = phrases(options['yes']);
    const no = phrases(options['no']);
    if (yes.has(input.plain)) return { value: 'yes' };
    if (no.has(input.plain)) return { value: 'no' };
    if (options['exact'] === true) return { wrong: 'unclear' };
    return readAround(tokens(input.plain), yes, no, phrases(options['courtesy']));
  },
  show: (value) => (value === 'yes' ? '✓' : '✗'),
};

/** نعم شكرًا, ايوه نعم: a message made up of nothing but yes (or no) and courtesy. */
function readAround(words: string[], yes: Phrases, no: Phrases, courtesy: Phrases): Reading {
  const whole = fewestPhrases(words, (phrase) =>
    yes.has(phrase) ? YES : no.has(phrase) ? NO : courtesy.has(phrase) ? NEITHER : undefined,
  );
  if (whole === BOTH) return { wrong: 'both' };
  return whole === YES || whole === NO ? { value: whole === YES ? 'yes' : 'no' } : { wrong: 'unclear' };
}

const [NEITHER, YES, NO, BOTH] = [0, 1, 2, 3];
const LONGEST_PHRASE = 4;

/**
 * What the words say when they are cut into the fewest known phrases (لا شكرا لكم is لا and شكرا لكم, though لا شكرا is known
 * too); undefined when they cannot be cut. Cuts of equal number that say different things say both.
 */
function fewestPhrases(words: string[], meaning: (phrase: string) => number | undefined): number | undefined {
  const best: ({ count: number; said: number } | undefined)[] = [];
  best[words.length] = { count: 0, said: NEITHER };
  for (let at = words.length - 1; at >= 0; at--) {
    for (let length = 1; length <= Math.min(LONGEST_PHRASE, words.length - at); length++) {
      const rest = best[at + length];
      const means = rest && meaning(words.slice(at, at + length).join(' '));
      if (rest === undefined || means === undefined) continue;
      const cut = { count: rest.count + 1, said: rest.said | means };
      const known = best[at];
      if (known === undefined || cut.count < known.count) best[at] = cut;
      else if (cut.count === known.count) best[at] = { count: cut.count, said: known.said | cut.said };
    }
  }
  return words.length === 0 ? undefined : best[0]?.said;
}

type Phrases = ReadonlySet<string>;
const NONE: Phrases = new Set();
/** Lists come from a compiled set that lives for thousands of turns. */
const known = new WeakMap<Json[], Phrases>();

function phrases(list: Json | undefined): Phrases {
  if (!Array.isArray(list)) return NONE;
  let set = known.get(list);
  if (set === undefined) {
    set = new Set(list.flatMap((phrase) => (typeof phrase === 'string' ? [plain(phrase)] : [])));
    known.set(list, set);
  }
  return set;
}
