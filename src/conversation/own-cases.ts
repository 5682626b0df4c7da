// The cases of the person that asks, from every linked address: no number is typed, nothing of others can be reached.
import { groupCaseNumber, readNumber } from '../cases/number.js';
import { AID_REQUEST, isDecision, isStatus, notBefore, statusWord, type CaseStatus } from '../cases/case.js';
import type { Found, Language } from '../engine/types.js';
import { showDate } from './dates.js';
import type { House } from './house.js';

interface Own {
  number: string;
  kind: string;
  status: CaseStatus;
  openedAt: number;
  changedAt: number;
}

/** Which of a person's cases a look-up is about. */
export type OwnKind = 'own_cases' | 'own_open' | 'own_decided';

const wanted: Readonly<Record<OwnKind, (own: Own) => boolean>> = {
  own_cases: () => true,
  own_open: ({ status }) => status !== 'closed' && status !== 'withdrawn',
  own_decided: ({ kind, status }) =>
    kind === AID_REQUEST && (isDecision(status) || status === 'in_service' || status === 'closed'),
};

/** `none`, `one` (its values) or `many`; choices newest first, their ids the thirteen digits. */
export async function ownCases(
  house: House,
  addresses: readonly string[],
  language: Language,
  which: OwnKind,
): Promise<Found> {
  const own = (await casesOf(house, addresses)).filter(wanted[which]);
  const [newest] = own;
  if (!newest) return { outcome: 'none' };
  const count = { count: String(own.length) };
  const choices = own.map((one) => ({
    id: one.number,
    label: groupCaseNumber(one.number),
    hint: hintOf(house, one, language),
  }));
  if (own.length === 1) return { outcome: 'one', values: { ...valuesOf(house, newest, language), ...count }, choices };
  return { outcome: 'many', values: count, choices };
}

/** Where it stands; what it is, too, when it is no request for aid. */
function hintOf(house: House, { kind, status }: Own, language: Language): string {
  const name = house.texts.say(`status.${status}.name`, language);
  return kind === AID_REQUEST ? name : `${house.texts.say(`case.kind.${kind}`, language)} · ${name}`;
}

/** One of them by its number: `found` or `none`, whether it is another's or nobody's. */
export async function ownCase(
  house: House,
  addresses: readonly string[],
  language: Language,
  written: string,
): Promise<Found> {
  const number = readNumber(written);
  const own = (await casesOf(house, addresses)).find((one) => one.number === number);
  return own ? { outcome: 'found', values: { ...valuesOf(house, own, language), count: '1' } } : { outcome: 'none' };
}

/** Submissions too: a request is known to its person from the moment it has a number. */
async function casesOf(house: House, addresses: readonly string[]): Promise<Own[]> {
  const all = await Promise.all(addresses.map((address) => casesOfOne(house, address)));
  return all.flat().sort((a, b) => b.openedAt - a.openedAt);
}

async function casesOfOne(house: House, address: string): Promise<Own[]> {
  const [cases, submissions] = await Promise.all([
    house.store.cases.of(address),
    house.store.cases.submissionsOf(address),
  ]);
  const own = new Map<string, Own>();
  for (const { number, kind, at } of submissions)
    own.set(number, { number, kind, status: 'submitted', openedAt: at, changedAt: at });
  for (const { number, kind, status, openedAt, changedAt } of cases) {
    own.set(number, { number, kind, status: isStatus(status) ? status : 'submitted', openedAt, changedAt });
  }
  return [...own.values()];
}

function valuesOf(house: House, own: Own, language: Language): Record<string, string> {
  const date = (at: number) => showDate(at, house.charity.zone, language);
  const values = {
    number: groupCaseNumber(own.number),
    since: date(own.changedAt),
    not_before: date(notBefore(own.openedAt, house.charity.decisionMinDays)),
  };
  return {
    ...values,
    status_text: house.texts.say(`status.${statusWord(own.kind, own.status)}.full`, language, values),
  };
}
