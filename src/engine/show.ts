/** Answers as people read them. */
import { answerTypes } from './answers/index.js';
import { asText } from './as-text.js';
import type { Turn } from './turn.js';
import type { AskingStep, Json } from './types.js';

/** `masked`: identifiers show their last digits only. */
export function show(turn: Turn, question: AskingStep, value: Json, masked: boolean): string {
  if (value === 'skipped') return turn.text('engine.review.later');
  if (question.kind === 'consent') return yesOrNo(turn, value);
  if (question.kind === 'review') return '';
  if (question.kind === 'declaration') return asText(value);
  if (question.choices || question.choicesFrom !== undefined)
    return [value]
      .flat()
      .map((id) => choiceLabel(turn, question, asText(id)))
      .join(turn.text('engine.list.and'));
  if (question.answer === 'yes_no') return yesOrNo(turn, value);
  return answerTypes.get(question.answer)?.show(value, turn.language, masked) ?? asText(value);
}

function yesOrNo(turn: Turn, value: Json): string {
  return turn.text(value === 'yes' ? 'engine.yes' : 'engine.no');
}

function choiceLabel(turn: Turn, question: AskingStep, id: string): string {
  if (question.kind !== 'ask') return id;
  const choice = question.choices?.find((one) => one.id === id);
  if (choice) return turn.render(choice.label);
  const found = question.choicesFrom === undefined ? undefined : turn.found(question.choicesFrom);
  return found?.choices?.find((one) => one.id === id)?.label ?? id;
}
