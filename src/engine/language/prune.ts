/** Leaves out what can never be met in this charity: steps and choices whose condition is settled when compiling. */
import type { BranchStep, Choice, Condition, Step, Target, Test } from '../types.js';
import type { DraftEnd, DraftFlow, DraftStep, Lists } from './draft.js';
import { buildGraph, defaultEnd, entry, type EndsOf, isQuestion, valuesOf } from './graph.js';
import { reach } from './ways.js';

/** The flow as this charity has it: settled conditions gone, jumps to left-out steps led to what follows them. */
export function prune(flow: DraftFlow, pack: Lists, endsOf: EndsOf): DraftFlow {
  const settled = settle(flow, pack);
  const redirect = redirects(settled, flow.ends);
  const kept = settled
    .filter((draft) => !draft.leftOut)
    .map((draft) => ({ ...draft, step: redirected(draft.step, redirect) }));
  const graph = buildGraph(kept, flow.ends, endsOf);
  const reached = reach(graph.size, [graph.next, graph.exits], [entry]);
  const steps = kept.filter((_, index) => reached[index] === 1);
  const review = reviewer(flow, steps);
  return {
    ...flow,
    steps: steps.map((draft) => ({ ...draft, step: review(withoutLostJumps(draft.step)) })),
    ends: metEnds(flow, steps, endsOf),
    moved: flow.moved.map((one) => (one.kind === 'step' ? { ...one, to: redirect.get(one.to) ?? one.to } : one)),
  };
}

/** Ends that only what was left out led to go with it, but for those where people of earlier versions are sent. */
function metEnds(flow: DraftFlow, steps: readonly DraftStep[], endsOf: EndsOf): DraftEnd[] {
  const kept = steps.map((draft) => ({ ...draft, step: withoutLostJumps(draft.step) }));
  const graph = buildGraph(kept, flow.ends, endsOf);
  const met = reach(graph.size, [graph.next, graph.exits], [entry]);
  const sent = new Set(flow.moved.map(({ to }) => to));
  return flow.ends.filter(({ end }) => sent.has(end.id) || met[graph.end.get(end.id) ?? -1] === 1);
}

/** Marks what is left out, and takes settled tests out of the conditions of what stays. */
function settle(flow: DraftFlow, pack: Lists): DraftStep[] {
  const gone = new Set<string>();
  const values = new Map<string, readonly string[]>();
  return flow.steps.map((draft) => {
    const step = withConditions(draft.step, (condition) => settled(condition, pack, gone, values));
    if (!step || draft.leftOut) {
      gone.add(draft.step.id);
      return { ...draft, leftOut: true };
    }
    const own = draft.list !== undefined && isQuestion(step) ? valuesOf(step) : undefined;
    if (own) values.set(step.id, own);
    return { ...draft, step };
  });
}

type Settle = (condition: Condition) => Condition | 'never';

/** The step with its conditions settled; undefined when it can never be met. */
function withConditions(step: Step, settle: Settle): Step | undefined {
  const onlyIf = step.onlyIf && settle(step.onlyIf);
  if (onlyIf === 'never') return undefined;
  const { onlyIf: _, ...rest } = step;
  const base = { ...rest, ...(onlyIf?.length && { onlyIf }) } as Step;
  if (base.kind === 'branch') return { ...base, cases: base.cases.flatMap((one) => settledCase(one, settle)) };
  if (base.kind !== 'ask' || !base.choices) return base;
  const choices = base.choices.flatMap((choice) => settledChoice(choice, settle));
  return choices.length > 0 || base.choicesFrom !== undefined ? { ...base, choices } : undefined;
}

function settledCase(one: BranchStep['cases'][number], settle: Settle): BranchStep['cases'] {
  const condition = one.if && settle(one.if);
  if (condition === 'never') return [];
  return [{ ...(condition?.length && { if: condition }), go: one.go }];
}

function settledChoice(choice: Choice, settle: Settle): Choice[] {
  const { onlyIf, ...rest } = choice;
  const condition = onlyIf && settle(onlyIf);
  return condition === 'never' ? [] : [{ ...rest, ...(condition?.length && { onlyIf: condition }) }];
}

function settled(
  condition: Condition,
  pack: Lists,
  gone: ReadonlySet<string>,
  values: ReadonlyMap<string, readonly string[]>,
): Condition | 'never' {
  const left: Test[] = [];
  for (const test of condition) {
    const holds = known(test, pack, gone, values);
    if (holds === false) return 'never';
    if (holds === undefined) left.push(test);
  }
  return left;
}

/** Whether a test holds, as far as that is known without a person. */
function known(
  test: Test,
  pack: Lists,
  gone: ReadonlySet<string>,
  values: ReadonlyMap<string, readonly string[]>,
): boolean | undefined {
  const not = test.not ?? false;
  if (test.name.startsWith('charity.')) {
    const flag = pack.flags.get(test.name.slice('charity.'.length));
    if (flag === undefined) return undefined;
    return (test.in ? test.in.includes(flag) : flag === 'yes') !== not;
  }
  if (gone.has(test.name)) return not;
  const own = values.get(test.name);
  if (own && test.in && !test.in.some((value) => own.includes(value))) return not;
  return undefined;
}

/** Old target → new one: the next step that stays, or the flow's default end; an each-step's name → its first question. */
function redirects(steps: readonly DraftStep[], ends: readonly DraftEnd[]): Map<Target, Target> {
  const redirect = new Map<Target, Target>();
  let following = defaultEnd(ends) ?? '';
  for (const { step, family, leftOut } of [...steps].reverse()) {
    if (leftOut) redirect.set(step.id, following);
    else following = step.id;
    if (family !== undefined) redirect.set(family, following);
  }
  return redirect;
}

function redirected(step: Step, redirect: ReadonlyMap<Target, Target>): Step {
  const to = (target: Target): Target => redirect.get(target) ?? target;
  const base = step.go === undefined ? step : { ...step, go: to(step.go) };
  const on = 'on' in base ? { on: mapped(base.on, to) } : {};
  if (base.kind === 'branch') return { ...base, cases: base.cases.map((one) => ({ ...one, go: to(one.go) })) };
  if (!isQuestion(base)) return { ...base, ...on };
  const wrong = base.wrong.go === undefined ? base.wrong : { ...base.wrong, go: to(base.wrong.go) };
  const asked = { ...base, ...on, wrong, silence: { ...base.silence, go: to(base.silence.go) } };
  if (asked.kind !== 'ask' || !asked.choices) return asked;
  return {
    ...asked,
    choices: asked.choices.map((choice) => (choice.go === undefined ? choice : { ...choice, go: to(choice.go) })),
  };
}

function mapped(on: Readonly<Record<string, Target>>, to: (target: Target) => Target): Record<string, Target> {
  return Object.fromEntries(Object.entries(on).map(([value, target]) => [value, to(target)]));
}

/** A review names only what stays, and an each-step's name stands for all of its questions. */
function reviewer(flow: DraftFlow, steps: readonly DraftStep[]): (step: Step) => Step {
  const gone = new Set(flow.steps.flatMap(({ step, family }) => [step.id, family ?? step.id]));
  const members = new Map<string, string[]>();
  for (const { step, family } of steps) {
    gone.delete(step.id);
    if (family === undefined) continue;
    const known = members.get(family);
    if (known) known.push(step.id);
    else members.set(family, [step.id]);
  }
  return (step) => {
    if (step.kind !== 'review') return step;
    const fields = new Set(step.fields.flatMap((name) => members.get(name) ?? (gone.has(name) ? [] : [name])));
    return { ...step, fields: [...fields] };
  };
}

/** Jumps by values that this charity's list does not have go with them. */
function withoutLostJumps(step: Step): Step {
  if (step.kind !== 'ask' || !step.on || !step.choices || step.choicesFrom !== undefined) return step;
  const values = valuesOf(step) ?? [];
  return { ...step, on: Object.fromEntries(Object.entries(step.on).filter(([value]) => values.includes(value))) };
}
