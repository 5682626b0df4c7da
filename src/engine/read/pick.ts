/** Which of several labelled things a person means. */
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';
import { placeNamed } from './ordinals.js';

export interface Pickable {
  readonly id: string;
  readonly label: string;
  readonly also: readonly string[];
}

/** Words of a message in which one phrase may decide, when it is not a question. */
const shortMessage = 7;

/** By place, label or other word; when `loose` also wrapped in courtesy, by a near-miss, or by the one phrase that a short message holds. */
export function pick(turn: Turn, plain: string, list: readonly Pickable[], loose: boolean): string | undefined {
  if (plain === '' || list.length === 0) return undefined;
  const exact = byPlace(plain, list) ?? byWord(turn, plain, list);
  if (exact !== undefined || !loose) return exact;
  const bare = withoutCourtesy(turn, plain);
  const unwrapped = bare === plain ? undefined : (byPlace(bare, list) ?? byWord(turn, bare, list));
  if (unwrapped !== undefined || negated(turn, bare)) return unwrapped;
  return byNearMiss(turn, bare, list) ?? byPhrase(turn, bare, list);
}

/** By the very label or one of its other words: no numbers, no guesses. */
export function byWord(turn: Turn, plain: string, list: readonly Pickable[]): string | undefined {
  return list.find((one) => phrasesOf(turn, one).includes(plain))?.id;
}

function byPlace(plain: string, list: readonly Pickable[]): string | undefined {
  const place = placeNamed(plain);
  return place === undefined ? undefined : list[place]?.id;
}

function byNearMiss(turn: Turn, plain: string, list: readonly Pickable[]): string | undefined {
  const close = list.filter((one) => near(plain, turn.prepared.plain(one.label)));
  return close.length === 1 ? close[0]?.id : undefined;
}

/** "أرغب في طلب مساعدة": exactly one of the things is named within a short message that asks nothing. */
function byPhrase(turn: Turn, plain: string, list: readonly Pickable[]): string | undefined {
  if (plain.split(' ').length > shortMessage || asking(turn, plain)) return undefined;
  const padded = ` ${plain} `;
  const named = list.filter((one) =>
    phrasesOf(turn, one).some((phrase) => phrase.length >= 3 && padded.includes(` ${phrase} `)),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}

/** Whether a message asks something: by its mark or by a word such as "how" or "هل". */
export function asking(turn: Turn, plain: string, text = ''): boolean {
  if (/[?؟]/.test(text)) return true;
  const padded = ` ${plain} `;
  return turn.prepared.wordLists.asking.some((word) => padded.includes(` ${word} `));
}

function withoutCourtesy(turn: Turn, plain: string): string {
  let bare = ` ${plain} `;
  for (const word of turn.prepared.wordLists.courtesy) bare = bare.replaceAll(` ${word} `, ' ');
  return bare.trim();
}

function phrasesOf(turn: Turn, one: Pickable): string[] {
  return [turn.prepared.plain(one.label), ...one.also.map((word) => turn.prepared.plain(word))];
}

/** "I do not agree" is never a near-miss of "I agree". */
function negated(turn: Turn, plain: string): boolean {
  return turn.prepared.wordLists.negation.some((word) => ` ${plain} `.includes(` ${word} `));
}
