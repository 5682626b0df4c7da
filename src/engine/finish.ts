/** What happens at an end of a flow. */
import { handOff } from './handoff.js';
import { approvedAt } from './say-approved.js';
import { submit } from './submit.js';
import { bringUp } from './retrace.js';
import { park, startFlow } from './runs.js';
import { endOf } from './walk.js';
import type { Turn } from './turn.js';
import type { End, Frame } from './types.js';

/** Leaves the flow by an end. True when the walk goes on in a calling flow. */
export function finish(turn: Turn, end: End): boolean {
  if (end.submit !== undefined) submit(turn, end.submit);
  if (end.say) turn.say(turn.render(end.say), approvedAt(turn, end));
  if (end.handoff) {
    handOff(turn, turn.reason, true);
    park(turn);
    dropRun(turn);
    return false;
  }
  const caller = turn.session.stack[turn.session.stack.length - 2];
  if (caller && caller.run === turn.frame?.run && end.then === undefined && !end.park) return comeBack(turn, end);
  if (end.park) park(turn);
  dropRun(turn);
  if (end.then?.startsWith('flow/')) startFlow(turn, end.then.slice(5));
  return false;
}

/** Brings the answers of a called flow to its caller and goes on after the call. */
function comeBack(turn: Turn, end: End): boolean {
  const called = turn.pop();
  const frame = turn.frame;
  if (!called || !frame) return false;
  bringUp(turn, called, frame);
  frame.step = afterCall(turn, frame, end);
  return true;
}

function afterCall(turn: Turn, frame: Frame, end: End): string {
  const flow = turn.flow(frame);
  const step = flow.steps.get(frame.step);
  if (step?.kind !== 'call') throw new Error(`flow ${frame.flow} was not waiting for a called flow`);
  return step.on?.[end.id] ?? step.go ?? flow.next.get(step.id) ?? endOf(flow.flow);
}

function dropRun(turn: Turn): void {
  turn.session.stack.length = 0;
}
