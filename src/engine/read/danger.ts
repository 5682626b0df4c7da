/** Words of danger: the safety text and a person are added, whatever else the message does. */
import { pickable } from '../ask.js';
import type { Prepared, PreparedDanger } from '../prepare.js';
import { plain, tokens } from '../text/normalise.js';
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
export function dangersIn({ danger }: Pick<Prepared, 'danger'>, text: string, heard?: Heard): DangerRule[] {
  const { rules, phrases, calm } = danger;
  if (rules.length === 0) return [];
  const words = tokens(plain(text));
  const marks = phrases.among(words);
  const excused = rules.some((one) => one.rule.kind === heard?.kind && marks.has(one.named) && marks.has(one.excused));
  const believed = heard !== undefined && (heard.sure || !excused) && !calm.isWhole(words);
  const sounding = believed ? rules.filter(({ rule }) => rule.kind === heard.kind) : [];
  const counting = [...meantBy(marks, danger), ...meantBy(phrases.among(sinceNow(words, danger)), danger), ...sounding];
  const kinds = counting.map(({ rule }) => rule.kind);
  return counting.map(({ rule }) => rule).filter(({ kind }, at) => kinds.indexOf(kind) === at);
}

/** The rules whose phrases left their marks, and nothing that excuses them. */
function meantBy(marks: ReadonlySet<symbol>, { rules }: PreparedDanger): PreparedDanger['rules'] {
  return rules.filter((one) => marks.has(one.named) && !marks.has(one.excused));
}

/** From the last word of now that something follows: what was before, a long illness or one that is over, excuses nothing of it. */
function sinceNow(words: readonly string[], { now }: PreparedDanger): readonly string[] {
  const at = words.slice(0, -1).findLastIndex((word) => now.isWhole([word]));
  return at < 0 ? [] : words.slice(at);
}
