// Cases that belong together: the one that a case is about, and those that are about it.
import { isStatus } from '../cases/case.js';
import { groupCaseNumber } from '../cases/number.js';
import type { ShownAnswer } from '../engine/types.js';
import type { CaseRow } from '../store/contract.js';
import { aboutOf } from './about.js';
import type { RelatedCase } from './desk-types.js';
import type { House } from './house.js';
import { aboutKey } from './submissions.js';

/** Cases about one case that its page shows. */
const MOST = 20;

/** `shown`: what the case was filed with. */
export async function relatedTo(
  house: House,
  number: string,
  shown: readonly ShownAnswer[],
): Promise<{ about: RelatedCase | null; related: RelatedCase[] }> {
  const about = aboutOf(shown);
  const row = about && (await house.store.cases.get(about.number));
  const rows = await house.store.cases.find([aboutKey(house, number)], MOST);
  return {
    about: row ? line(row, about.own) : null,
    related: await Promise.all(rows.map(async (one) => line(one, await isChosen(house, one.number)))),
  };
}

/** Whether a case names the one that it is about by the person's own choice. */
async function isChosen(house: House, number: string): Promise<boolean> {
  const [first] = await house.store.cases.events(number);
  if (!first) return false;
  const { event } = await house.records.event.open(number, `${number}:${first.version}`, first.sealed);
  return event.type === 'opened' && aboutOf(event.filed.shown)?.own === true;
}

function line({ number, kind, status }: CaseRow, own: boolean): RelatedCase {
  return { number, grouped: groupCaseNumber(number), kind, status: isStatus(status) ? status : 'submitted', own };
}
