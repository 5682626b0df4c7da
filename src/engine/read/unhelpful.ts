/** Whether an answer from the articles helped: asked at the menu, and heard everywhere when the person says that it did not. */
import { handOff } from '../handoff.js';
import { hasAnswers } from '../runs.js';
import type { Turn } from '../turn.js';
import type { AnswerInput } from '../types.js';
import type { Pickable } from './pick.js';
import { comeBack } from './question.js';
import { toMenu } from './words.js';

/** Asks it where nothing else is under way; whatever else is said then is read as at the menu. */
export function askHelpful(turn: Turn): void {
  turn.session.pending = { about: 'helpful' };
  const options = helpfulChoices(turn).map(({ id, label }) => ({ id: `!/pending/${id}`, label }));
  turn.sayKey('engine.question.helpful', undefined, options);
}

export function helpfulChoices(turn: Turn): Pickable[] {
  const { yes, no } = turn.prepared.yesNo;
  return [
    { id: 'yes', label: turn.text('engine.question.helpful.yes'), also: [...yes, ...turn.prepared.wordLists.thanks] },
    { id: 'no', label: turn.text('engine.question.helpful.no'), also: no },
    { id: 'menu', label: turn.text('engine.question.menu'), also: [] },
  ];
}

/** A "no" goes to staff. */
export function settleHelpful(turn: Turn, value: string): void {
  if (value === 'no') return handOff(turn, 'flow');
  if (value === 'yes') turn.sayKey('engine.question.helpful.glad');
  comeBack(turn);
}

const THUMBS_DOWN = /^(?:👎[\u{1f3fb}-\u{1f3ff}]?\s*)+$/u;

/** "That is not what I asked", right after an answer. Of what staff typed at the desk nothing is learned. */
export function saysUnhelpful(turn: Turn, { text, plain }: AnswerInput): boolean {
  if (turn.answered === undefined || turn.context.attended) return false;
  return turn.prepared.wordLists.unhelpful.includes(plain) || THUMBS_DOWN.test(text);
}

/** Said with regret, and back to where the person stood: to the menu when the answer began a flow that nobody wanted. */
export function heedUnhelpful(turn: Turn): void {
  turn.readAs('word');
  turn.effects.push({ kind: 'unhelpful' });
  turn.sayKey(turn.context.given?.['asked'] ? 'engine.question.unhelpful' : 'engine.question.sorry');
  if (turn.answered === 'begun' && !turn.session.stack.some(hasAnswers)) toMenu(turn);
  else comeBack(turn);
}
