/** Follows the engine's walk: which steps a turn came by, and whether the condition of each held. */
import { prepare, type Prepared, type PreparedFlow } from '../../src/engine/prepare.js';
import type { Condition, FlowSet, Step, Test } from '../../src/engine/types.js';

/** One look of the engine at a place of a flow: a step, or the name of an end. */
export interface Passed {
  readonly flow: string;
  readonly step: string;
  /** Whether the step's own condition held; absent when it has none, or was not asked for. */
  held?: boolean;
}

export interface Traced {
  readonly prepared: Prepared;
  /** What was passed since the last time, in order; neighbours that are the same stand once. */
  take(): Passed[];
}

/** A prepared set that notes what the engine looks at. Should the engine look elsewhere one day, coverage falls and its test says so. */
export function traced(set: FlowSet): Traced {
  const log: Passed[] = [];
  const watched = watchedSet(set, log);
  const prepared = prepare(watched);
  const flows = new Map([...prepared.flows].map(([id, flow]) => [id, followed(id, flow, log)]));
  return { prepared: { ...prepared, flows }, take: () => log.splice(0) };
}

function followed(id: string, flow: PreparedFlow, log: Passed[]): PreparedFlow {
  return { ...flow, steps: new Steps(id, flow.steps, log) };
}

class Steps extends Map<string, Step> {
  constructor(
    private readonly flow: string,
    steps: ReadonlyMap<string, Step>,
    private readonly log: Passed[],
  ) {
    super();
    for (const [id, step] of steps) this.set(id, step);
  }

  override get(id: string): Step | undefined {
    const last = this.log.at(-1);
    if (last?.flow !== this.flow || last.step !== id) this.log.push({ flow: this.flow, step: id });
    return super.get(id);
  }
}

function watchedSet(set: FlowSet, log: Passed[]): FlowSet {
  const flows = Object.values(set.flows).map((flow) => {
    const steps = flow.steps.map((step) =>
      step.onlyIf ? { ...step, onlyIf: watch(step.onlyIf, flow.id, step.id, log) } : step,
    );
    return [flow.id, { ...flow, steps }] as const;
  });
  return { ...set, flows: Object.fromEntries(flows) };
}

/** A condition that notes how it came out, when it is asked for right after its step was looked up. */
function watch(condition: Condition, flow: string, step: string, log: readonly Passed[]): Condition {
  const every = (holds: (test: Test, index: number, all: readonly Test[]) => boolean): boolean => {
    const held = condition.every(holds);
    const last = log.at(-1);
    if (last?.flow === flow && last.step === step) last.held = held;
    return held;
  };
  return Object.assign([...condition], { every });
}
