/** Conditions of steps and choices. */
import { asText } from './as-text.js';
import type { Condition, Json } from './types.js';

/** True when every test holds; `fact` gives an answer, an outcome or a fact by name. */
export function conditionHolds(condition: Condition, fact: (name: string) => Json | undefined): boolean {
  return condition.every((test) => {
    const value = fact(test.name);
    const met = test.in
      ? [value].flat().some((one) => one !== undefined && test.in?.includes(asText(one)))
      : answered(value);
    return met !== (test.not ?? false);
  });
}

function answered(value: Json | undefined): boolean {
  return value !== undefined && value !== 'skipped';
}
