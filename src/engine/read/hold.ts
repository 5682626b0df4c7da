/** What a person's message does while the conversation is with staff. */
import { obey, askAgain, toMenu } from './words.js';
import type { Turn } from '../turn.js';
import type { Hold } from '../types.js';

/**
 * Silent once a member of staff took it. While it still waits, the words that lead back to the bot work. True when the message is dealt with.
 */
export function heldMessage(turn: Turn, hold: Hold, choice: string | undefined, plain: string): boolean {
  const word = choice === '!/back' ? 'menu' : turn.prepared.words.get(plain);
  if (choice === '!/wait') {
    hold.owed = turn.context.now;
    delete hold.late;
    turn.sayKey('engine.handoff.late.waiting');
    return true;
  }
  if ((hold.by === undefined || hold.late) && (word === 'menu' || word === 'back' || word === 'cancel')) {
    release(turn);
    if (word === 'menu') toMenu(turn);
    else if (turn.waiting) askAgain(turn, turn.text('engine.handoff.back'));
    else toMenu(turn);
    return true;
  }
  if (hold.by === undefined && (word === 'person' || word === 'help')) {
    turn.sayKey('engine.handoff.waiting');
    return true;
  }
  if (hold.by === undefined && word === 'language') {
    obey(turn, word);
    return true;
  }
  turn.session.hold = { ...hold, owed: hold.owed ?? turn.context.now };
  return true;
}

function release(turn: Turn): void {
  delete turn.session.hold;
  turn.effects.push({ kind: 'handback' });
}
