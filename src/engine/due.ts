/** The one timer of a conversation. */
import type { Turn } from './turn.js';
import { remindable } from './remind.js';
import type { Due } from './types.js';

/** Staff's deadline while the conversation is with them, else the waiting question's silence, and before that the one reminder. */
export function dueOf(turn: Turn): Due | null {
  const { hold, since } = turn.session;
  if (hold) {
    if (hold.owed === undefined || hold.late) return null;
    return { kind: 'handoff', at: hold.owed + turn.prepared.set.charity.handoffDeadline };
  }
  const waiting = turn.unsettled ? undefined : turn.waiting;
  if (!waiting) return null;
  const from = since ?? turn.context.now;
  const { after, remind } = waiting.silence;
  return remind !== undefined && remindable(turn)
    ? { kind: 'reminder', at: from + remind }
    : { kind: 'silence', at: from + after };
}
