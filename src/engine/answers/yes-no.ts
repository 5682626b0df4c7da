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
  const said = new Set<string>();
  for (let at = 0; at < words.length;) {
    const found = longestAt(words, at, [yes, no, courtesy]);
    if (found === undefined) return { wrong: 'unclear' };
    if (yes.has(found.phrase)) said.add('yes');
    else if (no.has(found.phrase)) said.add('no');
    at += found.length;
  }
  const [only, other] = [...said];
  if (other !== undefined) return { wrong: 'both' };
  return only === undefined ? { wrong: 'unclear' } : { value: only };
}

const LONGEST_PHRASE = 4;

function longestAt(words: string[], at: number, lists: Phrases[]): { phrase: string; length: number } | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    if (lists.some((list) => list.has(phrase))) return { phrase, length };
  }
  return undefined;
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
