/** The flows of a pack as one program: which names a run has at a place, over all ways and through all calls. */
import type { Condition, Step } from '../types.js';
import type { DraftFlow, DraftStep } from './draft.js';
import { buildGraph, entry, type Graph, isQuestion } from './graph.js';
import { languageLimits } from './language-limits.js';
import { Dominance, reach } from './ways.js';

/** Names that no step can have. */
export const submissionNumber = '#number';
export const consentGiven = '#consent';

/** What gives a name its value. */
interface Source {
  readonly step: Step;
  /** Nodes after which the name is there. */
  readonly nodes: readonly number[];
  /** The node after which the step was passed over because of its condition. */
  readonly skip?: number;
}

export class FlowProgram {
  readonly graph: Graph;
  /** Names that steps of this flow give themselves: answers and results of look-ups. */
  readonly own: ReadonlyMap<string, readonly DraftStep[]>;
  readonly calls: readonly DraftStep[];
  /** Names of each-steps, which reviews may use for all of their questions. */
  readonly families: ReadonlySet<string>;
  private dominance: Dominance | undefined;
  private readonly ways = new Map<string, Uint8Array>();
  private readonly sources = new Map<string, readonly Source[]>();

  constructor(
    readonly flow: DraftFlow,
    private readonly program: Program,
  ) {
    this.graph = buildGraph(flow.steps, flow.ends, (id) => program.endsOf(id));
    const own = new Map<string, DraftStep[]>();
    for (const draft of flow.steps) {
      const name = givenBy(draft.step);
      if (name !== undefined) own.set(name, [...(own.get(name) ?? []), draft]);
    }
    this.own = own;
    this.families = new Set(flow.steps.flatMap(({ family }) => family ?? []));
    this.calls = flow.steps.filter(({ step }) => step.kind === 'call');
  }

  node(id: string): number {
    return this.graph.visit.get(id) ?? this.graph.end.get(id) ?? this.graph.left;
  }

  /** True when the run has the name at a node, whatever way led there, given that `condition` holds. */
  has(name: string, node: number, condition: Condition = []): boolean {
    if (condition.some((test) => test.name === name && saysAnswered(test))) return true;
    return this.hasFromHere(name, node, condition) || this.program.callersHave(this.flow.id, name, condition);
  }

  /** The same without what callers bring. */
  hasFromHere(name: string, node: number, condition: Condition = []): boolean {
    const closed = this.sourcesOf(name).flatMap((source) => [
      ...source.nodes,
      ...(source.skip !== undefined && implies(condition, source.step.onlyIf) ? [source.skip] : []),
    ]);
    const [only] = closed;
    if (only === undefined) return false;
    if (closed.length === 1) return this.dominators().passes(only, node);
    return this.without(closed)[node] === 0;
  }

  /** True when some way to the node gives the name. */
  mayHave(name: string, node: number): boolean {
    const nodes = this.sourcesOf(name).flatMap((source) => source.nodes);
    if (nodes.some((one) => this.dominators().passes(one, node))) return true;
    return this.remembered(`+${nodes.join()}`, nodes)[node] === 1;
  }

  private sourcesOf(name: string): readonly Source[] {
    const known = this.sources.get(name) ?? [...this.ownSources(name), ...this.calledSources(name)];
    this.sources.set(name, known);
    return known;
  }

  private ownSources(name: string): Source[] {
    if (name === consentGiven) return this.consents();
    const { graph } = this;
    const steps =
      name === submissionNumber
        ? this.flow.steps.filter(({ step }) => step.kind === 'submit')
        : (this.own.get(name) ?? []);
    return steps.map(({ step }) => {
      const skip = step.onlyIf && graph.skipped.get(step.id);
      return { step, nodes: graph.done.get(step.id) ?? [], ...(skip !== undefined && { skip }) };
    });
  }

  private consents(): Source[] {
    const [step] = this.flow.steps;
    return step && this.graph.consented.length > 0 ? [{ step: step.step, nodes: this.graph.consented }] : [];
  }

  private calledSources(name: string): Source[] {
    return this.calls.flatMap(({ step }) => {
      const called = step.kind === 'call' ? this.program.get(step.flow) : undefined;
      if (!called || called === this || !this.program.gives(called, name)) return [];
      const ends = [...(this.graph.returned.get(step.id) ?? [])];
      const nodes = ends.filter(([end]) => called.hasFromHere(name, called.node(end))).map(([, node]) => node);
      const skip = step.onlyIf && this.graph.skipped.get(step.id);
      return nodes.length === 0
        ? []
        : [{ step, nodes, ...(skip !== undefined && nodes.length === ends.length && { skip }) }];
    });
  }

  private dominators(): Dominance {
    return (this.dominance ??= new Dominance(this.graph.size, [this.graph.next, this.graph.exits]));
  }

  private without(nodes: readonly number[]): Uint8Array {
    return this.remembered(`-${nodes.join()}`, [entry], new Set(nodes));
  }

  /** A few ways are kept: the same name is mostly asked for many times in a row. */
  private remembered(key: string, starts: readonly number[], closed?: ReadonlySet<number>): Uint8Array {
    const known = this.ways.get(key);
    if (known) return known;
    const seen = reach(this.graph.size, [this.graph.next, this.graph.exits], starts, closed);
    if (this.ways.size >= languageLimits.waysKept) this.ways.clear();
    this.ways.set(key, seen);
    return seen;
  }
}

export class Program {
  private readonly drafts: ReadonlyMap<string, DraftFlow>;
  private readonly flows: ReadonlyMap<string, FlowProgram>;
  private readonly callers = new Map<string, { flow: FlowProgram; draft: DraftStep }[]>();
  private readonly asked = new Map<string, boolean>();
  private readonly allNames = new Map<string, ReadonlySet<string>>();

  /** `entered`: flows where a run can begin, so that nothing is known at their first step. Calls may not run in circles. */
  constructor(
    drafts: readonly DraftFlow[],
    private readonly entered: ReadonlySet<string>,
  ) {
    this.drafts = new Map(drafts.map((flow) => [flow.id, flow]));
    this.flows = new Map(drafts.map((flow) => [flow.id, new FlowProgram(flow, this)]));
    for (const flow of this.flows.values()) {
      for (const draft of flow.calls) {
        if (draft.step.kind !== 'call') continue;
        const known = this.callers.get(draft.step.flow);
        if (known) known.push({ flow, draft });
        else this.callers.set(draft.step.flow, [{ flow, draft }]);
      }
    }
  }

  endsOf(id: string): DraftFlow['ends'] | undefined {
    const flow = this.drafts.get(id);
    return flow?.incomplete ? undefined : flow?.ends;
  }

  get(id: string): FlowProgram | undefined {
    return this.flows.get(id);
  }

  get all(): Iterable<FlowProgram> {
    return this.flows.values();
  }

  callersOf(id: string): readonly { flow: FlowProgram; draft: DraftStep }[] {
    return this.callers.get(id) ?? [];
  }

  /** True when every call of the flow brings the name along where `condition` holds, and no run begins there. */
  callersHave(id: string, name: string, condition: Condition): boolean {
    const callers = this.callersOf(id);
    if (callers.length === 0 || this.entered.has(id)) return false;
    const key = `${id} ${name} ${JSON.stringify(condition)}`;
    const known =
      this.asked.get(key) ??
      callers.every(({ flow, draft }) =>
        flow.has(name, flow.node(draft.step.id), [...(draft.step.onlyIf ?? []), ...condition]),
      );
    this.asked.set(key, known);
    return known;
  }

  /** Names that a flow or the flows it calls can give. */
  namesOf(flow: FlowProgram): ReadonlySet<string> {
    const known = this.allNames.get(flow.flow.id);
    if (known) return known;
    const names = new Set(flow.own.keys());
    for (const { step } of flow.calls) {
      const called = step.kind === 'call' ? this.get(step.flow) : undefined;
      if (called && called !== flow) for (const name of this.namesOf(called)) names.add(name);
    }
    this.allNames.set(flow.flow.id, names);
    return names;
  }

  gives(flow: FlowProgram, name: string): boolean {
    return name.startsWith('#') || this.namesOf(flow).has(name);
  }

  /** The steps that give a name in a flow, in the flows it calls, or in those that call it. */
  stepsGiving(flow: FlowProgram, name: string): readonly DraftStep[] {
    return this.below(flow, name) ?? this.above(flow, name) ?? [];
  }

  private below(flow: FlowProgram, name: string): readonly DraftStep[] | undefined {
    const own = flow.own.get(name);
    if (own) return own;
    if (!this.namesOf(flow).has(name)) return undefined;
    for (const { step } of flow.calls) {
      const called = step.kind === 'call' ? this.get(step.flow) : undefined;
      const found = called && called !== flow ? this.below(called, name) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private above(flow: FlowProgram, name: string): readonly DraftStep[] | undefined {
    for (const caller of this.callersOf(flow.flow.id)) {
      const found = caller.flow === flow ? undefined : (caller.flow.own.get(name) ?? this.above(caller.flow, name));
      if (found) return found;
    }
    return undefined;
  }
}

/** The name that a step's answer or result has. */
export function givenBy(step: Step): string | undefined {
  if (step.kind === 'look_up') return step.as;
  return isQuestion(step) ? step.id : undefined;
}

function saysAnswered(test: Condition[number]): boolean {
  if (test.not) return test.in?.includes('skipped') ?? false;
  return !test.in?.includes('skipped');
}

/** Every test of `wanted` stands in `given` too, or in a narrower form. */
function implies(given: Condition, wanted: Condition | undefined): boolean {
  return (wanted ?? []).every((test) =>
    given.some((one) => one.name === test.name && (one.not ?? false) === (test.not ?? false) && narrower(one, test)),
  );
}

function narrower(one: Condition[number], test: Condition[number]): boolean {
  if (!test.in) return !one.not && saysAnswered(one);
  if (!one.in) return false;
  return one.not
    ? test.in.every((value) => one.in?.includes(value))
    : one.in.every((value) => test.in?.includes(value));
}
