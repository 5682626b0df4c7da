/** The questions that still lie ahead of a person: where what they tell beforehand may belong. */
import type { PreparedFlow } from '../prepare.js';
import type { Turn } from '../turn.js';
import type { AskStep, Frame, Step } from '../types.js';

/**
 * The waiting question, and the unanswered ones that can be come by from here and are asked as things stand. Nothing behind a consent
 * that was not given yet: what it is about is not taken before it.
 */
export function openAhead(turn: Turn): AskStep[] {
  const { stack } = turn.session;
  const { waiting } = turn;
  const [bottom] = stack;
  const met = new Set<string>();
  for (let index = stack.length - 1; index >= 0; index--) {
    const frame = stack[index];
    if (!frame || !reach(turn, frame, met)) break;
  }
  if (!bottom) return [];
  const { questions, conditions } = turn.flow(bottom);
  return [...questions.values()].filter((one): one is AskStep => {
    if (one.kind !== 'ask' || one.short === undefined || !met.has(one.id)) return false;
    if (one.id === waiting?.id) return true;
    return turn.answer(one.id) === undefined && (conditions.get(one.id)?.every((test) => turn.holds(test)) ?? false);
  });
}

/** Steps that are only looked at: the flow's own map is for those that are come by. */
const looked = new WeakMap<PreparedFlow, ReadonlyMap<string, Step>>();

function stepsOf(flow: PreparedFlow): ReadonlyMap<string, Step> {
  const steps = looked.get(flow) ?? new Map(flow.flow.steps.map((step) => [step.id, step]));
  looked.set(flow, steps);
  return steps;
}

/** Collects the questions from a frame's step on; false when a consent bars the way to what comes after the frame. */
function reach(turn: Turn, frame: Frame, met: Set<string>): boolean {
  const flow = turn.prepared.flows.get(frame.flow);
  const step = flow && stepsOf(flow).get(frame.step);
  if (!flow || !step) return false;
  if (turn.frame === frame) return follow(turn, flow, [step.id], met);
  return follow(turn, flow, successors(flow, step), met);
}

function follow(turn: Turn, flow: PreparedFlow, from: readonly string[], met: Set<string>): boolean {
  const open = [...from];
  const seen = new Set<string>();
  let free = true;
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = stepsOf(flow).get(id);
    if (!step || seen.has(id)) continue;
    seen.add(id);
    if (step.kind === 'ask') met.add(id);
    const called = step.kind === 'call' ? turn.prepared.flows.get(step.flow) : undefined;
    const first = called?.flow.steps[0]?.id;
    const barred =
      (step.kind === 'consent' && turn.answer(id) === undefined) ||
      (called !== undefined && first !== undefined && !follow(turn, called, [first], met));
    if (barred) free = false;
    else open.push(...successors(flow, step));
  }
  return free;
}

/** Every step of the same flow that may come next. */
function successors({ next }: PreparedFlow, step: Step): string[] {
  const jumps = 'on' in step ? Object.values(step.on ?? {}) : [];
  const chosen = step.kind === 'ask' ? (step.choices ?? []).flatMap(({ go }) => go ?? []) : [];
  const branches = step.kind === 'branch' ? step.cases.map(({ go }) => go) : [];
  const order = next.get(step.id);
  return [
    ...jumps,
    ...chosen,
    ...branches,
    ...(step.go === undefined ? [] : [step.go]),
    ...(order === undefined ? [] : [order]),
  ];
}
