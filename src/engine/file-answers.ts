/** The files in an answer. */
import type { AskingStep, FileRef, Json } from './types.js';

/** None where the question asks for something else, or was passed over. */
export function filesOf(question: AskingStep, value: Json | undefined): FileRef[] {
  if (question.kind !== 'ask' || question.answer !== 'file' || !Array.isArray(value)) return [];
  return value.flatMap((one) => asFile(one) ?? []);
}

function asFile(one: Json): FileRef | undefined {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return undefined;
  const { id, name, mime, bytes } = one;
  const whole =
    typeof id === 'string' && typeof name === 'string' && typeof mime === 'string' && typeof bytes === 'number';
  return whole ? { id, name, mime, bytes } : undefined;
}
