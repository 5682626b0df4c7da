/** Several choices in one message: "1 و 3", "الأحد والثلاثاء", "Sunday, Tuesday and Friday". */
import { pickable } from '../ask.js';
import type { Reading } from '../answer-types.js';
import type { Turn } from '../turn.js';
import type { AskingStep } from '../types.js';
import { pick, type Pickable } from './pick.js';

/** All that is named, in the order it is named; wrong when any part of the message names nothing. */
export function several(turn: Turn, step: AskingStep, plain: string): Reading {
  const list = pickable(turn, step);
  const ids = inARow(turn, plain.split(/[ ,،]+/), list) ?? between(turn, plain, list);
  return ids.length > 0 && ids.every((id) => id !== undefined) ? { value: [...new Set(ids)] } : { wrong: 'choice' };
}

const joining: ReadonlySet<string> = new Set(['و', 'and', '&', '+']);

/** Word by word, the longest name first; "and" may be written onto a word. Undefined when some word belongs to no name. */
function inARow(turn: Turn, words: readonly string[], list: readonly Pickable[]): string[] | undefined {
  const ids: string[] = [];
  let at = 0;
  while (at < words.length) {
    if (joining.has(words[at] ?? '')) {
      at++;
      continue;
    }
    const found = longest(turn, words.slice(at), list);
    if (!found) return undefined;
    ids.push(found.id);
    at += found.words;
  }
  return ids;
}

function longest(
  turn: Turn,
  words: readonly string[],
  list: readonly Pickable[],
): { id: string; words: number } | undefined {
  for (let count = Math.min(words.length, 8); count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    const id = pick(turn, name, list, false) ?? pick(turn, name.replace(/^و(?=\S)/, ''), list, false);
    if (id !== undefined) return { id, words: count };
  }
  return undefined;
}

/** What stands between joining words, near-misses too. */
function between(turn: Turn, plain: string, list: readonly Pickable[]): (string | undefined)[] {
  return plain
    .split(/ و | and |,|،|\s+و(?=\S)/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => pick(turn, part, list, true));
}
