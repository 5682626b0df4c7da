/** Brings a person of the staff in, keeps the bot silent meanwhile, and never leaves anybody waiting without a word. */
import { isOpen } from './hours.js';
import type { Turn } from './turn.js';
import type { HandoffReason } from './types.js';

/** Hands the conversation to staff; the place in the flow stays for afterwards. A flow's end speaks for itself (`quiet`). */
export function handOff(turn: Turn, reason: HandoffReason, quiet = false): void {
  const { session, context } = turn;
  const run = turn.frame?.run;
  delete session.pending;
  session.hold = { since: context.now, owed: context.now };
  turn.effects.push({ kind: 'handoff', reason, ...(run !== undefined && { run }) });
  if (quiet) return;
  const open = isOpen(turn.prepared.set.charity, context.now);
  turn.sayKey(open ? 'engine.handoff.asked_open' : 'engine.handoff.asked_closed');
}
