/** Walks a flow from where the person stands to the next question or end. */
import { asText } from './as-text.js';
import { ask } from './ask.js';
import { finish } from './finish.js';
import { limits } from './limits.js';
import { isAsking } from './prepare.js';
import { submit } from './submit.js';
import type { Turn } from './turn.js';
import type { AskingStep, CallStep, Flow, Frame, LookUpStep, RecordRatingStep, Step, Target } from './types.js';

/** Goes to a step, an end, another flow or the parked draft, and on to the next question. */
export function goTo(turn: Turn, target: Target): void {
  if (target.startsWith('flow/')) startFlow(turn, target.slice(5));
  else if (target === 'resume') resume(turn);
  else {
    const frame = turn.frame;
    if (!frame) return;
    frame.step = target;
    walk(turn);
  }
}

/** Goes on after the active step: by the value just given, the step's own `go`, or the order. */
export function goOn(turn: Turn, step: Step, value?: string): void {
  goTo(turn, following(turn, step, value));
}

/** Begins a run of a flow in place of what was active. An unfinished run of the same flow is offered first. */
export function startFlow(turn: Turn, id: string): void {
  const flow = turn.prepared.set.flows[id];
  const first = flow?.steps[0];
  if (!first) throw new Error(`the set has no flow ${id}`);
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
  const known = (stack: readonly Frame[]) => stack.every((frame) => turn.prepared.flows.has(frame.flow));
  const at = parked.findLastIndex((stack) => known(stack) && (flow === undefined || stack[0]?.flow === flow));
  const draft = parked[at];
  if (!draft) {
    turn.sayKey('engine.resume.none');
    return startFlow(turn, turn.prepared.set.start);
  }
  dropDraft(turn, at);
  turn.session.stack.length = 0;
  for (const frame of draft) turn.push(standing(turn, frame));
  turn.sayKey('engine.resume.back');
  walk(turn);
}

/** A parked frame where it stood; when its step is gone from the flow, at the first question without an answer. */
function standing(turn: Turn, frame: Frame): Frame {
  const copy = { ...frame, answers: { ...frame.answers }, trail: frame.trail.slice() };
  const flow = turn.flow(frame);
  if (flow.steps.has(frame.step)) return copy;
  return { ...copy, step: flow.flow.steps[0]?.id ?? frame.step, until: frame.step };
}

/** Puts an unfinished run with answers aside. */
export function park(turn: Turn): void {
  const { session } = turn;
  const bottom = session.stack[0];
  if (!bottom || !session.stack.some((frame) => Object.keys(frame.answers).length > 0) || bottom.number !== undefined)
    return;
  if (!draftable(turn, bottom.flow)) return;
  const others = (session.parked ?? []).filter((stack) => stack[0]?.flow !== bottom.flow);
  session.parked = [...others, session.stack.slice()].slice(-limits.parked);
}

/** Removes the parked run at an index. */
export function dropDraft(turn: Turn, at: number): void {
  const left = (turn.session.parked ?? []).filter((_, index) => index !== at);
  if (left.length > 0) turn.session.parked = left;
  else delete turn.session.parked;
}

/** Only flows that can keep a draft (an end with `park`) are put aside: nobody resumes a menu. */
function draftable(turn: Turn, flow: string): boolean {
  return Object.values(turn.prepared.set.flows[flow]?.ends ?? {}).some((end) => end.park);
}

function offerDraft(turn: Turn, flow: string): void {
  turn.session.pending = { about: 'resume', flow };
  turn.sayKey('engine.resume.offer', undefined, [
    { id: '!/pending/resume', label: turn.text('engine.resume.yes') },
    { id: '!/pending/new', label: turn.text('engine.resume.new') },
  ]);
}

/** From the active frame's step on, until something waits, ends, or needs a read. */
export function walk(turn: Turn): void {
  while (turn.frame) {
    if (++turn.passed > limits.stepsPerTurn) throw new Error(`a loop without a question in flow ${turn.frame.flow}`);
    const frame = turn.frame;
    if (frame.step.startsWith('flow/')) return goTo(turn, frame.step);
    const flow = turn.flow(frame);
    const step = flow.steps.get(frame.step);
    const end = step ? undefined : flow.flow.ends[frame.step];
    if (end) {
      if (!finish(turn, end)) return;
    } else if (!step) {
      throw new Error(`flow ${frame.flow} has no step ${frame.step}`);
    } else if (!pass(turn, frame, step)) return;
  }
}

/** Handles one step; false when the turn stops here. */
function pass(turn: Turn, frame: Frame, step: Step): boolean {
  if (frame.until === step.id) delete frame.until;
  if (!turn.holds(step.onlyIf)) return move(turn, inOrder(turn, step));
  if (isAsking(step)) return passQuestion(turn, frame, step);
  switch (step.kind) {
    case 'say':
      if (frame.until === undefined) turn.say(turn.render(step.say));
      return move(turn, following(turn, step));
    case 'branch': {
      const target = step.cases.find((one) => turn.holds(one.if))?.go;
      return move(turn, target ?? following(turn, step));
    }
    case 'call':
      return call(turn, frame, step);
    case 'look_up':
      return lookUp(turn, frame, step);
    case 'record_rating':
      // Passed over on the way back to a place: it was recorded when the person came by.
      if (frame.until === undefined) rate(turn, step);
      return move(turn, following(turn, step));
    case 'submit':
      submit(turn, step.opens);
      return move(turn, following(turn, step));
  }
}

function passQuestion(turn: Turn, frame: Frame, step: AskingStep): boolean {
  const known = frame.answers[step.id];
  if (frame.until !== undefined && known !== undefined && frame.redo !== step.id && firstPass(turn, frame, step))
    return move(turn, following(turn, step, valueKey(known)));
  if (step.kind === 'ask' && step.choices?.every((choice) => !turn.holds(choice.onlyIf)))
    return move(turn, following(turn, step));
  frame.trail = [...frame.trail.filter((id) => id !== step.id), step.id].slice(-limits.trail);
  delete frame.tries;
  ask(turn, step);
  return false;
}

/** False when this turn passed over the question before: answers that lead in a circle are asked for again. */
function firstPass(turn: Turn, frame: Frame, step: AskingStep): boolean {
  const key = `${frame.flow}/${step.id}`;
  if (turn.passedOver.has(key)) return false;
  turn.passedOver.add(key);
  return true;
}

function call(turn: Turn, frame: Frame, step: CallStep): boolean {
  if (turn.session.stack.length >= limits.stackDepth) throw new Error(`flows call each other too deeply at ${step.id}`);
  if (frame.until !== undefined) {
    enterCalled(turn, frame, step.flow);
    return true;
  }
  const [above, ...rest] = frame.above ?? [];
  delete frame.above;
  if (above?.flow === step.flow) {
    turn.push({ ...above, answers: { ...above.answers }, ...(rest.length > 0 && { above: rest }) });
    return true;
  }
  const first = turn.prepared.set.flows[step.flow]?.steps[0];
  if (!first) throw new Error(`the set has no flow ${step.flow}`);
  turn.push({ flow: step.flow, run: frame.run, step: first.id, answers: {}, trail: [] });
  return true;
}

/** Enters a called flow during a correction, with the answers it gave before: only `redo` and what has no answer is asked. */
export function enterCalled(turn: Turn, caller: Frame, flow: string, redo?: string): void {
  const called = turn.prepared.flows.get(flow);
  const first = called?.flow.steps[0];
  if (!called || !first) throw new Error(`the set has no flow ${flow}`);
  const answers = Object.fromEntries(Object.entries(caller.answers).filter(([id]) => called.questions.has(id)));
  turn.push({
    flow,
    run: caller.run,
    step: redo ?? first.id,
    answers,
    trail: [],
    until: endOf(called.flow),
    ...(redo !== undefined && { redo }),
  });
}

function lookUp(turn: Turn, frame: Frame, step: LookUpStep): boolean {
  const parameters: Record<string, string> = {};
  for (const [name, answer] of Object.entries(step.with ?? {})) {
    const value = turn.answer(answer);
    if (value !== undefined) parameters[name] = asText(value);
  }
  const before = turn.settling ? frame.found?.[step.as] : undefined;
  if (before) return move(turn, step.on?.[before.outcome] ?? following(turn, step));
  const found = turn.lookUp(step.what, parameters);
  if (!found) return false;
  frame.found = { ...frame.found, [step.as]: found };
  if (step.what === 'articles' && found.outcome === 'none')
    turn.effects.push({ kind: 'unanswered', question: parameters.question ?? '' });
  return move(turn, step.on?.[found.outcome] ?? following(turn, step));
}

function rate(turn: Turn, step: RecordRatingStep): void {
  const score = turn.answer(step.score);
  if (typeof score !== 'number') return;
  const comment = step.comment === undefined ? undefined : turn.answer(step.comment);
  const words = typeof comment === 'string' && comment !== 'skipped' ? { comment } : {};
  turn.effects.push({ kind: 'rating', service: step.service, score, ...words });
}

/** Sets the place to go on from; false when the target left this flow (it was walked already). */
function move(turn: Turn, target: Target): boolean {
  if (target.startsWith('flow/') || target === 'resume') {
    goTo(turn, target);
    return false;
  }
  const frame = turn.frame;
  if (!frame) return false;
  frame.step = target;
  return true;
}

function following(turn: Turn, step: Step, value?: string): Target {
  const jumps = 'on' in step ? step.on : undefined;
  const jump = value !== undefined && jumps && Object.hasOwn(jumps, value) ? jumps[value] : undefined;
  if (jump !== undefined) return jump;
  if (value !== undefined && step.kind === 'ask') {
    const go = step.choices?.find((choice) => choice.id === value)?.go;
    if (go !== undefined) return go;
  }
  return step.go ?? inOrder(turn, step);
}

/** The step after it in the file, or the end of the flow. */
function inOrder(turn: Turn, step: Step): Target {
  const frame = turn.frame;
  if (!frame) throw new Error('no run is under way');
  return turn.flow(frame).next.get(step.id) ?? endOf(turn.flow(frame).flow);
}

/** After the last step a flow ends at `done`, or at its only end. */
function endOf(flow: Flow): string {
  const name = 'done' in flow.ends ? 'done' : Object.keys(flow.ends)[0];
  if (name === undefined) throw new Error(`flow ${flow.id} has no end`);
  return name;
}

/** How an answer is named in `on:`. */
export function valueKey(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
