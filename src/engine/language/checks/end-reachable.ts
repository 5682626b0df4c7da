/** From every step an end can be reached by answering, without falling silent or failing. */
import { entry } from '../graph.js';
import { reach, reversed } from '../ways.js';
import type { Checked, Programs } from './index.js';

export function checkEndReachable({ report }: Checked, { compiled }: Programs): void {
  for (const { flow, graph } of compiled.all) {
    const back = reversed(graph.size, [graph.next]);
    const arriving = reach(graph.size, [back], [...graph.end.values(), graph.left]);
    const met = reach(graph.size, [graph.next, graph.exits], [entry]);
    flow.steps.forEach(({ step, at }, index) => {
      if (met[index] === 1 && arriving[index] === 0) {
        report.add(
          'no_end',
          at,
          `From the step "${step.id}" no end can be reached by answering.`,
          'Let one of its answers, or a later step, go to an end.',
        );
      }
    });
  }
}
