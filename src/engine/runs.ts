/** Runs: begun, put aside, taken up again. */
import { labelOf } from './ask.js';
import { limits } from './limits.js';
import { isAsking } from './prepare.js';
import { foldTo, stepBack } from './retrace.js';
import type { Turn } from './turn.js';
import type { Flow, Frame } from './types.js';
import { walk } from './walk.js';

/** Begins a run of a flow in place of what was active. An unfinished run of the same flow is offered first. */
export function startFlow(turn: Turn, id: string): void {
  if (!turn.prepared.flows.has(id)) throw new Error(`the set has no flow ${id}`);
  park(turn);
  turn.session.stack.length = 0;
  if (turn.session.parked?.some((stack) => stack[0]?.flow === id)) return offerDraft(turn, id);
  enterFlow(turn, id);
}

/** Begins a run without a look at drafts. */
export function enterFlow(turn: Turn, id: string): void {
  const first = turn.prepared.set.flows[id]?.steps[0];
  if (!first) throw new Error(`the set has no flow ${id}`);
  turn.push({ flow: id, run: turn.context.ids.run(), step: first.id, answers: {}, trail: [] });
  walk(turn);
}

/** Takes up the newest draft (or the one of a flow) and asks again where the person stopped. */
export function resume(turn: Turn, flow?: string): void {
  const parked = turn.session.parked ?? [];
  const at = parked.findLastIndex((stack) => (flow === undefined || stack[0]?.flow === flow) && turn.knows(stack));
  const draft = parked[at];
  if (!draft) {
    turn.sayKey('engine.resume.none');
    return startFlow(turn, turn.prepared.set.start);
  }
  dropDraft(turn, at);
  park(turn);
  turn.restore(draft);
  regain(turn);
}

/** Goes on where the run stands; where its steps are gone from the flow, at the first question that has no answer. */
export function regain(turn: Turn): void {
  const { stack } = turn.session;
  if (!turn.knows(stack)) return startFlow(turn, turn.prepared.set.start);
  turn.sayKey('engine.resume.back');
  recap(turn);
  turn.session.set = turn.prepared.set.hash;
  if (!fits(turn)) fromTheStart(turn);
  walk(turn);
}

/** Which request it is, and how far it came: by the names of answers, not by what they say. */
function recap(turn: Turn): void {
  const [bottom] = turn.session.stack;
  const said = turn.effects.at(-1);
  const given = turn.session.stack
    .flatMap(({ trail, answers }) => trail.filter((id) => Object.hasOwn(answers, id)))
    .flatMap((id) => turn.question(id) ?? [])
    .filter(({ kind, short }) => kind === 'ask' && short !== undefined);
  const last = given.at(-1);
  if (!bottom || !last || said?.kind !== 'say') return;
  const flow = turn.render(turn.flow(bottom).flow.title);
  const line = turn.text('engine.resume.recap', { flow, n: new Set(given).size, last: labelOf(turn, last) });
  said.text = `${said.text}\n${line}`;
}

/** Whether the run stands in another set than this one, which does not have its place. */
export function astray(turn: Turn): boolean {
  return turn.session.set !== turn.prepared.set.hash && !fits(turn);
}

function fits(turn: Turn): boolean {
  const { stack } = turn.session;
  return stack.every((frame, index) => {
    const step = turn.prepared.flows.get(frame.flow)?.steps.get(frame.step);
    const above = stack[index + 1];
    return step && (above ? step.kind === 'call' && step.flow === above.flow : isAsking(step) || step.kind === 'call');
  });
}

function fromTheStart(turn: Turn): void {
  foldTo(turn, 0);
  const { frame } = turn;
  const first = frame && turn.flow(frame).flow.steps[0];
  if (!frame || !first) return;
  const kept = { ...frame.retrace?.kept, ...frame.answers };
  Object.assign(frame, { answers: {}, trail: [], step: first.id, retrace: { kept } });
  turn.passing = true;
}

/** Puts an unfinished run with answers aside, at its last question. */
export function park(turn: Turn): void {
  const { session } = turn;
  const [bottom] = session.stack;
  if (!bottom || !session.stack.some(hasAnswers) || turn.number !== undefined || !draftable(turn, bottom.flow)) return;
  if (turn.knows(session.stack)) standAtLast(turn);
  // By its run: a draft of the same flow may have come from a linked conversation.
  const others = (session.parked ?? []).filter((stack) => stack[0]?.run !== bottom.run);
  session.parked = [...others, session.stack.slice()].slice(-limits.parked);
}

/** An end that keeps a run is no place to come back to: the question before it is. */
function standAtLast(turn: Turn): void {
  for (let { frame } = turn; frame && !turn.waiting; { frame } = turn) {
    const last = frame.trail.at(-1);
    if (last !== undefined) return turn.flow(frame).steps.has(last) ? void (frame.step = last) : stepBack(turn, frame);
    if (turn.session.stack.length < 2) return;
    foldTo(turn, turn.session.stack.length - 2);
  }
}

/** Whether anything was answered on the way. */
export function hasAnswers({ answers, retrace }: Frame): boolean {
  return Object.keys(answers).length > 0 || Object.keys(retrace?.kept ?? {}).length > 0;
}

/** Whether something comes of what is answered in a flow. */
export function files({ steps, ends }: Flow): boolean {
  const opens = steps.some(({ kind }) => kind === 'submit' || kind === 'record_rating');
  return opens || Object.values(ends).some(({ submit, park }) => submit !== undefined || park === true);
}

/** Removes the parked run at an index. */
export function dropDraft(turn: Turn, at: number): void {
  const left = (turn.session.parked ?? []).filter((_, index) => index !== at);
  if (left.length > 0) turn.session.parked = left;
  else delete turn.session.parked;
}

/** Only flows that can keep a draft (an end with `park`) are put aside: nobody resumes a menu. A flow that is gone may come back. */
export function draftable(turn: Turn, id: string): boolean {
  const flow = turn.prepared.set.flows[id];
  return !flow || Object.values(flow.ends).some((end) => end.park);
}

function offerDraft(turn: Turn, flow: string): void {
  turn.session.pending = { about: 'resume', flow };
  turn.sayKey('engine.resume.offer', undefined, [
    { id: '!/pending/resume', label: turn.text('engine.resume.yes') },
    { id: '!/pending/new', label: turn.text('engine.resume.new') },
  ]);
}
