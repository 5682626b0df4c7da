/** Writes an each-step out: one question for every entry of the charity's list. */
import type { AskStep, Text } from '../types.js';
import type { DraftFlow, DraftStep, DraftText, Item, Lists } from './draft.js';
import type { Report } from './finding.js';
import { languageLimits } from './language-limits.js';

/** The flow with all each-steps written out. An empty list leaves the folded step behind, marked as left out. */
export function expand(flow: DraftFlow, pack: Lists, report: Report): DraftFlow {
  const steps = flow.steps.flatMap((draft) => writtenOut(draft, pack, report));
  if (steps.length <= languageLimits.steps) return { ...flow, steps };
  report.add(
    'too_many',
    flow.at,
    `The flow has more than ${languageLimits.steps} steps once its lists are written out.`,
    'Split it, and join the parts with "call".',
  );
  return { ...flow, steps: steps.slice(0, languageLimits.steps) };
}

function writtenOut(draft: DraftStep, pack: Lists, report: Report): DraftStep[] {
  const { each, step } = draft;
  if (step.kind === 'ask' && draft.list !== undefined && step.choices?.length === 0)
    return [{ ...draft, leftOut: true }];
  if (!each || step.kind !== 'ask') return [draft];
  const items = pack.lists.get(each.list) ?? [];
  if (items.length === 0) return [{ ...draft, leftOut: true }];
  return items.map((item) => forItem(draft, step, item, pack, report));
}

function forItem(draft: DraftStep, step: AskStep, item: Item, pack: Lists, report: Report): DraftStep {
  const { optional, onlyIf, ...rest } = step;
  const itemFor = draft.each?.itemFor;
  if (item.for && itemFor === undefined) {
    report.add(
      'missing_key',
      draft.at,
      `Entries of "${draft.each?.list ?? ''}" are "for" some answers, but the step does not say of which question.`,
      'Add "item_for: kind".',
    );
  }
  const condition = [
    ...(onlyIf ?? []),
    ...(item.for && itemFor !== undefined ? [{ name: itemFor, in: item.for }] : []),
  ];
  const places = new Map(draft.places);
  if (item.for && itemFor !== undefined) places.set(`only_if.${itemFor}`, item.at);
  const filled = (text: Text): Text => fill(text, item, pack);
  return {
    step: {
      ...rest,
      id: `${step.id}_${item.choice.id}`,
      ask: filled(step.ask),
      ...(step.short && { short: filled(step.short) }),
      ...(step.again && { again: filled(step.again) }),
      ...(condition.length > 0 && { onlyIf: condition }),
      ...((optional || !item.required) && { optional: true }),
    },
    at: draft.at,
    places,
    texts: draft.texts.map((text): DraftText => ({ ...text, text: filled(text.text) })),
    family: step.id,
  };
}

/** `{item.label}` and `{item.hint}` in each language; a line that only holds a missing hint goes with it. */
function fill(text: Text, item: Item, pack: Lists): Text {
  const pairs = pack.languages.map((language) => {
    const hint = item.choice.hint?.[language] ?? '';
    const source = text[language] ?? '';
    const trimmed = hint === '' ? source.replace(/^[ \t]*\{item\.hint\}[ \t]*\n/gm, '') : source;
    const label = item.choice.label[language] ?? '';
    return [language, trimmed.replaceAll('{item.label}', () => label).replaceAll('{item.hint}', () => hint)] as const;
  });
  return Object.fromEntries(pairs);
}
