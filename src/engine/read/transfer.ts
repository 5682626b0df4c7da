/** A draft that moves between two conversations of one person: given by one, taken by the other. */
import { dropDraft, hasAnswers, park, regain } from '../runs.js';
import type { Turn } from '../turn.js';
import type { Frame, Input } from '../types.js';

type System<Event> = Extract<Input, { kind: 'system'; event: Event }>;

/** Hands over what is under way, or the newest of what was put aside; what cannot be resumed anywhere stays. */
export function give(turn: Turn, input: System<'give'>): void {
  const { session } = turn;
  const run = turn.frame?.run;
  const before = session.parked;
  park(turn);
  const draft = session.parked?.at(-1) ?? null;
  if (draft && draft[0]?.run === run) {
    // It was not put aside to stay: none of the others makes room for it.
    if (before) session.parked = before;
    else delete session.parked;
    session.stack.length = 0;
    delete session.pending;
  } else if (draft) dropDraft(turn, (session.parked?.length ?? 1) - 1);
  turn.effects.push({ kind: 'gift', transfer: input.transfer, draft });
  turn.sayKey(draft ? 'engine.link.given' : 'engine.link.made', { channel: channelName(turn, input) });
}

/** Goes on with it at once, unless something else is under way: then it waits among the drafts, none of which is dropped for it. */
export function takeDraft(turn: Turn, input: System<'take'>): void {
  const { session } = turn;
  const channel = { channel: channelName(turn, input) };
  if (input.draft.length === 0) return turn.sayKey('engine.link.lost');
  if (isBusy(turn)) {
    session.parked = [...(session.parked ?? []), input.draft];
    return turn.sayKey('engine.link.kept', channel);
  }
  delete session.pending;
  turn.sayKey('engine.link.taken', channel);
  turn.restore(input.draft);
  regain(turn);
}

/** In staff's hands, or in the middle of something with answers. */
function isBusy({ session }: Turn): boolean {
  return session.hold !== undefined || session.stack.some((frame: Frame) => hasAnswers(frame));
}

/** How people call the other channel. */
export function channelName(turn: Turn, { channel }: { channel: string }): string {
  const key = `engine.channel.${channel}`;
  return turn.text(turn.prepared.set.texts[key] ? key : 'engine.channel.other');
}
