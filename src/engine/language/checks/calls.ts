/** Calls name flows that exist, never run in circles or too deep, and bring no name that the caller has too. */
import type { CallStep } from '../../types.js';
import type { DraftFlow, DraftStep } from '../draft.js';
import { comesBack } from '../graph.js';
import { limits } from '../../limits.js';
import { givenBy } from '../program.js';
import { reportUnknown } from '../shape.js';
import { circles } from '../ways.js';
import type { Checked } from './index.js';

/** What other checks must know of the calls before they follow them. */
export interface Calls {
  readonly circular: boolean;
  /** Some call leads nowhere, so that names may seem missing that it was to bring. */
  readonly dangling: boolean;
}

export function checkCalls(checked: Checked, names: readonly string[]): Calls {
  const { written, report } = checked;
  const index = new Map(written.map((flow, at) => [flow.id, at]));
  const links = written.map((flow) => callsOf(flow).flatMap(({ step }) => index.get(step.flow) ?? []));
  for (const flow of written) for (const call of callsOf(flow)) checkCall(call, flow, names, checked);
  const found = circles(written.length, links);
  for (const group of found) {
    const flow = written[Math.min(...group)];
    const names = group.map((at) => written[at]?.id ?? '').sort();
    if (flow)
      report.add(
        'call_cycle',
        flow.at,
        `Flows call each other in a circle: ${names.join(', ')}.`,
        'Use "go: flow/…" where a new run should begin.',
      );
  }
  const dangling = written.some((flow) => callsOf(flow).some(({ step }) => !names.includes(step.flow)));
  if (found.length > 0) return { circular: true, dangling };
  checkDepth(checked, links);
  for (const flow of written) checkClashes(flow, written, links, index, checked);
  return { circular: false, dangling };
}

interface Call extends DraftStep {
  readonly step: CallStep;
}

function callsOf(flow: DraftFlow): Call[] {
  return flow.steps.filter((draft): draft is Call => draft.step.kind === 'call');
}

function checkCall(
  { step, places, at }: Call,
  flow: DraftFlow,
  names: readonly string[],
  { written, report }: Checked,
): void {
  if (!names.includes(step.flow)) {
    const others = names.filter((id) => id !== flow.id);
    reportUnknown(
      'unknown_flow',
      places.get('call') ?? at,
      `There is no flow "${step.flow}".`,
      step.flow,
      others,
      report,
    );
  }
  const called = written.find((one) => one.id === step.flow);
  if (!called) return;
  const ends = called.ends.filter(({ end }) => comesBack(end)).map(({ end }) => end.id);
  for (const end of Object.keys(step.on ?? {})) {
    if (!ends.includes(end))
      reportUnknown(
        'unknown_value',
        places.get(`on.${end}`) ?? at,
        `The flow "${step.flow}" does not come back from an end "${end}".`,
        end,
        ends,
        report,
      );
  }
}

function checkDepth({ written, report }: Checked, links: readonly (readonly number[])[]): void {
  const depths = new Map<number, number>();
  const depth = (at: number): number => {
    const known = depths.get(at) ?? 1 + Math.max(0, ...(links[at] ?? []).map(depth));
    depths.set(at, known);
    return known;
  };
  written.forEach((flow, at) => {
    if (depth(at) > limits.stackDepth)
      report.add(
        'call_depth',
        flow.at,
        `Calls from "${flow.id}" go ${depth(at)} flows deep.`,
        `Keep them within ${limits.stackDepth}.`,
      );
  });
}

/** Names of the flow itself against those of everything it calls, and of its calls against each other. */
function checkClashes(
  flow: DraftFlow,
  written: readonly DraftFlow[],
  links: readonly (readonly number[])[],
  index: ReadonlyMap<string, number>,
  { report }: Checked,
): void {
  const owners = new Map(namesOf(flow).map((name) => [name, flow.id]));
  for (const { step, places, at } of callsOf(flow)) {
    for (const below of reached(index.get(step.flow), links)) {
      const called = written[below];
      for (const name of called ? namesOf(called) : []) {
        const owner = owners.get(name);
        if (called && owner === undefined) owners.set(name, called.id);
        else if (owner !== called?.id) {
          report.add(
            'name_clash',
            places.get('call') ?? at,
            `"${name}" is an answer both of "${owner ?? ''}" and of "${called?.id ?? ''}".`,
            'Rename one of the two: answers of called flows join the run.',
          );
        }
      }
    }
  }
}

function reached(start: number | undefined, links: readonly (readonly number[])[]): Set<number> {
  const seen = new Set<number>();
  const open = start === undefined ? [] : [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(links[at] ?? []));
  }
  return seen;
}

function namesOf(flow: DraftFlow): string[] {
  return [...new Set(flow.steps.flatMap(({ step }) => givenBy(step) ?? []))];
}
