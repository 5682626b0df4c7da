/** A run as a form: what was answered, each to be corrected by its name, and the question that waits. */
import { optionId, pickable } from './ask.js';
import { filesOf } from './file-answers.js';
import { canCorrect } from './read/correction.js';
import { show } from './show.js';
import { Turn } from './turn.js';
import type { Prepared } from './prepare.js';
import type { FormAnswer, FormQuestion, FormView } from './form-types.js';
import type { AskingStep, Json, Session, Text } from './types.js';

/** Null between runs. `session` is not changed. */
export function formOf(prepared: Prepared, session: Session, now: number): FormView | null {
  const turn = new Turn(prepared, session, { now, ids: NONE });
  const [bottom] = turn.session.stack;
  if (!bottom || !turn.knows(turn.session.stack)) return null;
  const questions = [...turn.flow(bottom).questions.values()];
  const waiting = turn.session.hold ? undefined : turn.waiting;
  return {
    flow: bottom.flow,
    answers: questions.flatMap((question) => answerOf(turn, question)),
    question: waiting ? questionOf(turn, waiting) : null,
  };
}

/** Looking draws nothing. */
const NONE = { run: () => '', number: () => '' };

function answerOf(turn: Turn, question: AskingStep): FormAnswer[] {
  const value = turn.answer(question.id) ?? keptAhead(turn, question.id);
  if (value === undefined || question.kind === 'review') return [];
  return [
    {
      name: question.id,
      label: labelOf(turn, question),
      value: show(turn, question, value, false),
      class: question.class,
      type: typeOf(question),
      files: filesOf(question, value),
      correctable: canCorrect(turn, question.id),
    },
  ];
}

/** An answer that stands beyond the one that is being corrected. */
function keptAhead({ session }: Turn, name: string): Json | undefined {
  return session.stack.find(({ retrace }) => Object.hasOwn(retrace?.kept ?? {}, name))?.retrace?.kept[name];
}

function questionOf(turn: Turn, step: AskingStep): FormQuestion {
  const signs = step.kind === 'declaration' ? turn.answer(step.signs) : undefined;
  return {
    step: step.id,
    kind: step.kind,
    type: typeOf(step),
    label: labelOf(turn, step),
    ask: turn.render(step.ask),
    options: pickable(turn, step).map(({ id, label, hint }) => ({
      id: optionId(turn, step, id),
      label,
      ...(hint !== undefined && { hint }),
    })),
    skip: step.kind === 'ask' && step.optional ? optionId(turn, step, 'skipped') : null,
    class: step.class,
    signs: typeof signs === 'string' ? signs : null,
  };
}

function typeOf(question: AskingStep): string {
  return question.kind === 'ask' ? question.answer : question.kind;
}

function labelOf(turn: Turn, { short, id }: AskingStep): Text {
  return short ? turn.renderAll(short) : Object.fromEntries(turn.prepared.set.languages.map((one) => [one, id]));
}
