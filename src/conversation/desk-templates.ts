// Approved templates as staff choose and fill them.
import { groupCaseNumber } from '../cases/number.js';
import { fillTemplate } from '../engine/approved.js';
import type { ApprovedTemplate, FilledTemplate } from '../engine/types.js';
import type { Conversation } from '../store/contract.js';
import { DeskError, type TemplateOffer } from './desk-types.js';
import type { House } from './house.js';

/** Most UTF-16 units of one parameter. */
const MOST_PARAMETER = 300;

/** What may be sent in a conversation; `name` is the person's as we know it. */
export async function templateOffers(house: House, row: Conversation, name: string | null): Promise<TemplateOffer[]> {
  const offered = ofStaff(house, row);
  if (offered.length === 0) return [];
  const [newest] = await house.store.cases.of(row.address);
  const known = { number: newest ? groupCaseNumber(newest.number) : '', name: name ?? '' };
  const language = languageOf(house, row);
  return offered.map(({ id, title, text, parameters }) => ({
    id,
    title,
    text: text[language] ?? '',
    parameters: parameters.map((one) => ({
      label: one.label,
      value: one.id === 'number' || one.id === 'name' ? known[one.id] : '',
    })),
  }));
}

/** Throws DeskError `invalid` for a template that is not offered here, and for parameters that it does not take. */
export function filledByStaff(
  house: House,
  row: Conversation,
  id: string,
  parameters: readonly string[],
): FilledTemplate {
  const template = ofStaff(house, row).find((one) => one.id === id);
  if (template?.parameters.length !== parameters.length) throw new DeskError('invalid');
  if (parameters.some((one) => one.length > MOST_PARAMETER)) throw new DeskError('too_long');
  const values = template.parameters.map((one, index) => [one.id, parameters[index]] as const);
  const filled = fillTemplate(template, languageOf(house, row), Object.fromEntries(values));
  if (!filled) throw new DeskError('invalid');
  return filled;
}

function ofStaff(house: House, row: Conversation): ApprovedTemplate[] {
  if (house.channels.get(row.channel)?.limits.templates !== true) return [];
  return Object.values(house.approved).filter(({ purposes }) => purposes.includes('staff'));
}

function languageOf(house: House, row: Conversation): string {
  return row.language ?? house.texts.languages[0] ?? 'ar';
}
