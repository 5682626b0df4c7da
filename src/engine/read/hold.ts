/** What a person's message does while the conversation is with staff. */
import type { Turn } from '../turn.js';
import type { Hold } from '../types.js';
import { byWord, pick } from './pick.js';
import { askAgain, obey, toMenu } from './words.js';

/** Silent once a member of staff took it; while it still waits, or after a long delay, the way back to the bot stays open. */
export function heldMessage(turn: Turn, hold: Hold, choice: string | undefined, plain: string): void {
  const waiting = hold.by === undefined || hold.late === true;
  const word = waiting ? wordOf(turn, hold, choice, plain) : undefined;
  switch (word) {
    case 'wait':
      turn.session.hold = { since: hold.since, owed: turn.context.now, ...(hold.by !== undefined && { by: hold.by }) };
      return turn.sayKey('engine.handoff.late.waiting');
    case 'menu':
    case 'back':
    case 'cancel':
      return comeBack(turn, word);
    case 'person':
    case 'help':
      return turn.sayKey('engine.handoff.waiting');
    case 'language':
      return obey(turn, word, plain);
    default:
      waitOn(turn, hold);
  }
}

/** The person goes on writing: once they hear that staff know, and how to come back to the bot. */
function waitOn(turn: Turn, hold: Hold): void {
  const first = hold.by === undefined && !hold.told && !hold.late;
  turn.session.hold = { ...hold, owed: hold.owed ?? turn.context.now, ...(first && { told: true }) };
  if (!first) return;
  turn.sayKey('engine.handoff.waiting', undefined, [{ id: '!/back', label: turn.text('engine.handoff.late.back') }]);
}

/** A tapped way out, the same typed, or a global word. */
function wordOf(turn: Turn, hold: Hold, choice: string | undefined, plain: string): string | undefined {
  if (choice?.startsWith('!/word/')) return choice.slice('!/word/'.length);
  if (choice !== undefined) return choice === '!/wait' ? 'wait' : choice === '!/back' ? 'back' : undefined;
  const ways = [
    { id: 'wait', label: turn.text('engine.handoff.late.wait'), also: [] },
    { id: 'back', label: turn.text('engine.handoff.late.back'), also: [] },
  ];
  const said = hold.late ? pick(turn, plain, ways, true) : byWord(turn, plain, ways);
  return said ?? turn.prepared.words.get(plain);
}

/** Back to the bot: to the menu, or to the question that waited. */
function comeBack(turn: Turn, word: string): void {
  delete turn.session.hold;
  turn.effects.push({ kind: 'handback' });
  if (word !== 'menu' && turn.waiting) askAgain(turn, turn.text('engine.handoff.back'));
  else toMenu(turn);
}
