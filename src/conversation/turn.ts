// One mailbox item, one turn: open, step, look up, commit once.
import type { Prepared } from '../engine/prepare.js';
import { step } from '../engine/step.js';
import type { Found, Input, StepResult } from '../engine/types.js';
import type { CommitResult, Conversation, Item, TurnCommit } from '../store/contract.js';
import { apologise } from './apology.js';
import { commitTurn } from './announce.js';
import type { Arrival } from './arrivals.js';
import { askedFor } from './asked.js';
import { commitOf } from './commit.js';
import { DESK } from './desk-channel.js';
import type { House } from './house.js';
import { knock } from './knock.js';
import { answerNeed } from './needs.js';
import { quietUntil } from './quiet-hours.js';
import type { ItemBody, SessionRecord, TurnRecord } from './records.js';
import { ruleFor, withoutCodes } from './ruled.js';
import { overChannel } from './records.js';
import { tongueFor } from './tongue.js';
import { postponement, readTimer } from './timers.js';
import { isCalledOff, takenInput } from './transfers.js';
import { dropFiles, takenBack } from './unsent.js';

export type TurnOutcome = Exclude<CommitResult['result'], 'number_taken' | 'not_asked'>;

/** One played step with all that is needed to write it down. */
export interface Played {
  prepared: Prepared;
  before: SessionRecord | null;
  result: StepResult;
  record: TurnRecord;
}

/** Reads that one turn may ask for, and case numbers that it may draw, before it counts as a fault. */
const MOST_NEEDS = 20;
const MOST_DRAWS = 8;
/** As in DESIGN.md §3: over the rate one notice, and equal messages go to staff. */
const PACE = { perMinute: 20, same: 5 } as const;

/** Plays the item and commits the turn; throws for whatever is to be tried again or put aside. */
export async function runTurn(house: House, row: Conversation, fence: number, arrival: Arrival): Promise<TurnOutcome> {
  const { item, along } = arrival;
  const opened =
    item.kind === 'timer' ? null : (arrival.body ?? (await house.records.item.open('', item.id, item.sealed)));
  if (opened?.kind === 'apology') return apologise(house, row, fence, item);
  if (opened?.kind === 'knock') return knock(house, row, fence, item, opened.message);
  const before = await house.records.sessionOf(row);
  const body = await withoutCodes(house, opened, before);
  if (overChannel(body) && row.hold === 'none') showReading(house, row, body, before);
  const back = await takenBack(house, row, body, before);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const planned = await planTurn(house, row, fence, item, body, before);
    const result = await commitTurn(house, { ...planned, along, ...(back && { unsent: [back.message] }) });
    if (result === 'number_taken' || result === 'not_asked') continue;
    if (back && result === 'committed') await dropFiles(house, back);
    return result;
  }
  throw new Error('no free case number was drawn');
}

/** Staff read for themselves, and later: while they have the conversation nothing is shown. */
function showReading(
  house: House,
  row: Conversation,
  { messageId, reply }: Extract<ItemBody, { kind: 'message' }>,
  before: SessionRecord | null,
): void {
  const channel = house.channels.get(row.channel);
  channel?.reading?.({ account: row.account, messageId, reply: reply ?? before?.reply ?? {} });
}

async function planTurn(
  house: House,
  row: Conversation,
  fence: number,
  item: Item,
  body: Exclude<ItemBody, { kind: 'apology' | 'knock' }> | null,
  before: SessionRecord | null,
): Promise<TurnCommit> {
  const timer = body ? null : readTimer(item, row);
  const input = body?.kind === 'draft' ? await takenInput(house, body) : (body?.input ?? timer?.input);
  // A timer whose time was set anew meanwhile, and a gift that was called off, are used up without a word.
  if (!input || (await isCalledOff(house, input)))
    return postponement(house, row, fence, item, { at: row.dueAt, kind: row.dueKind });
  const played = await play(house, row, input, before, item.id);
  const speaks = played.result.effects.some((effect) => effect.kind === 'say');
  const until = timer && speaks && timer.mayWait(house.now()) ? quietUntil(house.charity.zone, house.now()) : null;
  if (timer && until !== null) return postponement(house, row, fence, item, { at: until, kind: timer.input.due });
  return commitOf(house, { row, fence, item, body, played });
}

/** Steps until the engine needs no more reads; every step starts from the same session. */
export async function play(
  house: House,
  row: Conversation,
  input: Input,
  before: SessionRecord | null,
  turn: string,
): Promise<Played> {
  const { prepared, session, lost } = await house.flows.of(before?.session ?? null);
  if (lost)
    house.log('session.carried', {
      conversation: row.id,
      set: prepared.set.hash,
      asked: lost.answers.length,
      gone: lost.runs,
    });
  const standing = before && session ? { ...before, session } : before;
  const now = house.now();
  const asked = input.kind === 'message' ? askedFor(before?.asked) : {};
  const given: Record<string, Found> = { ...ruleFor(house, input), ...tongueFor(house, session, input), ...asked };
  for (let reads = 0; reads <= MOST_NEEDS; reads++) {
    const record: TurnRecord = { v: 1, input, now, set: prepared.set.hash, given, runs: [], numbers: [] };
    const result = step(prepared, session, input, {
      now,
      ids: { run: () => keep(record.runs, house.ids.next()), number: () => keep(record.numbers, house.ids.number()) },
      given,
      channel: row.channel,
      ...(row.channel === DESK ? { attended: true } : { pace: PACE }),
    });
    if (!result.need) return { prepared, before: standing, result, record };
    given[result.need.key] = await answerNeed(house, row, result.need, turn);
  }
  throw new Error('the flows ask for reads without an end');
}

function keep(list: string[], value: string): string {
  list.push(value);
  return value;
}
