/** Every step, end and case of a branch can be met. Seen on the flows as written: a charity may leave things out. */
import { entry } from '../graph.js';
import type { FlowProgram } from '../program.js';
import { reach } from '../ways.js';
import type { Checked, Programs } from './index.js';

export function checkReachable(checked: Checked, { written }: Programs): void {
  for (const program of written.all) {
    checkFlow(program, checked);
    checkBranches(program, checked);
  }
}

function checkFlow({ flow, graph }: FlowProgram, { report }: Checked): void {
  if (flow.steps.length === 0) return;
  const seen = reach(graph.size, [graph.next, graph.exits], [entry]);
  flow.steps.forEach(({ step, at, family }, index) => {
    if (seen[index] === 0)
      report.add('unreachable', at, `Nothing leads to the step "${family ?? step.id}".`, 'Jump to it, or remove it.');
  });
  for (const { end, at } of flow.ends) {
    const node = graph.end.get(end.id);
    if (node !== undefined && seen[node] === 0)
      report.add('unreachable', at, `Nothing leads to the end "${end.id}".`, 'Jump to it, or remove it.');
  }
}

function checkBranches({ flow }: FlowProgram, { report }: Checked): void {
  for (const { step, at, places } of flow.steps) {
    if (step.kind !== 'branch') continue;
    const last = step.cases.findIndex((one) => one.if === undefined);
    if (last === -1 || last === step.cases.length - 1) continue;
    report.add(
      'unreachable',
      places.get(`case.${last + 1}.go`) ?? at,
      'This case comes after one without "if", so it is never met.',
      'Put the case without "if" last.',
    );
  }
}
