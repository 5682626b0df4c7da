/** What steps name of other steps: fields of a review, the name that is signed, scores, parameters, lists of look-ups. */
import type { DraftStep } from '../draft.js';
import type { Place } from '../finding.js';
import { isQuestion } from '../graph.js';
import type { FlowProgram, Program } from '../program.js';
import { reportUnknown } from '../shape.js';
import type { Checked, Programs } from './index.js';

export function checkNamed(checked: Checked, programs: Programs): void {
  for (const program of programs.written.all)
    for (const draft of program.flow.steps) checkExists(program, draft, programs.written, checked);
  for (const program of programs.compiled.all)
    for (const draft of program.flow.steps) {
      checkAnswered(program, draft, programs, checked);
      checkShort(program, draft, programs.compiled, checked);
    }
}

/** A reviewed question is shown, and corrected, by its short name. */
function checkShort(program: FlowProgram, { step }: DraftStep, all: Program, { report }: Checked): void {
  if (step.kind !== 'review') return;
  for (const name of step.fields) {
    for (const { step: field, at } of all.stepsGiving(program, name)) {
      if (!isQuestion(field) || field.short) continue;
      report.add(
        'missing_key',
        at,
        `"${name}" is shown in a review, but has no short name.`,
        'Add "short: { ar: …, en: … }".',
      );
    }
  }
}

interface Use {
  readonly name: string;
  readonly at: Place;
  readonly kind: 'question' | 'result' | 'rating';
  /** It must have been answered; otherwise it is only used when it was. */
  readonly needed: boolean;
}

function usesOf({ step, places, at }: DraftStep): Use[] {
  const place = (key: string): Place => places.get(key) ?? at;
  switch (step.kind) {
    case 'review':
      return step.fields.map((name) => ({ name, at: place('review'), kind: 'question', needed: false }));
    case 'declaration':
      return [{ name: step.signs, at: place('signs'), kind: 'question', needed: true }];
    case 'record_rating': {
      const comment: Use[] =
        step.comment === undefined
          ? []
          : [{ name: step.comment, at: place('comment'), kind: 'question', needed: false }];
      return [{ name: step.score, at: place('score'), kind: 'rating', needed: true }, ...comment];
    }
    case 'look_up':
      return Object.entries(step.with ?? {}).map(([parameter, name]) => ({
        name,
        at: place(`with.${parameter}`),
        kind: 'question',
        needed: true,
      }));
    case 'ask':
      return step.choicesFrom === undefined
        ? []
        : [{ name: step.choicesFrom, at: place('choices'), kind: 'result', needed: true }];
    default:
      return [];
  }
}

function checkExists(program: FlowProgram, draft: DraftStep, all: Program, { report }: Checked): void {
  for (const use of usesOf(draft)) {
    if (use.name === '' || (draft.step.kind === 'review' && program.families.has(use.name))) continue;
    const steps = all.stepsGiving(program, use.name);
    if (steps.length === 0)
      reportUnknown('unknown_name', use.at, `Nothing is called "${use.name}".`, use.name, all.namesOf(program), report);
    else if (!steps.some((one) => fits(one, use))) {
      report.add('bad_value', use.at, `"${use.name}" is not ${wanted[use.kind]}.`, `Name ${wanted[use.kind]}.`);
    }
  }
}

const wanted = {
  question: 'a question',
  result: 'the result of a look-up',
  rating: 'a question with the answer "rating"',
};

function fits({ step }: DraftStep, { kind }: Use): boolean {
  if (kind === 'result') return step.kind === 'look_up';
  return kind === 'question' ? isQuestion(step) : step.kind === 'ask' && step.answer === 'rating';
}

function checkAnswered(
  program: FlowProgram,
  draft: DraftStep,
  { written, compiled }: Programs,
  { report }: Checked,
): void {
  const node = program.node(draft.step.id);
  const whole = written.get(program.flow.id);
  for (const use of usesOf(draft)) {
    const exists = whole !== undefined && written.stepsGiving(whole, use.name).length > 0;
    if (!use.needed || !exists || program.has(use.name, node, draft.step.onlyIf)) continue;
    const some = compiled.stepsGiving(program, use.name).length > 0 && program.mayHave(use.name, node);
    report.add(
      some ? 'maybe_unanswered' : 'not_answered',
      use.at,
      `"${use.name}" has no answer here on some way through the flow.`,
      'Ask it before on every way, or lead the other ways past this step.',
    );
  }
}
