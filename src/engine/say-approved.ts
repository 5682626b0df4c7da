/** The approved template that goes with what is said, should a reply window be over. */
import { fillTemplate, templateFor } from './approved.js';
import type { Turn } from './turn.js';
import type { End, SayEffect, TemplatePurpose } from './types.js';

type Extra = Pick<SayEffect, 'template'>;

/** The template of a purpose: the words themselves wait behind it. */
export function approvedFor(turn: Turn, purpose: TemplatePurpose, values: Readonly<Record<string, string>>): Extra {
  const template = templateFor(turn.prepared.set, purpose);
  const filled = template && fillTemplate(template, turn.language, values);
  return filled ? { template: { ...filled, goes: 'before' } } : {};
}

/** The template that an end names: it stands for the end's words. */
export function approvedAt(turn: Turn, { template: id }: End): Extra {
  const template = id === undefined ? undefined : turn.prepared.set.approved?.[id];
  if (!template) return {};
  const values = template.parameters.map((one) => [one.id, turn.render({ [turn.language]: `{${one.id}}` })] as const);
  const filled = fillTemplate(template, turn.language, Object.fromEntries(values));
  return filled ? { template: { ...filled, goes: 'instead' } } : {};
}
