/** The one timer of a conversation. */
import type { Turn } from './turn.js';
import type { Due } from './types.js';

/** Staff's deadline while the conversation is with them, else the waiting question's silence. */
export function dueOf(turn: Turn): Due | null {
  const { hold, since } = turn.session;
  if (hold) {
    if (hold.owed === undefined || hold.late) return null;
    return { kind: 'handoff', at: hold.owed + turn.prepared.set.charity.handoffDeadline };
  }
  const waiting = turn.unsettled ? undefined : turn.waiting;
  return waiting ? { kind: 'silence', at: (since ?? turn.context.now) + waiting.silence.after } : null;
}
