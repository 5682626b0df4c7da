/** Which answers of a run stand in a newer flow set: those whose question is still the same, or was declared to be. */
import { isAsking, type Prepared, type PreparedFlow } from './prepare.js';
import type { Answers, AskingStep, AskStep, Frame, Json } from './types.js';

/**
 * The answers under their names of now; the names of those that go are added to `lost`. Signatures always go: they were given under
 * what stood there before.
 */
export function carryAnswers(frame: Frame, from: Prepared, to: Prepared, now: PreparedFlow, lost: string[]): Answers {
  const before = from.flows.get(frame.flow);
  const renames = renamesOf(to, now);
  const kept: Answers = {};
  const given: Answers = { ...frame.retrace?.kept, ...frame.answers };
  for (const [name, value] of Object.entries(given)) {
    const asked = before?.questions.get(name);
    if (!asked) continue;
    const declared = renames.get(name);
    const today = declared === null ? undefined : now.questions.get(declared ?? name);
    const taken = declared !== undefined && today !== undefined && Object.hasOwn(given, today.id);
    if (!today || taken || !answers(value, asked, today)) {
      lost.push(name);
      continue;
    }
    kept[today.id] = value;
    const at = given[`${name}.at`];
    if (asked.kind === 'consent' && at !== undefined) kept[`${today.id}.at`] = at;
  }
  return kept;
}

/** What the flow and those it calls say about former answers. */
function renamesOf(to: Prepared, now: PreparedFlow): Map<string, string | null> {
  const renames = new Map<string, string | null>();
  const seen = new Set<string>();
  const collect = (flow: PreparedFlow | undefined): void => {
    if (!flow || seen.has(flow.flow.id)) return;
    seen.add(flow.flow.id);
    for (const [name, target] of Object.entries(flow.flow.moved?.answers ?? {})) renames.set(name, target);
    for (const step of flow.flow.steps) if (step.kind === 'call') collect(to.flows.get(step.flow));
  };
  collect(now);
  return renames;
}

/** Whether a value that was given to one question is a valid answer of the other. */
function answers(value: Json, asked: AskingStep, today: AskingStep): boolean {
  if (!isAsking(today) || asked.kind === 'declaration' || asked.kind === 'review') return false;
  if (asked.kind === 'consent') return today.kind === 'consent' && today.version === asked.version;
  if (today.kind !== 'ask' || today.answer !== asked.answer || today.choicesFrom !== asked.choicesFrom) return false;
  if (value === 'skipped') return today.optional === true;
  if (today.exact && !asked.exact) return false;
  return offered(value, today) && within(value, asked, today);
}

function offered(value: Json, { choices }: AskStep): boolean {
  return !choices || [value].flat().every((one) => choices.some(({ id }) => id === one));
}

/** New bounds are kept to as far as the value shows it: its size or its length. Any other new option asks again. */
function within(value: Json, asked: AskStep, today: AskStep): boolean {
  const size = typeof value === 'number' ? value : typeof value === 'string' ? value.length : undefined;
  const keys = new Set([...Object.keys(asked.options ?? {}), ...Object.keys(today.options ?? {})]);
  return [...keys].every((key) => {
    const [then, now] = [asked.options?.[key], today.options?.[key]];
    if (then === now || now === undefined) return true;
    if (typeof now !== 'number' || size === undefined) return false;
    return key === 'min' ? size >= now : key === 'max' ? size <= now : false;
  });
}
