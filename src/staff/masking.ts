// What of a case is shown before somebody asks to see all of it.
import type { CaseDetail, ShownAnswer } from '../conversation/desk-types.js';

/** An answer as the console gets it; `masked` values come whole from the reveal endpoint. */
export type MaskedAnswer = ShownAnswer & { masked: boolean };
export type MaskedCase = Omit<CaseDetail, 'answers'> & { answers: MaskedAnswer[] };

/** Numbers that say who somebody is, or open a door: masked whatever their class. */
const identifiers: ReadonlySet<string> = new Set(['saudi_id', 'phone', 'iban', 'last_four', 'email']);
/** Where somebody lives, and codes: no part of them is shown. */
const whole: ReadonlySet<string> = new Set(['short_address', 'location', 'code']);
/** One of a few given words: the list of cases already says as much. */
const picked: ReadonlySet<string> = new Set(['choice', 'choices', 'yes_no', 'rating', 'file']);

export function maskCase(detail: CaseDetail): MaskedCase {
  return { ...detail, answers: detail.answers.map(maskAnswer) };
}

export function openCase(detail: CaseDetail): MaskedCase {
  return { ...detail, answers: detail.answers.map((one) => ({ ...one, masked: false })) };
}

function maskAnswer(one: ShownAnswer): MaskedAnswer {
  if (!isHidden(one) || one.value === '') return { ...one, masked: false };
  return { ...one, value: identifiers.has(one.type) ? tail(one.value) : '••••••', masked: true };
}

function isHidden(one: ShownAnswer): boolean {
  if (identifiers.has(one.type) || whole.has(one.type)) return true;
  return one.class === 'sensitive' && !picked.has(one.type);
}

/** The last three characters, when enough stay hidden before them. */
function tail(value: string): string {
  const characters = value.replace(/\s/g, '');
  return characters.length < 8 ? '••••••' : `•••••${characters.slice(-3)}`;
}
