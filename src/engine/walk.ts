/** Walks a flow from where the person stands to the next question or end. */
import { asText, without } from './as-text.js';
import { ask, labelOf } from './ask.js';
import { finish } from './finish.js';
import { limits } from './limits.js';
import { isAsking } from './prepare.js';
import {
  arrive,
  arriveLoose,
  awaits,
  divert,
  forgetCalled,
  forgetPicks,
  giveBack,
  handDown,
  stillAnswers,
} from './retrace.js';
import { fulfil } from './read/question.js';
import { resume, startFlow } from './runs.js';
import { submit } from './submit.js';
import type { Turn } from './turn.js';
import type { AskingStep, CallStep, Flow, Frame, Json, LookUpStep, RecordRatingStep, Step, Target } from './types.js';

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
      if (!(end.submit !== undefined && divert(turn, frame)) && !finish(turn, end)) return;
    } else if (!step) {
      throw new Error(`flow ${frame.flow} has no step ${frame.step}`);
    } else if (!pass(turn, frame, step)) return;
  }
}

/** Handles one step; false when the turn stops here. */
function pass(turn: Turn, frame: Frame, step: Step): boolean {
  const asked = turn.holds(step.onlyIf);
  if (!asked || step.kind !== 'call') arrive(turn, frame, step);
  if (!asked) return move(turn, inOrder(turn, step));
  if (isAsking(step)) return passQuestion(turn, frame, step);
  switch (step.kind) {
    case 'say':
      if (!turn.passing) turn.say(turn.render(step.say));
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
      rate(turn, frame, step);
      return move(turn, following(turn, step));
    case 'submit':
      if (divert(turn, frame)) return true;
      submit(turn, step.opens);
      return move(turn, following(turn, step));
  }
}

function passQuestion(turn: Turn, frame: Frame, step: AskingStep): boolean {
  if (step.kind === 'review' && divert(turn, frame)) return true;
  const known = passedOver(turn, frame, step) ?? toldAhead(turn, frame, step);
  if (known === undefined && nothingToChoose(turn, step)) return move(turn, following(turn, step));
  if (frame.trail.at(-1) !== step.id) frame.trail.push(step.id);
  if (known !== undefined) return move(turn, following(turn, step, valueKey(known)));
  if (frame.trail.length > limits.trail) frame.trail = frame.trail.slice(-limits.trail);
  if (frame.tries !== undefined) delete frame.tries;
  if (step.kind === 'review') arriveLoose(turn, frame);
  ask(turn, step, laterThan(turn, frame, step));
  return false;
}

/** The answer with which the question is passed over; none where it would lead back to what was just passed. */
function passedOver(turn: Turn, frame: Frame, step: AskingStep): Json | undefined {
  const known = giveBack(turn, frame, step);
  if (known === undefined || !frame.trail.includes(following(turn, step, valueKey(known)))) return known;
  frame.answers = without(frame.answers, step.id);
  return undefined;
}

/** What the person told beforehand, where it still is an answer here. */
function toldAhead(turn: Turn, frame: Frame, step: AskingStep): Json | undefined {
  if (step.kind !== 'ask' || frame.retrace?.redo === step.id) return undefined;
  const value = turn.takeAhead(step.id);
  if (value === undefined || !stillAnswers(turn, step, value)) return undefined;
  frame.answers[step.id] = value;
  return value;
}

/** A correction that this question comes before. */
function laterThan(turn: Turn, frame: Frame, step: AskingStep): string | undefined {
  const redo = frame.retrace?.redo;
  const question =
    redo !== undefined && redo !== step.id && awaits(turn, frame, redo) ? turn.question(redo) : undefined;
  return question && turn.text('engine.correct.later', { label: labelOf(turn, question) });
}

/** None of the choices is open to this person. */
function nothingToChoose(turn: Turn, step: AskingStep): boolean {
  if (step.kind !== 'ask') return false;
  if (step.choicesFrom !== undefined) return !turn.found(step.choicesFrom)?.choices?.length;
  return step.choices?.every((choice) => !turn.holds(choice.onlyIf)) ?? false;
}

function call(turn: Turn, frame: Frame, step: CallStep): boolean {
  if (turn.session.stack.length >= limits.stackDepth) throw new Error(`flows call each other too deeply at ${step.id}`);
  const stood = frame.retrace === undefined || frame.retrace.until === step.id;
  const [above, ...rest] = stood ? (frame.above ?? []) : [];
  if (stood) delete frame.above;
  const retrace = handDown(turn, frame, step);
  arrive(turn, frame, step);
  if (above?.flow === step.flow) {
    turn.push({ ...above, ...(rest.length > 0 && { above: rest }) });
    return true;
  }
  const first = turn.prepared.set.flows[step.flow]?.steps[0];
  if (!first) throw new Error(`the set has no flow ${step.flow}`);
  if (retrace) turn.passing = true;
  const before = retrace ? undefined : forgetCalled(turn, frame, step);
  const run = { flow: step.flow, run: frame.run, step: first.id, answers: {}, trail: [] };
  turn.push({ ...run, ...(retrace && { retrace }), ...(before && { before }) });
  return true;
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
  if (JSON.stringify(found) !== JSON.stringify(frame.found?.[step.as])) forgetPicks(turn, frame, step.as);
  frame.found = { ...frame.found, [step.as]: found };
  if (step.what === 'articles' && found.outcome === 'none')
    turn.effects.push({ kind: 'unanswered', question: parameters.question ?? '' });
  if (step.what === 'articles' && !turn.passing && fulfil(turn, found)) return false;
  return move(turn, step.on?.[found.outcome] ?? following(turn, step));
}

/** Once a run: who comes by again, after a correction or from a later question, has rated already. */
function rate(turn: Turn, frame: Frame, step: RecordRatingStep): void {
  const score = turn.answer(step.score);
  if (typeof score !== 'number' || turn.passing || frame.found?.[step.id]) return;
  const comment = step.comment === undefined ? undefined : turn.answer(step.comment);
  const words = typeof comment === 'string' && comment !== 'skipped' ? { comment } : {};
  turn.effects.push({ kind: 'rating', service: step.service, score, ...words });
  frame.found = { ...frame.found, [step.id]: { outcome: 'recorded' } };
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
export function endOf(flow: Flow): string {
  const name = 'done' in flow.ends ? 'done' : Object.keys(flow.ends)[0];
  if (name === undefined) throw new Error(`flow ${flow.id} has no end`);
  return name;
}

/** How an answer is named in `on:`. */
export function valueKey(value: Json): string {
  return typeof value === 'string' ? value : '';
}
