/** A flow as a graph: what may follow what. A question has a node for being asked and one for being answered. */
import type { AskingStep, CallStep, Step } from '../types.js';
import type { DraftEnd, DraftStep } from './draft.js';

/** Names that the run has after a node; the call of another flow brings all of that flow's. */
export interface Graph {
  readonly size: number;
  /** Ways of walking and answering. */
  readonly next: readonly (readonly number[])[];
  /** Ways out after wrong answers or silence. */
  readonly exits: readonly (readonly number[])[];
  /** The node where a step begins, by step id. */
  readonly visit: ReadonlyMap<string, number>;
  /** The node where an end is reached, by its name. */
  readonly end: ReadonlyMap<string, number>;
  /** Nodes that leave the flow for good: a new run, a draft, an end of a called flow that does not come back. */
  readonly left: number;
  /** Nodes after which a step is answered or done. */
  readonly done: ReadonlyMap<string, readonly number[]>;
  /** The node after which a step was passed over. */
  readonly skipped: ReadonlyMap<string, number>;
  /** The node after which an optional question was declined. */
  readonly declined: ReadonlyMap<string, number>;
  /** Nodes after which a consent was given. */
  readonly consented: readonly number[];
  /** For a call: the node of each end that comes back. */
  readonly returned: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** What a graph must know of a called flow. */
export type EndsOf = (flow: string) => readonly DraftEnd[] | undefined;

export const entry = 0;

export function buildGraph(steps: readonly DraftStep[], ends: readonly DraftEnd[], endsOf: EndsOf): Graph {
  return new Builder(steps, ends, endsOf).build();
}

export function isQuestion(step: Step): step is AskingStep {
  return step.kind === 'ask' || step.kind === 'consent' || step.kind === 'declaration' || step.kind === 'review';
}

/** An end after which a called flow gives back to its caller. */
export function comesBack(end: DraftEnd['end']): boolean {
  return !end.handoff && !end.park && end.then === undefined;
}

/** The end that follows the last step: `done`, or the first. */
export function defaultEnd(ends: readonly DraftEnd[]): string | undefined {
  return (ends.find(({ end }) => end.id === 'done') ?? ends[0])?.end.id;
}

/** Every step can be passed over whose condition may fail; a question also when no choice of it is open. */
export function canBePassed(step: Step): boolean {
  return (
    step.onlyIf !== undefined || (step.kind === 'ask' && (step.choices?.every((choice) => choice.onlyIf) ?? false))
  );
}

/** The values that a question can have when they can be listed. */
export function valuesOf(step: AskingStep): string[] | undefined {
  if (step.kind === 'consent') return ['yes', 'no'];
  if (step.kind === 'review') return ['right'];
  if (step.kind === 'declaration') return undefined;
  const skipped = step.optional ? ['skipped'] : [];
  if (step.choicesFrom !== undefined) return undefined;
  if (step.choices) return [...step.choices.map((choice) => choice.id), ...skipped];
  if (step.answer === 'yes_no') return ['yes', 'no', ...skipped];
  if (step.answer === 'rating') return ['1', '2', '3', '4', '5', ...skipped];
  return undefined;
}

class Builder {
  private readonly next: number[][] = [];
  private readonly exits: number[][] = [];
  private readonly visit = new Map<string, number>();
  private readonly end = new Map<string, number>();
  private readonly done = new Map<string, number[]>();
  private readonly skipped = new Map<string, number>();
  private readonly declined = new Map<string, number>();
  private readonly consented: number[] = [];
  private readonly returned = new Map<string, Map<string, number>>();
  private readonly families = new Map<string, number>();
  private readonly left: number;

  constructor(
    private readonly steps: readonly DraftStep[],
    private readonly ends: readonly DraftEnd[],
    private readonly endsOf: EndsOf,
  ) {
    for (const { step, family } of steps) {
      const node = this.node();
      if (!this.visit.has(step.id)) this.visit.set(step.id, node);
      if (family !== undefined && !this.families.has(family)) this.families.set(family, node);
    }
    for (const { end } of ends) this.end.set(end.id, this.node());
    this.left = this.node();
  }

  build(): Graph {
    this.steps.forEach((draft, index) => this.add(draft.step, index));
    const { next, exits, visit, end, left, done, skipped, declined, consented, returned } = this;
    return { size: next.length, next, exits, visit, end, left, done, skipped, declined, consented, returned };
  }

  private node(): number {
    this.exits.push([]);
    return this.next.push([]) - 1;
  }

  private link(from: number, to: number): void {
    this.next[from]?.push(to);
  }

  /** Where a jump leads; an unknown name (a finding of its own) counts as leaving. */
  private target(name: string): number {
    return this.visit.get(name) ?? this.families.get(name) ?? this.end.get(name) ?? this.left;
  }

  private inOrder(index: number): number {
    if (index + 1 < this.steps.length) return index + 1;
    const end = defaultEnd(this.ends);
    return end === undefined ? this.left : this.target(end);
  }

  private add(step: Step, index: number): void {
    if (canBePassed(step)) {
      const skip = this.node();
      this.skipped.set(step.id, skip);
      this.link(index, skip);
      this.link(skip, this.inOrder(index));
    }
    const after = step.go === undefined ? this.inOrder(index) : this.target(step.go);
    if (isQuestion(step)) this.addQuestion(step, index, after);
    else if (step.kind === 'call') this.addCall(step, index, after);
    else this.addAct(step, index, after);
  }

  private after(index: number, id: string): number {
    const node = this.node();
    this.link(index, node);
    this.done.set(id, [...(this.done.get(id) ?? []), node]);
    return node;
  }

  private addQuestion(step: AskingStep, index: number, after: number): void {
    if (step.kind === 'consent') {
      const yes = this.after(index, step.id);
      this.consented.push(yes);
      this.link(yes, this.jump(step, 'yes') ?? after);
      this.link(this.after(index, step.id), this.jump(step, 'no') ?? after);
    } else {
      this.addAnswered(step, index, after);
    }
    if (step.wrong.go !== undefined) this.exits[index]?.push(this.target(step.wrong.go));
    if (step.silence.go !== '') this.exits[index]?.push(this.target(step.silence.go));
  }

  private addAnswered(step: AskingStep, index: number, after: number): void {
    const answered = this.after(index, step.id);
    const values = valuesOf(step)?.filter((value) => value !== 'skipped');
    const jumps = jumpNames(step)
      .filter((value) => value !== 'skipped')
      .map((value) => this.jump(step, value));
    for (const to of new Set(jumps)) if (to !== undefined) this.link(answered, to);
    if (!values?.length || values.some((value) => this.jump(step, value) === undefined)) this.link(answered, after);
    if (step.kind !== 'ask' || !step.optional) return;
    const skip = this.node();
    this.declined.set(step.id, skip);
    this.link(index, skip);
    this.link(skip, this.jump(step, 'skipped') ?? after);
  }

  private jump(step: AskingStep, value: string): number | undefined {
    const own = step.on && Object.hasOwn(step.on, value) ? step.on[value] : undefined;
    const name = own ?? (step.kind === 'ask' ? step.choices?.find((choice) => choice.id === value)?.go : undefined);
    return name === undefined ? undefined : this.target(name);
  }

  private addCall(step: CallStep, index: number, after: number): void {
    const ends = this.endsOf(step.flow);
    if (!ends) return this.link(this.after(index, step.id), after);
    const returned = new Map<string, number>();
    for (const { end } of ends) {
      if (!comesBack(end)) {
        this.link(index, this.left);
        continue;
      }
      const node = this.after(index, step.id);
      returned.set(end.id, node);
      const own = step.on && Object.hasOwn(step.on, end.id) ? step.on[end.id] : undefined;
      this.link(node, own === undefined ? after : this.target(own));
    }
    this.returned.set(step.id, returned);
  }

  private addAct(step: Exclude<Step, AskingStep | CallStep>, index: number, after: number): void {
    const node = this.after(index, step.id);
    const jumps =
      step.kind === 'branch'
        ? step.cases.map((one) => one.go)
        : step.kind === 'look_up'
          ? Object.values(step.on ?? {})
          : [];
    for (const to of new Set(jumps)) this.link(node, this.target(to));
    const always = step.kind === 'branch' && step.cases.some((one) => one.if === undefined);
    if (!always) this.link(node, after);
  }
}

function jumpNames(step: AskingStep): string[] {
  const choices = step.kind === 'ask' ? step.choices : undefined;
  return [
    ...Object.keys(step.on ?? {}),
    ...(choices ?? []).flatMap((choice) => (choice.go === undefined ? [] : [choice.id])),
  ];
}
