/** Several answers of one message are read back, and stand only after a plain yes. */
import { answerTypes } from '../answers/index.js';
import { ask, labelOf } from '../ask.js';
import { show } from '../show.js';
import type { Turn } from '../turn.js';
import type { AnswerInput, AskingStep, Pending, PrivacyClass } from '../types.js';
import { take } from './answer.js';
import { openAhead } from './open-ahead.js';
import { mayTell, type Told, toldIn } from './told.js';
import { askAgain } from './words.js';

const FEWEST_WORDS = 2;
const classes: readonly PrivacyClass[] = ['public', 'personal', 'sensitive', 'confidential'];

/** True when the message told more than the answer to the waiting question, and the person was asked whether it was understood. */
export function readBack(turn: Turn, step: AskingStep, { text, plain }: AnswerInput): boolean {
  if (step.kind !== 'ask' || step.answer === 'text' || plain.split(' ').length < FEWEST_WORDS) return false;
  if (!mayTell(turn, text, plain)) return false;
  const told = toldIn(turn, step, text);
  if (!told.some((one) => one.step.id !== step.id)) return false;
  turn.readAs('answer', mostPrivate(step, told));
  turn.session.pending = { about: 'told', values: told.map((one) => ({ name: one.step.id, value: one.value })) };
  turn.sayKey('engine.told.ask', { told: told.map((one) => line(turn, one)).join('\n') }, [
    { id: '!/pending/yes', label: turn.text('engine.told.yes') },
    { id: '!/pending/no', label: turn.text('engine.told.no') },
  ]);
  return true;
}

/** The person said yes or no. What belongs to questions ahead is kept until they are come by. */
export function settleTold(turn: Turn, { values }: Extract<Pending, { about: 'told' }>, right: boolean): void {
  const { waiting } = turn;
  if (!right || !waiting) return askAgain(turn, turn.text('engine.told.anew'));
  const open = new Set(openAhead(turn).map(({ id }) => id));
  const still = values.filter(({ name }) => open.has(name));
  turn.keepAhead(
    Object.fromEntries(still.filter(({ name }) => name !== waiting.id).map(({ name, value }) => [name, value])),
  );
  const own = still.find(({ name }) => name === waiting.id);
  if (own) take(turn, waiting, own.value);
  else ask(turn, waiting, turn.text('engine.told.kept'));
}

/** Numbers that others could misuse, and all that is sensitive, are not written out a second time. */
function line(turn: Turn, { step, value }: Told): string {
  const masked = step.class !== 'personal' || answerTypes.get(step.answer)?.identifier === true;
  return turn.text('engine.review.line', { label: labelOf(turn, step), value: show(turn, step, value, masked) });
}

/** The question among these whose answers are the most private. */
export function mostPrivate(step: AskingStep, told: readonly Told[]): AskingStep {
  return told.reduce<AskingStep>(
    (most, one) => (classes.indexOf(one.step.class) > classes.indexOf(most.class) ? one.step : most),
    step,
  );
}
