/** Every step and end of a flow has a name of its own. */
import { isQuestion } from '../graph.js';
import { givenBy } from '../program.js';
import type { Checked } from './index.js';
import { facts } from './facts.js';

export function checkIds({ written, report }: Checked): void {
  for (const flow of written) {
    const ends = new Set(flow.ends.map(({ end }) => end.id));
    const families = new Set(flow.steps.flatMap(({ family }) => family ?? []));
    const answers = new Set(flow.steps.filter(({ step }) => isQuestion(step)).map(({ step }) => step.id));
    const seen = new Set<string>();
    for (const { step, at, family } of flow.steps) {
      const name = givenBy(step);
      if (seen.has(step.id) || families.has(step.id))
        report.add('duplicate_id', at, `There are two steps "${step.id}".`, 'Give one of the two another id.');
      if (ends.has(step.id) || (family !== undefined && ends.has(family))) {
        report.add(
          'duplicate_id',
          at,
          `"${family ?? step.id}" names both a step and an end.`,
          'Give one of the two another name.',
        );
      }
      if (name !== undefined && facts.has(name)) {
        report.add('name_clash', at, `"${name}" is a fact that conditions know already.`, 'Choose another name.');
      }
      if (step.kind === 'look_up' && answers.has(step.as)) {
        report.add(
          'name_clash',
          at,
          `"${step.as}" names both an answer and the result of a look-up.`,
          'Choose another name under "as".',
        );
      }
      seen.add(step.id);
    }
  }
}
