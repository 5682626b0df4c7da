/** Which of several labelled things a person means. */
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';

export interface Pickable {
  readonly id: string;
  readonly label: string;
  readonly also: readonly string[];
}

/** By number, label or other word; by a near-miss of a label when `loose` and only one is near. */
export function pick(turn: Turn, plain: string, list: readonly Pickable[], loose: boolean): string | undefined {
  if (plain === '') return undefined;
  return byNumber(plain, list) ?? byWord(turn, plain, list) ?? (loose ? byNearMiss(turn, plain, list) : undefined);
}

/** By the very label or one of its other words: no numbers, no guesses. */
export function byWord(turn: Turn, plain: string, list: readonly Pickable[]): string | undefined {
  return list.find(
    (one) => turn.prepared.plain(one.label) === plain || one.also.some((word) => turn.prepared.plain(word) === plain),
  )?.id;
}

function byNumber(plain: string, list: readonly Pickable[]): string | undefined {
  return /^\d{1,2}$/.test(plain) ? list[Number(plain) - 1]?.id : undefined;
}

function byNearMiss(turn: Turn, plain: string, list: readonly Pickable[]): string | undefined {
  if (negated(turn, plain)) return undefined;
  const close = list.filter((one) => near(plain, turn.prepared.plain(one.label)));
  return close.length === 1 ? close[0]?.id : undefined;
}

/** "I do not agree" is never a near-miss of "I agree". */
function negated(turn: Turn, plain: string): boolean {
  return turn.prepared.wordLists.negation.some((word) => ` ${plain} `.includes(` ${word} `));
}
