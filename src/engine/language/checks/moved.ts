/** What has moved is gone from here, is told once, and leads to something that is there. */
import type { DraftFlow } from '../draft.js';
import { isQuestion } from '../graph.js';
import type { DraftMoved } from '../read-moved.js';
import { reportUnknown } from '../shape.js';
import type { Checked } from './index.js';

/** `flows`: the names of all flows. Targets of steps are checked with all other jumps. */
export function checkMoved(checked: Checked, flows: readonly string[]): void {
  const heirs = new Set<string>();
  for (const flow of checked.written) {
    const seen = new Set<string>();
    const ids = new Set([
      ...flow.steps.flatMap(({ step, family }) => [step.id, family ?? step.id]),
      ...flow.ends.map(({ end }) => end.id),
    ]);
    const answers = flow.steps.flatMap(({ step }) => (isQuestion(step) ? [step.id] : []));
    for (const moved of flow.moved) {
      const { kind, from, at } = moved;
      const still = kind === 'flow' ? flows.includes(from) : (kind === 'step' ? ids : new Set(answers)).has(from);
      if (still) stillThere(moved, checked);
      const told = kind === 'flow' ? heirs : seen;
      if (told.has(`${kind} ${from}`))
        checked.report.add(
          'duplicate_id',
          at,
          `Where the ${kind} "${from}" went is told twice.`,
          'Keep one of the two.',
        );
      told.add(`${kind} ${from}`);
      if (kind === 'answer' && moved.to !== 'forget') checkAnswer(moved, answers, flow, checked);
    }
  }
}

function stillThere({ kind, from, at }: DraftMoved, { report }: Checked): void {
  report.add(
    'duplicate_id',
    at,
    `The ${kind} "${from}" is said to have moved, and is still there.`,
    'Remove this entry, or give what is there now another name.',
  );
}

/** Two former answers cannot both be the answer to one question. */
function checkAnswer({ from, to, at, toAt }: DraftMoved, answers: string[], flow: DraftFlow, checked: Checked): void {
  const { report } = checked;
  if (!answers.includes(to))
    reportUnknown('unknown_name', toAt, `The flow "${flow.id}" asks no question "${to}".`, to, answers, report);
  const first = flow.moved.find((one) => one.kind === 'answer' && one.to === to);
  if (first && first.from !== from)
    report.add(
      'duplicate_id',
      at,
      `"${first.from}" has become "${to}" already.`,
      'Write "to: forget" for one of the two.',
    );
}
