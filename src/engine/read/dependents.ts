/** What a changed answer makes void. */
import { conditionHolds } from '../condition.js';
import { without } from '../as-text.js';
import type { Turn } from '../turn.js';
import type { Frame } from '../types.js';

/** Removes answers that are no longer asked for after `name` changed, and every signature under the old answers. */
export function dependentsOf(turn: Turn, frame: Frame, name: string): void {
  const flow = turn.flow(frame);
  for (const question of flow.questions.values()) {
    if (question.kind === 'declaration' && question.id !== name) frame.answers = without(frame.answers, question.id);
  }
  voidAnswers(turn, frame, name, new Set());
}

function voidAnswers(turn: Turn, frame: Frame, name: string, seen: Set<string>): void {
  if (seen.has(name)) return;
  seen.add(name);
  for (const question of turn.flow(frame).dependents.get(name) ?? []) {
    if (!Object.hasOwn(frame.answers, question.id)) continue;
    if (question.onlyIf && conditionHolds(question.onlyIf, (fact) => turn.answer(fact) ?? turn.found(fact)?.outcome))
      continue;
    frame.answers = without(frame.answers, question.id);
    voidAnswers(turn, frame, question.id, seen);
  }
}
