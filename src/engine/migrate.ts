/** Carries a session over from one flow set to the next: places by step ids, answers by name, and nothing under another question. */
import { carryAnswers } from './migrate-answers.js';
import { isAsking, type Prepared, type PreparedFlow } from './prepare.js';
import type { AskingStep, Carried, Flow, FlowSet, Found, Frame, Pending, Session, Step } from './types.js';

export interface Place {
  readonly flow: string;
  /** A step, an end, or `flow/<id>`. */
  readonly step: string;
}

export interface Migrated {
  readonly session: Session;
  /** Names of the answers that were dropped, to be asked again, and the number of runs that have no place any more. */
  readonly lost: { readonly answers: readonly string[]; readonly runs: number };
}

/** Where somebody who stands at a place of the older set goes in the newer one; undefined: nowhere, they would be stranded. */
export function placeIn(from: FlowSet, to: FlowSet, place: Place): Place | undefined {
  const flow = heir(to, place.flow);
  if (!flow) return undefined;
  const declared = flow.moved && own(flow.moved.steps, place.step);
  if (declared !== undefined) return isThere(to, flow, declared) ? { flow: flow.id, step: declared } : undefined;
  const before = from.flows[place.flow]?.steps.find(({ id }) => id === place.step);
  if (!before && (own(flow.ends, place.step) || place.step.startsWith('flow/')))
    return { flow: flow.id, step: place.step };
  const now = flow.steps.find(({ id }) => id === place.step);
  return before && now && alike(before, now) ? { flow: flow.id, step: now.id } : undefined;
}

/** Carries every run of a session, the waiting one and those put aside, from the set it stands in to the next one. */
export function migrate(session: Session, from: Prepared, to: Prepared): Migrated {
  const lost = { answers: [] as string[], runs: 0 };
  const carry = (stack: readonly Frame[]): Frame[] => carryStack(stack, from, to, lost);
  const stack = carry(session.stack);
  const parked = (session.parked ?? []).map(carry).filter((run) => run.length > 0);
  const pending = session.pending && carryPending(session.pending, to.set);
  const { parked: _, pending: __, carried: ___, ...rest } = session;
  const carried = stack === session.stack ? session.carried : carriedFrom(session, stack, from, to);
  const language = to.set.languages.includes(session.language)
    ? session.language
    : (to.set.languages[0] ?? session.language);
  return {
    session: {
      ...rest,
      set: to.set.hash,
      language,
      stack,
      ...(parked.length > 0 && { parked }),
      ...(pending && { pending }),
      ...(carried && { carried }),
    },
    lost,
  };
}

function isThere(set: FlowSet, flow: Flow, target: string): boolean {
  if (target.startsWith('flow/')) return own(set.flows, target.slice('flow/'.length)) !== undefined;
  return own(flow.ends, target) !== undefined || flow.steps.some(({ id }) => id === target);
}

/** The flow of that id, or the one that took its people over. */
function heir(set: FlowSet, id: string): Flow | undefined {
  return own(set.flows, id) ?? Object.values(set.flows).find((flow) => flow.moved?.flows.includes(id));
}

function alike(before: Step, now: Step): boolean {
  if (before.kind === 'ask' && now.kind === 'ask') return before.answer === now.answer;
  return before.kind === now.kind;
}

type Lost = { answers: string[]; runs: number };

/** The same stack when nothing of its flows has changed; none when its flow is gone. */
function carryStack(stack: readonly Frame[], from: Prepared, to: Prepared, lost: Lost): Frame[] {
  const [bottom] = stack;
  if (!bottom || unchanged(bottom.flow, from.set, to.set)) return stack as Frame[];
  const frames: Frame[] = [];
  for (const frame of stack.flatMap((one) => [one, ...(one.above ?? [])])) {
    const carried = carryFrame(frame, from, to, lost);
    if (!carried) break;
    frames.push(carried);
  }
  const [first, ...above] = frames;
  if (first) return [{ ...first, ...(above.length > 0 && { above }) }];
  lost.runs += 1;
  return [];
}

/** True when a flow and all that it calls read as they did. */
function unchanged(id: string, from: FlowSet, to: FlowSet, seen = new Set<string>()): boolean {
  if (seen.has(id)) return true;
  seen.add(id);
  const [before, now] = [from.flows[id], to.flows[id]];
  if (!before || !now || JSON.stringify(before) !== JSON.stringify(now)) return false;
  return now.steps.every((step) => step.kind !== 'call' || unchanged(step.flow, from, to, seen));
}

/**
 * The frame at the first step of its flow, to be walked from there past what is answered, up to its place. A run that was submitted
 * stays where it is: nothing of it is asked again.
 */
function carryFrame(frame: Frame, from: Prepared, to: Prepared, lost: Lost): Frame | undefined {
  const flow = heir(to.set, frame.flow);
  const now = flow && to.flows.get(flow.id);
  const first = flow?.steps[0];
  if (!flow || !now || !first) return undefined;
  const { above: _, retrace, tries: __, ahead: ___, before: ____, found, ...kept } = frame;
  const answers = carryAnswers(frame, from, to, now, lost.answers);
  const base = {
    ...kept,
    flow: flow.id,
    // What "back" walks is what is passed on the way to the place.
    trail: [],
    answers,
    ...(found && { found: foundNow(found, from, to, frame.flow, flow.id) }),
  };
  const at = retrace?.until ?? frame.step;
  const place = placeIn(from.set, to.set, { flow: frame.flow, step: at });
  if (place?.step.startsWith('flow/')) return { ...base, step: place.step, answers: {} };
  const goal = place?.step ?? endOf(flow);
  // A run that was put aside stands at the end that kept it: it goes on with what is not answered, as "resume" does.
  const sent = own(flow.ends, goal) !== undefined && from.flows.get(frame.flow)?.steps.has(at) === true;
  if (frame.number !== undefined || (place && sent)) return { ...base, step: goal };
  const redo = retrace?.redo;
  const again = redo !== undefined && Object.hasOwn(answers, redo) ? { redo } : {};
  return { ...base, step: first.id, answers: {}, retrace: { kept: answers, until: goal, loose: true, ...again } };
}

/** What was looked up stays where the same look-up still has that name. */
function foundNow(
  found: Record<string, Found>,
  from: Prepared,
  to: Prepared,
  before: string,
  now: string,
): Record<string, Found> {
  const [then, today] = [lookUps(from.set, before), lookUps(to.set, now)];
  return Object.fromEntries(Object.entries(found).filter(([as]) => today.has(as) && then.get(as) === today.get(as)));
}

function lookUps(set: FlowSet, id: string, seen = new Set<string>()): Map<string, string> {
  const all = new Map<string, string>();
  if (seen.has(id)) return all;
  seen.add(id);
  for (const step of set.flows[id]?.steps ?? []) {
    if (step.kind === 'look_up') all.set(step.as, step.what);
    if (step.kind === 'call') for (const [as, what] of lookUps(set, step.flow, seen)) all.set(as, what);
  }
  return all;
}

function carryPending(pending: Pending, to: FlowSet): Pending | undefined {
  // By the names of former questions: told again where it is asked.
  if (pending.about === 'told') return undefined;
  if (pending.about !== 'resume') return pending;
  const flow = heir(to, pending.flow)?.id;
  return flow === undefined ? undefined : { about: 'resume', flow };
}

/** What the person was last asked, and where that very question stands now. */
function carriedFrom(session: Session, stack: readonly Frame[], from: Prepared, to: Prepared): Carried | undefined {
  const top = session.stack.at(-1);
  const bottom = stack[0];
  if (!top || !bottom) return undefined;
  const asked = session.carried ?? askedAt(top, from);
  const at = session.carried ? session.carried.now : asked;
  const place = at && placeIn(from.set, to.set, at);
  const { now: _, ...then } = asked;
  if (!at || !place) return then;
  const [before, today] = [question(from.flows.get(at.flow), at.step), question(to.flows.get(place.flow), place.step)];
  return before && today && readsAlike(before, today) ? { ...then, now: { flow: place.flow, step: place.step } } : then;
}

function askedAt(top: Frame, from: Prepared): Carried {
  const step = question(from.flows.get(top.flow), top.step);
  return { run: top.run, flow: top.flow, step: top.step, class: step?.class ?? 'personal' };
}

function question(flow: PreparedFlow | undefined, id: string): AskingStep | undefined {
  const step = flow?.steps.get(id);
  return step && isAsking(step) ? step : undefined;
}

/** The same words with the same choices and the same meaning: an answer to one is an answer to the other. */
function readsAlike(a: AskingStep, b: AskingStep): boolean {
  return JSON.stringify(wordsOf(a)) === JSON.stringify(wordsOf(b));
}

function wordsOf(step: AskingStep): unknown {
  const shared = [step.kind, step.ask];
  switch (step.kind) {
    case 'ask':
      return [
        ...shared,
        step.answer,
        step.options,
        choicesOf(step.choices),
        step.choicesFrom,
        step.optional,
        step.exact,
      ];
    case 'consent':
      return [...shared, step.version];
    case 'declaration':
      return [...shared, step.version, step.signs];
    case 'review':
      return [...shared, step.fields];
  }
}

/** Where a choice leads is no part of what it says. */
function choicesOf(choices: Extract<AskingStep, { kind: 'ask' }>['choices']): unknown {
  return choices?.map(({ id, label, hint, also, onlyIf }) => [id, label, hint, also, onlyIf]);
}

function endOf(flow: Flow): string {
  return 'done' in flow.ends ? 'done' : (Object.keys(flow.ends)[0] ?? '');
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
