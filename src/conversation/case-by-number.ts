// The coarse look-up by case number and last four digits of the ID, for people who write from elsewhere.
import { timingSafeEqual } from 'node:crypto';
import { statusWord } from '../cases/case.js';
import { groupCaseNumber, readNumber } from '../cases/number.js';
import { legible } from '../engine/text/normalise.js';
import type { Found, Language } from '../engine/types.js';
import type { Conversation, CaseRow } from '../store/contract.js';
import { ring, type House } from './house.js';
import { subject } from './records.js';

/**
 * Limits of a guesser's luck: wrong tries per asker and hour, per case and day, and over all; beyond them even the right digits find
 * nothing. No case, wrong digits and any limit give the very same answer after the same work, so that nobody learns who asked for help.
 */
export const LOOK_UP_LIMITS = {
  asker: { most: 5, windowMs: 3_600_000 },
  case: { most: 50, windowMs: 86_400_000 },
  all: { most: 100, windowMs: 600_000 },
  /** Wrong tries at a case after which its person is told, and how much later than the asker is answered. */
  tellOwner: 3,
  tellAfterMs: 5_000,
} as const;

/** Only ever `found` with a coarse text, or `none`. */
export async function caseByNumber(
  house: House,
  asker: Conversation,
  language: Language,
  written: string,
  lastFour: string,
): Promise<Found> {
  const number = readNumber(written) ?? NOBODYS;
  const keys = keysOf(house, asker.address, number);
  const free = await withinLimits(house, keys);
  const row = await house.store.cases.get(number);
  const right = sameDigits(await lastFourOf(house, number, row), lastFour);
  const found = row !== null && right && free;
  await house.store.staff.audit({
    at: house.now(),
    staff: `address:${asker.address}`,
    act: found ? 'look_up.found' : 'look_up.failed',
    subject: number,
  });
  if (found) {
    const values = {
      number: groupCaseNumber(number),
      coarse_text: house.texts.say(`status.${statusWord(row.kind, row.status)}.coarse`, language),
    };
    return { outcome: 'found', values };
  }
  const tries = await countFailure(house, keys);
  // For every number alike, and done when the asker has long been answered: the work itself would say whether there is a case.
  if (tries >= LOOK_UP_LIMITS.tellOwner) await ring(house, 'notice', number, LOOK_UP_LIMITS.tellAfterMs);
  return { outcome: 'none' };
}

/** Handles the bell of a number that was tried in vain several times: its person is told, once a day at most. */
export async function tellOfTries(house: House, number: string): Promise<void> {
  const row = await house.store.cases.get(number);
  if (row) await tellOwner(house, row);
}

/** Thirteen digits whose check digit is wrong: no case can have them. */
const NOBODYS = '0000000000001';

interface Keys {
  asker: string;
  case: string;
  all: string;
}

/** Keys of the counters; a number that no case has is counted like one that a case has. */
function keysOf(house: House, address: string, number: string): Keys {
  return {
    asker: house.vault.hash('look-up', 'asker', address),
    case: house.vault.hash('look-up', 'case', number),
    all: house.vault.hash('look-up', 'all'),
  };
}

async function withinLimits(house: House, keys: Keys): Promise<boolean> {
  const now = house.now();
  const peek = async (kind: keyof Keys) =>
    (await house.store.counters.peek(keys[kind], now)) < LOOK_UP_LIMITS[kind].most;
  const free = await Promise.all([peek('asker'), peek('case'), peek('all')]);
  return free.every(Boolean);
}

/** Wrong tries at this case today. */
async function countFailure(house: House, keys: Keys): Promise<number> {
  const now = house.now();
  const hit = (kind: keyof Keys) => house.store.counters.hit(keys[kind], LOOK_UP_LIMITS[kind].windowMs, now);
  const [, tries] = await Promise.all([hit('asker'), hit('case'), hit('all')]);
  return tries;
}

/** The digits on file; a case that does not exist costs the opening of a decoy, and both cost the same reads of keys. */
async function lastFourOf(house: House, number: string, row: CaseRow | null): Promise<string> {
  const { records, vault } = house;
  const decoy = await records.comment.seal('', 'decoy', { v: 1, text: '' });
  const opens = await vault.has(subject.case(number));
  if (row && opens) return (await records.summary.open(number, number, row.sealed)).lastFour;
  return (await records.comment.open('', 'decoy', decoy)).text;
}

/** Four digits against four digits in constant time; nothing on file is never right. */
function sameDigits(known: string, typed: string): boolean {
  const four = (text: string, filler: string) =>
    Buffer.from(
      text
        .replace(/[^0-9]/g, '')
        .slice(0, 4)
        .padEnd(4, filler),
    );
  return timingSafeEqual(four(known, '.'), four(legible(typed), '-'));
}

/** Once a day at most: the item's key says which day. */
async function tellOwner(house: House, row: CaseRow): Promise<void> {
  const at = house.now();
  const id = house.ids.next();
  const conversation = await house.store.turns.conversation(row.conversation);
  const text = house.texts.say('case.someone_tried', conversation?.language ?? null, {
    number: groupCaseNumber(row.number),
  });
  const sealed = await house.records.item.seal('', id, {
    v: 1,
    kind: 'within',
    input: { kind: 'case', event: 'message', number: groupCaseNumber(row.number), text },
  });
  const day = Math.floor(at / LOOK_UP_LIMITS.case.windowMs);
  await house.store.turns.put(row.conversation, {
    id,
    kind: 'case',
    dedupeKey: `look-up.${row.number}.${day}`,
    sealed,
    at,
  });
  await ring(house, 'conversation', row.conversation);
}
