/** Brings a person of the staff in, keeps the bot silent meanwhile, and never leaves anybody waiting without a word. */
import { isOpen } from './hours.js';
import type { Turn } from './turn.js';
import type { HandoffReason } from './types.js';

/** Hands the conversation to staff; the place in the flow stays for afterwards. */
export function handOff(turn: Turn, reason: HandoffReason): void {
  const { session, context } = turn;
  const run = turn.frame?.run;
  delete session.pending;
  session.hold = { since: context.now, owed: context.now };
  turn.effects.push({ kind: 'handoff', reason, ...(run !== undefined && { run }) });
  if (reason !== 'flow')
    turn.sayKey(
      isOpen(turn.prepared.set.charity, context.now) ? 'engine.handoff.asked_open' : 'engine.handoff.asked_closed',
    );
}
