/** Words of danger: the safety text and a person are added, whatever else the message does. */
import { pickable } from '../ask.js';
import type { Prepared } from '../prepare.js';
import { plain } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { DangerRule } from '../types.js';
import { byWord } from './pick.js';

/** Says the safety text of every kind of danger that the text names, and calls staff. */
export function heedDanger(turn: Turn, text: string): void {
  const given = isExpected(turn, plain(text)) ? undefined : turn.context.given?.['danger'];
  const heard = given && { kind: given.outcome, sure: given.values?.['sure'] === 'yes' };
  for (const rule of dangersIn(turn.prepared, text, heard)) {
    turn.say(`${turn.render(rule.say)}\n\n${turn.text('engine.danger.more')}`);
    turn.endangered = true;
    turn.effects.push({ kind: 'danger', danger: rule.kind });
  }
}

/** "I don't have it" skips a question, "I don't want to continue" ends a request: what is expected word for word sounds like no danger. */
function isExpected(turn: Turn, words: string): boolean {
  const step = turn.waiting;
  const lists = Object.values(turn.prepared.wordLists);
  return (
    lists.some((list) => list.includes(words)) ||
    (step !== undefined && byWord(turn, words, pickable(turn, step)) !== undefined)
  );
}

/** What a message sounds like to whoever learned that; `sure`: more than like anything calm. */
interface Heard {
  readonly kind: string;
  readonly sure: boolean;
}

/**
 * The dangers that a text names, each kind once. What was `heard` counts too, unless it is not sure and the text names that kind and excuses
 * it: an excuse anywhere in a message must not silence a cry beside it.
 */
export function dangersIn(
  { danger: { rules, phrases } }: Pick<Prepared, 'danger'>,
  text: string,
  heard?: Heard,
): DangerRule[] {
  if (rules.length === 0) return [];
  const marks = phrases.in(text);
  const named = rules.filter((one) => marks.has(one.named));
  const excused = named.some((one) => one.rule.kind === heard?.kind && marks.has(one.excused));
  const sounding = rules.filter(({ rule }) => rule.kind === heard?.kind && (heard.sure || !excused));
  const counting = [...named.filter((one) => !marks.has(one.excused)), ...sounding].map(({ rule }) => rule);
  return counting.filter(({ kind }, at) => counting.findIndex((other) => other.kind === kind) === at);
}
