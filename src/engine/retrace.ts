/** Walks part of a way again: what was answered is put aside, and given back as its questions are come by. */
import { pickable } from './ask.js';
import { without } from './as-text.js';
import type { Turn } from './turn.js';
import type { Answers, AskingStep, CallStep, Frame, Json, Retrace, Step, Stood } from './types.js';

/**
 * Stands the frame before a question of its way, or before the call that leads to it; answers from there on are put aside. A way that went
 * in circles is walked again from the first question that it came by twice since then: its last answers may lead elsewhere.
 */
export function rewind(turn: Turn, frame: Frame, name: string): void {
  const circles = new Set(frame.trail).size < frame.trail.length;
  const at = circles ? firstMet(turn, frame, placeOf(turn, frame, name)) : placeOf(turn, frame, name);
  standAt(turn, frame, at, frame.trail[at] ?? name);
  if (circles && frame.retrace) frame.retrace.loose = true;
}

/** Stands the frame before the last question of its way, which is forgotten. */
export function stepBack(turn: Turn, frame: Frame): void {
  const last = frame.trail.at(-1);
  if (last === undefined) return;
  standAt(turn, frame, placeOf(turn, frame, last), last);
  if (frame.retrace) [, frame.retrace.kept] = divide(frame.retrace.kept, (id) => id === last);
  settleRetrace(frame);
}

/**
 * Before all is shown or filed: where a way that went in circles did not come by the question that is to be asked, it is asked now. True
 * when that is so; otherwise it is not asked on this way at all.
 */
export function divert(turn: Turn, frame: Frame): boolean {
  const { retrace } = frame;
  if (retrace?.redo === undefined) return false;
  const { redo } = retrace;
  if (!retrace.loose || turn.diverted || !awaits(turn, frame, redo)) {
    delete retrace.redo;
    return false;
  }
  turn.diverted = true;
  const passed = frame.answers;
  standAt(turn, frame, frame.trail.length, redo);
  frame.retrace = { ...retrace, kept: { ...passed, ...retrace.kept } };
  return true;
}

/** Whether an answer waits to be given back to a question that is asked as things stand. */
export function awaits(turn: Turn, frame: Frame, name: string): boolean {
  const { retrace } = frame;
  const conditions = turn.flow(frame).conditions.get(name);
  return Object.hasOwn(retrace?.kept ?? {}, name) && (conditions?.every((one) => turn.holds(one)) ?? false);
}

/** The place on the trail of a question, or of the first one of the call that leads to it; the end of the trail when it is not there. */
function placeOf(turn: Turn, frame: Frame, name: string): number {
  const { through } = turn.flow(frame);
  const call = through.get(name);
  let at = frame.trail.findLastIndex((id) => id === name || (call !== undefined && through.get(id) === call));
  if (at < 0) return frame.trail.length;
  while (call && at > 0 && through.get(frame.trail[at - 1] ?? '') === call) at--;
  return at;
}

/** The earliest place from which no question lies both before and after it, nor has an answer put aside. */
function firstMet(turn: Turn, frame: Frame, from: number): number {
  const aside = Object.keys(frame.retrace?.kept ?? {});
  for (let at = from; ;) {
    const later = new Set([...frame.trail.slice(at), ...aside]);
    const met = frame.trail.findIndex((id) => later.has(id));
    if (met < 0 || met >= at) return at;
    at = Math.min(met, placeOf(turn, { ...frame, trail: frame.trail.slice(0, met + 1) }, frame.trail[met] ?? ''));
  }
}

function standAt(turn: Turn, frame: Frame, at: number, name: string): void {
  const { through } = turn.flow(frame);
  const call = through.get(name);
  const earlier = new Set(frame.trail.slice(0, at));
  const later = new Set(frame.trail.slice(at));
  const belongs = (id: string): boolean => id === name || (call !== undefined && through.get(id) === call);
  const [kept] = divide(frame.answers, (id) => later.has(id) || belongs(id));
  [, frame.answers] = divide(frame.answers, (id) => (later.has(id) || belongs(id)) && !earlier.has(id));
  frame.trail = frame.trail.slice(0, at);
  frame.step = call?.id ?? name;
  frame.retrace = { ...frame.retrace, kept: { ...frame.retrace?.kept, ...kept } };
}

/** The answer that a question had on the way before, when it is to be passed over with it; it stands again. */
export function giveBack(turn: Turn, frame: Frame, step: AskingStep): Json | undefined {
  const { retrace } = frame;
  if (!retrace || retrace.redo === step.id || !Object.hasOwn(retrace.kept, step.id)) return undefined;
  const [given, kept] = divide(retrace.kept, (id) => id === step.id);
  retrace.kept = kept;
  const value = given[step.id];
  if (value === undefined || !stillAnswers(turn, step, value)) return undefined;
  Object.assign(frame.answers, given);
  turn.passing = true;
  return value;
}

/** A signature is given under what stands above it; a choice must still be offered. */
export function stillAnswers(turn: Turn, step: AskingStep, value: Json): boolean {
  if (step.kind === 'declaration') return false;
  if (step.kind !== 'ask' || value === 'skipped' || (!step.choices && step.choicesFrom === undefined)) return true;
  const offered = pickable(turn, step);
  return [value].flat().every((one) => offered.some(({ id }) => id === one));
}

/** At the step where the person stood, the walk is over. */
export function arrive(turn: Turn, frame: Frame, step: Step): void {
  const { retrace } = frame;
  if (retrace?.until !== step.id || retrace.redo !== undefined) return;
  delete frame.retrace;
  turn.passing = false;
  if (retrace.loose) giveAllBack(turn, frame, retrace.kept);
}

/** Where all is shown or filed, the walk of a way that went in circles is over. */
export function arriveLoose(turn: Turn, frame: Frame): void {
  const { retrace } = frame;
  if (!retrace?.loose || retrace.redo !== undefined) return;
  delete frame.retrace;
  giveAllBack(turn, frame, retrace.kept);
}

/** Nothing is left to give back, and nothing to be asked again. */
export function settleRetrace(frame: Frame): void {
  const { retrace } = frame;
  if (retrace && retrace.redo === undefined && Object.keys(retrace.kept).length === 0) delete frame.retrace;
}

/** What a called flow walks again: its part of what its caller put aside. */
export function handDown(turn: Turn, frame: Frame, step: CallStep): Retrace | undefined {
  const questions = turn.prepared.flows.get(step.flow)?.questions;
  const { retrace } = frame;
  if (!retrace || !questions) return undefined;
  const { redo, loose } = retrace;
  const [part, kept] = divide(retrace.kept, (id) => questions.has(id));
  const asks = redo !== undefined && questions.has(redo);
  retrace.kept = kept;
  if (asks) delete retrace.redo;
  if (!asks && Object.keys(part).length === 0) return undefined;
  turn.passing = true;
  return { kept: part, ...(asks && { redo }), ...(loose && { loose }) };
}

/** Brings what a called flow was told to its caller; what an earlier call of it was told is over. */
export function bringUp(turn: Turn, called: Frame, frame: Frame): void {
  const questions = turn.prepared.flows.get(called.flow)?.questions;
  if (frame.retrace) [, frame.retrace.kept] = divide(frame.retrace.kept, (id) => questions?.has(id) ?? false);
  settleRetrace(frame);
  Object.assign(frame.answers, called.answers);
  frame.trail = [...frame.trail, ...called.trail];
  if (called.found) frame.found = { ...frame.found, ...called.found };
  if (called.number !== undefined) frame.number = called.number;
  if (called.retrace?.loose) giveAllBack(turn, frame, called.retrace.kept);
}

/** Leaves the called flows above a frame; their answers wait for the walk to come by again. */
export function foldTo(turn: Turn, index: number): void {
  while (turn.session.stack.length > index + 1) {
    const gone = turn.pop();
    const frame = turn.frame;
    if (!gone || !frame) return;
    const kept = { ...frame.retrace?.kept, ...gone.retrace?.kept, ...gone.answers };
    frame.retrace = { until: frame.step, ...frame.retrace, kept, ...(gone.retrace?.loose && { loose: true as const }) };
    if (gone.found) frame.found = { ...frame.found, ...gone.found };
  }
}

/**
 * Answers of a called flow that is entered anew stand no more, and nothing depends on them. Returns how the stack stood before, when
 * something was forgotten: it does so again when the flow is left half-way.
 */
export function forgetCalled(turn: Turn, frame: Frame, step: CallStep): Stood[] | undefined {
  const questions = turn.prepared.flows.get(step.flow)?.questions;
  const [old, stays] = divide(frame.answers, (id) => questions?.has(id) ?? false);
  if (Object.keys(old).length === 0) return undefined;
  const before = turn.session.stack.map(({ answers, trail, retrace }) => ({
    answers,
    trail,
    ...(retrace && { retrace }),
  }));
  frame.answers = stays;
  frame.retrace = { ...frame.retrace, kept: { ...frame.retrace?.kept, ...old }, loose: true };
  for (const name of Object.keys(old)) {
    dropSignatures(turn, name);
    dropDependents(turn, name);
  }
  return before;
}

/** Out of a called flow by its first question: what a correction put aside in it stays aside; what it made forget stands again. */
export function leaveCalled(turn: Turn): void {
  const gone = turn.pop();
  if (gone?.before) return standAgain(turn, gone.before);
  const kept = gone?.retrace?.kept;
  if (kept && turn.frame)
    turn.frame.retrace = { ...turn.frame.retrace, kept: { ...turn.frame.retrace?.kept, ...kept } };
}

function standAgain(turn: Turn, before: readonly Stood[]): void {
  const { stack } = turn.session;
  turn.restore(
    stack.map((frame, index) => {
      const { retrace: _, ...rest } = frame;
      return { ...rest, ...before[index] };
    }),
  );
}

/** Picks from a list that was looked up again with another result are asked again. */
export function forgetPicks(turn: Turn, frame: Frame, as: string): void {
  if (!frame.retrace) return;
  const { questions } = turn.flow(frame);
  [, frame.retrace.kept] = divide(frame.retrace.kept, (id) => {
    const question = questions.get(id);
    return question?.kind === 'ask' && question.choicesFrom === as;
  });
}

/** After an answer became another one, every signature under it is void, wherever in the run it stands. */
export function dropSignatures(turn: Turn, name: string): void {
  const [bottom] = turn.session.stack;
  for (const { id, kind } of bottom ? turn.flow(bottom).questions.values() : [])
    if (kind === 'declaration' && id !== name) forget(turn, id);
}

/** Removes answers that are no longer asked for after one was given, wherever in the run they stand. */
export function dropDependents(turn: Turn, name: string, seen = new Set<string>()): void {
  const [bottom] = turn.session.stack;
  if (!bottom || seen.has(name)) return;
  seen.add(name);
  const { conditions, dependents } = turn.flow(bottom);
  for (const id of dependents.get(name) ?? []) {
    if (turn.answer(id) === undefined || conditions.get(id)?.every((one) => turn.holds(one))) continue;
    forget(turn, id);
    dropDependents(turn, id, seen);
  }
}

function forget(turn: Turn, name: string): void {
  const { stack } = turn.session;
  for (const [index, frame] of stack.entries()) {
    if (!Object.hasOwn(frame.answers, name)) continue;
    if (frame === turn.frame) frame.answers = without(frame.answers, name);
    else stack[index] = { ...frame, answers: without(frame.answers, name) };
  }
}

function giveAllBack(turn: Turn, frame: Frame, kept: Answers): void {
  const { conditions, questions } = turn.flow(frame);
  for (const [key, value] of Object.entries(kept)) {
    const name = questionOf(key);
    const question = questions.get(name);
    if (!question || question.kind === 'declaration') continue;
    if (Object.hasOwn(frame.answers, key) || !conditions.get(name)?.every((one) => turn.holds(one))) continue;
    frame.answers[key] = value;
    if (key === name) frame.trail.push(name);
  }
}

/** Answers in two: those of certain questions, and the others. */
function divide(answers: Answers, mine: (question: string) => boolean): [Answers, Answers] {
  const [yes, no]: [Answers, Answers] = [{}, {}];
  for (const [key, value] of Object.entries(answers)) (mine(questionOf(key)) ? yes : no)[key] = value;
  return [yes, no];
}

/** The question under which something is kept: its answer, or when it was given. */
function questionOf(key: string): string {
  return key.replace(/\.at$/, '');
}
