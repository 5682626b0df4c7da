/** Files the answers of a run as a submission with a number. */
import { asText } from './as-text.js';
import { createHash } from 'node:crypto';
import { filesOf } from './file-answers.js';
import { arriveLoose } from './retrace.js';
import { show } from './show.js';
import type { Turn } from './turn.js';
import type { Answers, AskingStep, ConsentGiven, Effect, Json, ShownAnswer } from './types.js';

/** Idempotent on the run: a run that has its number files nothing again. */
export function submit(turn: Turn, opens: string): void {
  const { frame } = turn;
  const [bottom] = turn.session.stack;
  if (!frame || !bottom || turn.number !== undefined) return;
  arriveLoose(turn, frame);
  frame.number = turn.context.ids.number();
  const answers = Object.assign({}, ...turn.session.stack.map((one) => one.answers)) as Answers;
  const questions = [...turn.flow(bottom).questions.values()].filter((question) => Object.hasOwn(answers, question.id));
  const effect: Extract<Effect, { kind: 'submission' }> = {
    kind: 'submission',
    run: frame.run,
    flow: bottom.flow,
    opens,
    number: frame.number,
    language: turn.language,
    answers,
    shown: questions
      .filter((question) => question.kind === 'ask')
      .map((question) => shownAnswer(turn, question, answers[question.id] ?? null)),
    files: questions.flatMap((question) => filesOf(question, answers[question.id])),
  };
  const consent = consentOf(turn, questions, answers);
  const declaration = declarationOf(questions, answers);
  turn.effects.push({ ...effect, ...(consent && { consent }), ...(declaration && { declaration }) });
}

/** SHA-256 of the answers in a fixed order: what the person declared true. */
export function digestOf(answers: Answers): string {
  const sorted = Object.keys(answers)
    .sort()
    .map((name) => [name, answers[name]]);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function shownAnswer(turn: Turn, question: AskingStep, value: Json): ShownAnswer {
  const files = filesOf(question, value);
  const label = question.short
    ? turn.renderAll(question.short)
    : Object.fromEntries(turn.prepared.set.languages.map((language) => [language, question.id]));
  return {
    name: question.id,
    label,
    value: show(turn, question, value, false),
    class: question.class,
    type: question.kind === 'ask' ? question.answer : question.kind,
    ...(files.length > 0 && { files }),
  };
}

function consentOf(turn: Turn, questions: AskingStep[], answers: Answers): ConsentGiven | undefined {
  const question = questions.find((one) => one.kind === 'consent');
  if (question?.kind !== 'consent') return undefined;
  const at = answers[`${question.id}.at`];
  return {
    version: question.version,
    given: answers[question.id] === 'yes',
    language: turn.language,
    at: typeof at === 'number' ? at : turn.context.now,
  };
}

function declarationOf(
  questions: AskingStep[],
  answers: Answers,
): { version: string; name: string; digest: string } | undefined {
  const question = questions.find((one) => one.kind === 'declaration');
  if (question?.kind !== 'declaration') return undefined;
  const { [question.id]: name, ...declared } = answers;
  return { version: question.version, name: asText(name ?? ''), digest: digestOf(declared) };
}
