/** What staff, a case or the house itself bring into a conversation. */
import { ask } from '../ask.js';
import { approvedFor } from '../say-approved.js';
import { begin, takeUp } from './desk.js';
import { channelName, give, takeDraft } from './transfer.js';
import { unreachable } from './rest.js';
import type { Turn } from '../turn.js';
import type { Input } from '../types.js';

/** Take over, reply, hand back; and the desk. */
export function readStaff(turn: Turn, input: Extract<Input, { kind: 'staff' }>): void {
  turn.readAs('staff');
  const { session, context } = turn;
  if (input.act === 'hand_back') return handBack(turn);
  if (input.act === 'begin') return begin(turn, input);
  if (input.act === 'correct') return takeUp(turn, input);
  if (input.act !== 'reply') {
    if (session.hold?.by === input.by) return;
    delete session.pending;
    session.hold = {
      since: context.now,
      by: input.by,
      ...(session.hold?.owed !== undefined && { owed: context.now }),
    };
    return turn.sayKey('engine.handoff.taken', { name: input.name });
  }
  // What the person says next is said to staff.
  delete session.pending;
  session.hold = { since: session.hold?.since ?? context.now, by: input.by };
  turn.effects.push({
    kind: 'say',
    author: 'staff',
    by: input.name,
    text: input.text,
    ...(input.file && { file: input.file }),
    ...(input.template && { template: { ...input.template, goes: 'only' } }),
  });
}

/** News of a case, wherever the person stands; the waiting question stays as it is. */
export function readCase(turn: Turn, input: Extract<Input, { kind: 'case' }>): void {
  turn.readAs('case');
  const { number, status = '' } = input;
  if (input.event === 'message') {
    turn.effects.push({
      kind: 'say',
      author: 'staff',
      text: input.text ?? '',
      ...(input.by !== undefined && { by: input.by }),
      ...approvedFor(turn, 'message', { number }),
    });
    return;
  }
  const notice = turn.text(`status.${status}.notice`, { number });
  const name = turn.text(`status.${status.replace(/^other\./, '')}.name`);
  turn.say(
    input.text === undefined ? notice : `${notice}\n\n${input.text}`,
    approvedFor(turn, 'status', { number, status: name }),
  );
}

/** The person cannot be reached; or a turn failed for good: an apology, and a person of the staff looks at it. */
export function readSystem(turn: Turn, input: Extract<Input, { kind: 'system' }>): void {
  turn.readAs('system');
  if (input.event === 'unreachable') return unreachable(turn, input);
  if (input.event === 'give') return give(turn, input);
  if (input.event === 'take') return takeDraft(turn, input);
  if (input.event === 'separated') return turn.sayKey('engine.link.separated', { channel: channelName(turn, input) });
  turn.sayKey('engine.failure');
}

function handBack(turn: Turn): void {
  if (!turn.session.hold) return;
  delete turn.session.hold;
  turn.effects.push({ kind: 'handback' });
  turn.session.since = turn.context.now;
  const waiting = turn.waiting;
  if (waiting) ask(turn, waiting, turn.text('engine.handoff.back'));
  else turn.sayKey('engine.handoff.back.menu');
}
