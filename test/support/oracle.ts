/** What should be filed of a request: found from the last valid answer to each question alone, without the engine. */
import type { Condition, FlowSet, Json, Step } from '../../src/engine/types.js';

export type Said = ReadonlyMap<string, Json>;

export interface Way {
  /** Questions on the way, in order. */
  readonly asked: readonly string[];
  /** The first question of the way that has no answer, or one that is not offered any more. */
  readonly lacks?: string;
}

/**
 * The way through a request that answers lead to; reviews ask nothing that is filed. Throws where answers lead in a circle. `beside`: names
 * that stand on ways that went in circles; a question is lacking then only when it is due both with and without them.
 */
export function wayOf(set: FlowSet, flow: string, said: Said, beside: readonly string[] = []): Way {
  const asked: string[] = [];
  const lacks = walk({ set, said, beside, asked }, flow);
  return { asked, ...('lacks' in lacks && lacks) };
}

/** Whether all tests of a condition hold by what was said on the way: what lies beside it counts as not said. */
export function holds(condition: Condition | undefined, said: Said, asked: readonly string[]): boolean {
  return (condition ?? []).every(({ name, in: values, not }) => {
    const value = asked.includes(name) ? said.get(name) : undefined;
    const met = values
      ? typeof value === 'string' && values.includes(value)
      : value !== undefined && value !== 'skipped';
    return met !== (not ?? false);
  });
}

interface Walking {
  readonly set: FlowSet;
  readonly said: Said;
  readonly beside: readonly string[];
  readonly asked: string[];
}

/** How many of the two readings a condition holds in: by the way alone, and with what stands beside it. */
function readings({ said, asked, beside }: Walking, condition: Condition | undefined): number {
  return [asked, [...asked, ...beside]].filter((names) => holds(condition, said, names)).length;
}

function walk(walking: Walking, id: string): { lacks: string } | { end: string } {
  const { set, asked } = walking;
  const flow = set.flows[id];
  if (!flow) throw new Error(`no flow ${id}`);
  const { steps, ends } = flow;
  const bound = asked.length + 100;
  for (let step = steps[0]; step;) {
    if (asked.length > bound) throw new Error('the answers lead in a circle');
    const to = leave(walking, step);
    if (typeof to === 'object') return to;
    const target = to ?? steps[steps.indexOf(step) + 1]?.id ?? 'done';
    if (ends[target]) return { end: target };
    step = steps.find((one) => one.id === target);
  }
  return { end: 'done' };
}

/** Where a step leads, undefined for the next in order; or what is lacking there. */
function leave(walking: Walking, step: Step): string | undefined | { lacks: string } {
  const { said, asked } = walking;
  const due = readings(walking, step.onlyIf);
  if (due === 0) return undefined;
  if (step.kind === 'call') {
    if (due === 1 && !entered(walking, step.flow)) return undefined;
    const inside = walk(walking, step.flow);
    return 'lacks' in inside ? inside : step.on?.[inside.end];
  }
  if (step.kind === 'review' || step.kind === 'say') return undefined;
  if (due === 1 && !said.has(step.id)) return undefined;
  if (step.kind === 'ask' && step.choices && !step.choices.some((one) => readings(walking, one.onlyIf) > 0))
    return undefined;
  const value = said.get(step.id);
  const choice = step.kind === 'ask' ? step.choices?.find((one) => one.id === value) : undefined;
  const offered =
    step.kind !== 'ask' || !step.choices || value === 'skipped' || (choice && readings(walking, choice.onlyIf) > 0);
  if (value === undefined || !offered) return { lacks: step.id };
  asked.push(step.id);
  return ('on' in step && typeof value === 'string' ? step.on[value] : undefined) ?? choice?.go;
}

/** Whether something was said in a called flow. */
function entered(walking: Walking, id: string): boolean {
  const steps = walking.set.flows[id]?.steps ?? [];
  return steps.some((step) => walking.said.has(step.id) || (step.kind === 'call' && entered(walking, step.flow)));
}
