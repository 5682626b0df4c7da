/** The ways of a compiled flow: what may follow what, and by which answer. Drawings and coverage both stand on it. */
import { canBePassed, comesBack, isQuestion, valuesOf } from '../../src/engine/language/graph.js';
import { lookUps } from '../../src/engine/language/read-acts.js';
import type { AskingStep, CallStep, Condition, Flow, FlowSet, LookUpStep, Step, Text } from '../../src/engine/types.js';

/**
 * `go` by an answer or by order, `skip` by declining an optional question, `pass` over a step whose condition fails,
 * `wrong` after too many wrong answers, `silence` after waiting, `then` from an end to another flow.
 */
export type Way = 'go' | 'skip' | 'pass' | 'wrong' | 'silence' | 'then';

/** What is written on an edge: the label of a choice, a value as flows write it, a condition, or "otherwise". */
export type Label = { readonly text: Text } | { readonly value: string } | { readonly when: Condition } | 'otherwise';

export interface Edge {
  readonly from: string;
  /** A step or end of the flow, `flow/<id>`, or `resume`. */
  readonly to: string;
  readonly way: Way;
  readonly labels: readonly Label[];
}

/** All edges of a flow, those that lead the same way from and to the same places joined. */
export function edgesOf(flow: Flow, set: FlowSet): Edge[] {
  const edges = flow.steps.flatMap((step, index) => {
    const next = flow.steps[index + 1]?.id ?? lastly(flow);
    const onward = step.go ?? next;
    return [...stepEdges(step, onward, set), ...passed(step, next), ...exits(step)];
  });
  const ways = edges.filter((one) => one.way !== 'pass' || canFail(flow, one.from, edges));
  const thens = Object.values(flow.ends).flatMap(({ id, then }) => (then === undefined ? [] : [edge(id, then, 'then')]));
  return joined([...ways, ...thens]);
}

/** An edge in one line: how coverage names it. */
export function edgeName({ from, to, way }: Pick<Edge, 'from' | 'to' | 'way'>): string {
  return `${from} → ${to}${way === 'go' ? '' : ` (${way})`}`;
}

export function asks(step: Step): step is AskingStep {
  return isQuestion(step);
}

function edge(from: string, to: string, way: Way = 'go', label?: Label): Edge {
  return { from, to, way, labels: label === undefined ? [] : [label] };
}

/** After the last step a flow goes to `done`, or to its first end. */
function lastly(flow: Flow): string {
  return 'done' in flow.ends ? 'done' : (Object.keys(flow.ends)[0] ?? '');
}

function passed(step: Step, next: string): Edge[] {
  return canBePassed(step) ? [edge(step.id, next, 'pass')] : [];
}

/** False when a step's one condition names a choice whose other values all lead elsewhere: then the step is never passed over. */
function canFail(flow: Flow, id: string, edges: readonly Edge[]): boolean {
  const [test, second] = flow.steps.find((step) => step.id === id)?.onlyIf ?? [];
  const asked = flow.steps.find((step) => step.id === test?.name);
  if (!test?.in || second || asked?.kind !== 'ask' || !asked.choices || asked.optional) return true;
  const others = asked.choices.map((choice) => choice.id).filter((value) => test.in?.includes(value) === (test.not ?? false));
  const leads = (value: string): string | undefined =>
    asked.on?.[value] ?? asked.choices?.find((choice) => choice.id === value)?.go;
  const plain = edges.filter(({ from, way }) => from === asked.id && way === 'go').map(({ to }) => to);
  const jumps = asked.choices.flatMap((choice) => leads(choice.id) ?? []);
  const starts = others.flatMap((value) => leads(value) ?? plain.filter((to) => !jumps.includes(to)));
  const first = flow.steps[0]?.id ?? '';
  return [first, ...starts].some((start) => start !== asked.id && reaches(start, id, asked.id, edges));
}

/** Whether a place leads to another without coming by a third. */
function reaches(start: string, to: string, without: string, edges: readonly Edge[]): boolean {
  const seen = new Set([without]);
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const edge of edges) if (edge.from === at) open.push(edge.to);
  }
  return false;
}

function exits(step: Step): Edge[] {
  if (!isQuestion(step)) return [];
  const { wrong, silence } = step;
  const afterWrong = wrong.tries !== 'any' && wrong.go !== undefined ? [edge(step.id, wrong.go, 'wrong')] : [];
  return [...afterWrong, edge(step.id, silence.go, 'silence')];
}

function stepEdges(step: Step, onward: string, set: FlowSet): Edge[] {
  if (isQuestion(step)) return answers(step, onward);
  switch (step.kind) {
    case 'branch': {
      const cases = step.cases.map((one) => edge(step.id, one.go, 'go', one.if ? { when: one.if } : 'otherwise'));
      return step.cases.some((one) => !one.if) ? cases : [...cases, edge(step.id, onward, 'go', 'otherwise')];
    }
    case 'look_up':
      return byValue(step, lookUps[step.what].outcomes, onward);
    case 'call':
      return byValue(step, called(step, set), onward);
    default:
      return [edge(step.id, onward)];
  }
}

/** Ends after which a called flow comes back. */
function called(step: CallStep, set: FlowSet): string[] {
  return Object.values(set.flows[step.flow]?.ends ?? {})
    .filter((end) => comesBack(end))
    .map((end) => end.id);
}

function byValue(step: CallStep | LookUpStep, values: readonly string[], onward: string): Edge[] {
  const jumps = values.flatMap((value) => {
    const to = step.on?.[value];
    return to === undefined ? [] : [edge(step.id, to, 'go', { value })];
  });
  if (jumps.length === values.length && values.length > 0) return jumps;
  return [...jumps, edge(step.id, onward, 'go', jumps.length > 0 ? 'otherwise' : undefined)];
}

function answers(step: AskingStep, onward: string): Edge[] {
  const values = (valuesOf(step) ?? []).filter((value) => value !== 'skipped');
  const jump = (value: string): string | undefined =>
    step.on?.[value] ?? (step.kind === 'ask' ? step.choices?.find((choice) => choice.id === value)?.go : undefined);
  const jumps = values.flatMap((value) => {
    const to = jump(value);
    return to === undefined ? [] : [edge(step.id, to, 'go', labelOf(step, value))];
  });
  const rest = values.filter((value) => jump(value) === undefined);
  const open = values.length === 0 || rest.length > 0;
  const plain: Edge = {
    from: step.id,
    to: onward,
    way: 'go',
    labels: jumps.length === 0 ? [] : rest.length <= 2 ? rest.map((value) => labelOf(step, value)) : ['otherwise'],
  };
  const skip = step.kind === 'ask' && step.optional ? [edge(step.id, step.on?.skipped ?? onward, 'skip')] : [];
  return [...jumps, ...(open ? [plain] : []), ...skip];
}

function labelOf(step: AskingStep, value: string): Label {
  const choice = step.kind === 'ask' ? step.choices?.find((one) => one.id === value) : undefined;
  return choice ? { text: choice.label } : { value };
}

function joined(edges: readonly Edge[]): Edge[] {
  const byName = new Map<string, Edge>();
  for (const one of edges) {
    const known = byName.get(edgeName(one));
    byName.set(edgeName(one), known ? { ...known, labels: [...known.labels, ...one.labels] } : one);
  }
  return [...byName.values()];
}
