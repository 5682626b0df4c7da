// Timers: what a due time becomes in the mailbox, and when it had better wait.
import type { DueKind, Input } from '../engine/types.js';
import type { Conversation, Item, NewItem, TurnCommit } from '../store/contract.js';
import { bareTurn } from './bare-turn.js';
import type { House } from './house.js';

/** A hand-off's deadline is awaited by somebody: only when it is later than this does it respect the night. */
const STILL_AWAITED = 60 * 60_000;

/** The mailbox item of a due timer. Nothing in it is personal, so nothing is sealed; its id is its dedupe key. */
export function timerItem(row: Conversation, now: number): NewItem {
  const id = `timer.${row.dueKind ?? ''}.${row.dueAt ?? 0}.${row.id}`;
  return { id, kind: 'timer', dedupeKey: id, sealed: new Uint8Array(0), at: now };
}

export interface Timer {
  input: Extract<Input, { kind: 'timer' }>;
  /** Whether its words may wait for the morning. */
  mayWait(now: number): boolean;
}

/** The timer that an item stands for; null when the conversation has set another one since. */
export function readTimer(item: Item, row: Conversation): Timer | null {
  const [, kind, at] = item.id.split('.');
  const due = kind as DueKind;
  if (row.dueAt !== null && row.dueAt !== Number(at)) return null;
  return {
    input: { kind: 'timer', due },
    mayWait: (now) => due !== 'handoff' || now - Number(at) > STILL_AWAITED,
  };
}

/** A turn that only uses the item up and sets the timer. */
export function postponement(
  house: House,
  row: Conversation,
  fence: number,
  item: Item,
  due: { at: number | null; kind: string | null },
): Promise<TurnCommit> {
  const patch = { dueAt: due.at, dueKind: due.kind };
  return bareTurn(house, row, fence, item, { detail: 'postponed', patch, messages: [] });
}
