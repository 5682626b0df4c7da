/** No way runs in a circle without asking the person anything, within a flow or from flow to flow. */
import type { Step } from '../../types.js';
import { entry, isQuestion } from '../graph.js';
import type { FlowProgram, Program } from '../program.js';
import { circles, reach } from '../ways.js';
import type { Checked, Programs } from './index.js';

const cure = 'Put a question into the circle, or let one of its steps go elsewhere.';

export function checkCircles(checked: Checked, { compiled }: Programs): void {
  for (const program of compiled.all) checkFlow(program, compiled, checked);
  checkBetween(compiled, checked);
}

function checkFlow(program: FlowProgram, all: Program, { report }: Checked): void {
  for (const group of circles(program.graph.size, silent(program, all))) {
    const first = program.flow.steps[Math.min(...group)];
    if (first)
      report.add(
        'loop',
        first.at,
        `From the step "${first.step.id}" the flow runs in a circle without a question.`,
        cure,
      );
  }
}

/** Links that are walked without a word of the person. */
function silent({ flow, graph }: FlowProgram, all: Program): (readonly number[])[] {
  return graph.next.map((to, node) => {
    const step = flow.steps[node]?.step;
    return step && (isQuestion(step) || (step.kind === 'call' && asks(step.flow, all))) ? [] : to;
  });
}

function asks(id: string, all: Program): boolean {
  const called = all.get(id);
  return (
    called?.flow.steps.some(({ step }) => isQuestion(step) || (step.kind === 'call' && asks(step.flow, all))) ?? false
  );
}

function checkBetween(all: Program, { report }: Checked): void {
  const programs = [...all.all];
  const index = new Map(programs.map((program, at) => [program.flow.id, at]));
  const links = programs.map((program) => [...opened(program, all)].flatMap((id) => index.get(id) ?? []));
  for (const group of circles(programs.length, links)) {
    const first = programs[Math.min(...group)];
    const names = group.map((at) => programs[at]?.flow.id ?? '').sort();
    if (first)
      report.add('loop', first.flow.at, `Flows lead to each other without a question: ${names.join(', ')}.`, cure);
  }
}

/** Flows that a flow opens before it asked anything. */
function opened(program: FlowProgram, all: Program): Set<string> {
  const { flow, graph } = program;
  const seen = reach(graph.size, [silent(program, all)], [entry]);
  const ids = new Set<string>();
  const note = (target: string | undefined): void => {
    if (target?.startsWith('flow/')) ids.add(target.slice('flow/'.length));
  };
  flow.steps.forEach(({ step }, node) => {
    if (seen[node] === 1 && !isQuestion(step)) targets(step).forEach(note);
  });
  for (const { end } of flow.ends) if (seen[graph.end.get(end.id) ?? -1] === 1) note(end.then);
  return ids;
}

function targets(step: Step): string[] {
  const jumps = 'on' in step ? Object.values(step.on) : [];
  const cases = step.kind === 'branch' ? step.cases.map((one) => one.go) : [];
  return [...jumps, ...cases, ...(step.go === undefined ? [] : [step.go])];
}
