// Takes a conversation when its bell rings and drains its mailbox in order, one commit a turn.
import { StoreError, type Conversation, type Item } from '../store/contract.js';
import { Arrivals, MOST_TRIES, type Arrival } from './arrivals.js';
import { putAside } from './apology.js';
import { UnknownFlowSet } from './flow-sets.js';
import { Gate } from './gate.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import { runTurn, type TurnOutcome } from './turn.js';

/**
 * How long a conversation is held at once, and what must be left of it when a turn begins: the person of a process that is gone waits no
 * longer than that for another one. A turn that takes longer loses its fence, and is played again.
 */
const HOLD_MS = 8_000;
const ENOUGH_MS = 4_000;
const BATCH = 20;

/** The conversation as this worker has it; kept up to date while its mailbox is drained. */
interface Held {
  row: Conversation;
  fence: number;
  until: number;
}

export class Worker {
  private readonly gate = new Gate();
  /** Tries that failed through no fault of the item: the store was full or away. */
  private readonly excused = new Map<string, number>();
  private stopping = false;

  private readonly arrivals: Arrivals;

  constructor(private readonly house: House) {
    this.arrivals = new Arrivals(house);
  }

  /** Handles the conversation's bell. Rejects when an item is to be tried again: the queue rings anew, later each time. */
  async handle(conversation: string): Promise<void> {
    const held = await this.take(conversation);
    if (!held) return;
    try {
      await this.drain(held);
    } catch (error) {
      if (!(error instanceof UnknownFlowSet)) throw error;
      this.house.log('flow_set.unknown', { conversation, set: error.hash });
    } finally {
      await this.house.store.turns.release(conversation, held.fence);
    }
  }

  /** Finishes the turns under way and begins no more. */
  stop(): void {
    this.stopping = true;
  }

  private async take(conversation: string): Promise<Held | null> {
    const { store, owner, now } = this.house;
    const until = now() + HOLD_MS;
    const taken = await store.turns.take(conversation, owner, now(), until);
    return taken && { row: taken.conversation, fence: taken.fence, until };
  }

  private async drain(held: Held): Promise<void> {
    for (;;) {
      const [first, ...more] = await this.house.store.turns.items(held.row.id, BATCH);
      if (!first) return;
      if (!(await this.handleAll(held, [first, ...more]))) return;
    }
  }

  /** False: stop here. What was consumed along with an earlier item is passed over. */
  private async handleAll(held: Held, items: readonly Item[]): Promise<boolean> {
    let [first, ...rest] = items;
    while (first) {
      const waiting: [Item, ...Item[]] = [first, ...rest];
      const arrival = await this.gate.run(this.alone(first), () => this.arrivals.next(held.row, waiting));
      if (!arrival || !(await this.handleItem(held, arrival))) return false;
      this.arrivals.done(arrival);
      [first, ...rest] = rest.filter(({ id }) => !arrival.along.includes(id));
    }
    return true;
  }

  /** False: stop here, because somebody else has the conversation or the process is stopping. */
  private async handleItem(held: Held, arrival: Arrival): Promise<boolean> {
    const { item } = arrival;
    if (this.stopping || !(await this.renew(held))) return false;
    const alone = this.alone(item);
    let done = await this.gate.run(alone, () => this.traced(held, arrival, alone));
    if (done === 'alone') done = await this.gate.run(true, () => this.traced(held, arrival, true));
    if (done !== true) return false;
    const row = await this.house.store.turns.conversation(item.conversation);
    if (row) held.row = row;
    return row !== null;
  }

  /** What this process found waiting may have brought the last one down: it is tried alone, so that its neighbours are not blamed. */
  private alone({ at }: Item): boolean {
    return at < this.house.startedAt;
  }

  private async renew(held: Held): Promise<boolean> {
    if (held.until - this.house.now() >= ENOUGH_MS) return true;
    const again = await this.take(held.row.id);
    if (again) Object.assign(held, again);
    return again !== null;
  }

  /** Goes on with the trace in which the item was taken in. */
  private traced(held: Held, arrival: Arrival, alone: boolean): Promise<boolean | 'alone'> {
    const { id, conversation, kind } = arrival.item;
    const facts = { 'sila.conversation': conversation, 'sila.item': id, 'sila.kind': kind };
    return this.house.traces.span('turn', { from: arrival.body?.trace, facts }, () =>
      this.tryItem(held, arrival, alone),
    );
  }

  /**
   * False when the fence was stale. The try is counted before it begins, so that a crash counts too. `alone`: it failed before, perhaps
   * by bringing another process down, and is to be tried again with nothing beside it.
   */
  private async tryItem({ row, fence }: Held, arrival: Arrival, alone: boolean): Promise<boolean | 'alone'> {
    const { item } = arrival;
    if (arrival.crashed) {
      await this.dismiss(fence, item, 'crashed');
      return true;
    }
    const tries = (await this.house.store.turns.failed(item.id)) - (this.excused.get(item.id) ?? 0);
    if (tries > MOST_TRIES) {
      await this.dismiss(fence, item, 'crashed');
      return true;
    }
    if (tries > 1 && !alone) {
      await this.house.store.turns.excuse(item.id);
      return 'alone';
    }
    try {
      const outcome = await this.timed(item, () => runTurn(this.house, row, fence, arrival));
      this.excused.delete(item.id);
      this.played(row, item, outcome);
      if (outcome !== 'stale') return true;
      await this.house.store.turns.excuse(item.id);
      return false;
    } catch (error) {
      return this.failed(fence, item, tries, error);
    }
  }

  private timed(item: Item, turn: () => Promise<TurnOutcome>): Promise<TurnOutcome> {
    return this.house.meter.timed('sila_turn_seconds', { kind: item.kind }, turn);
  }

  private played({ channel }: Conversation, { kind, at }: Item, outcome: TurnOutcome): void {
    const { meter, now } = this.house;
    meter.count('sila_turns_total', { kind, outcome });
    if (kind === 'message' && outcome === 'committed') meter.time('sila_turn_lag_seconds', { channel }, now() - at);
  }

  private async failed(fence: number, item: Item, tries: number, error: unknown): Promise<boolean> {
    const reason = codeOf(error);
    this.house.log('turn.failed', { item: item.id, tries, reason });
    this.house.meter.count('sila_turns_total', { kind: item.kind, outcome: 'failed' });
    const innocent = error instanceof StoreError || error instanceof UnknownFlowSet;
    if (innocent) await this.excuse(item);
    if (innocent || tries < MOST_TRIES) throw error;
    await this.dismiss(fence, item, reason);
    return true;
  }

  /** The try is taken back, so that no process counts it; while the store is away this one remembers it. */
  private async excuse({ id }: Item): Promise<void> {
    try {
      await this.house.store.turns.excuse(id);
    } catch {
      this.excused.set(id, (this.excused.get(id) ?? 0) + 1);
    }
  }

  private async dismiss(fence: number, item: Item, reason: string): Promise<void> {
    this.excused.delete(item.id);
    await putAside(this.house, fence, item, reason);
  }
}
