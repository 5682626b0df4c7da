/** What should be filed of a request: found from the last valid answer to each question alone, without the engine. */
import type { Condition, FlowSet, Json, Step } from '../../src/engine/types.js';

export type Said = ReadonlyMap<string, Json>;

export interface Way {
  /** Questions on the way, in order. */
  readonly asked: readonly string[];
  /** The first question of the way that has no answer, or one that is not offered any more. */
  readonly lacks?: string;
}

/** The way through a request that answers lead to; reviews ask nothing that is filed. Throws where answers lead in a circle. */
export function wayOf(set: FlowSet, flow: string, said: Said): Way {
  const asked: string[] = [];
  const lacks = walk(set, flow, said, asked);
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

function walk(set: FlowSet, id: string, said: Said, asked: string[]): { lacks: string } | { end: string } {
  const flow = set.flows[id];
  if (!flow) throw new Error(`no flow ${id}`);
  const { steps, ends } = flow;
  const bound = asked.length + 100;
  for (let step = steps[0]; step;) {
    if (asked.length > bound) throw new Error('the answers lead in a circle');
    const to = leave(set, step, said, asked);
    if (typeof to === 'object') return to;
    const target = to ?? steps[steps.indexOf(step) + 1]?.id ?? 'done';
    if (ends[target]) return { end: target };
    step = steps.find((one) => one.id === target);
  }
  return { end: 'done' };
}

/** Where a step leads, undefined for the next in order; or what is lacking there. */
function leave(set: FlowSet, step: Step, said: Said, asked: string[]): string | undefined | { lacks: string } {
  if (!holds(step.onlyIf, said, asked)) return undefined;
  if (step.kind === 'call') {
    const inside = walk(set, step.flow, said, asked);
    return 'lacks' in inside ? inside : step.on?.[inside.end];
  }
  if (step.kind === 'review' || step.kind === 'say') return undefined;
  if (step.kind === 'ask' && step.choices && !step.choices.some((one) => holds(one.onlyIf, said, asked)))
    return undefined;
  const value = said.get(step.id);
  const choice = step.kind === 'ask' ? step.choices?.find((one) => one.id === value) : undefined;
  const offered =
    step.kind !== 'ask' || !step.choices || value === 'skipped' || (choice && holds(choice.onlyIf, said, asked));
  if (value === undefined || !offered) return { lacks: step.id };
  asked.push(step.id);
  return ('on' in step && typeof value === 'string' ? step.on[value] : undefined) ?? choice?.go;
}
