// What providers tell about messages they took: written to the row, whichever way it is found.
import type { StatusReport } from '../../channels/channel.js';
import type { Message } from '../store/contract.js';
import { ring, type House } from './house.js';
import { tellUnreachable } from './unreachable.js';

/** A status of a message that nobody knows (it came before our own note of the send, or is not ours) is kept so long. */
const KEEP_FOR = 10 * 60_000;
const MOST_KEPT = 2_000;

type Needs = Pick<House, 'store' | 'vault' | 'records' | 'ids' | 'hints' | 'queue' | 'log' | 'meter' | 'now'>;

export class Statuses {
  constructor(private readonly needs: Needs) {}

  /** Rejects with a StoreError when it could not be written: the provider should tell it again. */
  async report(report: StatusReport): Promise<void> {
    const key = this.keyOf(report.account, report.providerId);
    const own = report.id === undefined ? null : await this.ownMessage(report.account, report.id);
    if (own && (await this.write(await this.identified(own, key), report))) return this.follow(own, report);
    if (await this.write(key, report)) return;
    await this.keep(key, report);
    // The send may have been noted in the meantime.
    if (await this.write(key, report)) await this.needs.store.unclaimed.take('status', key);
  }

  /** A send was noted under this provider's id: what was told about it before holds now. */
  async noted(account: string, providerId: string): Promise<void> {
    const key = this.keyOf(account, providerId);
    const { store, records } = this.needs;
    for (const { id, sealed } of await store.unclaimed.take('status', key)) {
      const told = await records.unclaimed.open('', id, sealed);
      if (told.kind === 'status') await store.messages.status(key, told.state, told.at, told.error);
    }
  }

  /** Drops what stayed unknown. */
  async tidy(): Promise<void> {
    this.drop(await this.needs.store.unclaimed.drop('status', this.needs.now()));
  }

  private keyOf(account: string, providerId: string): string {
    return this.needs.vault.hash('message', account, providerId);
  }

  /** Only a message of that account: an id that came back from outside opens nothing else. */
  private async ownMessage(account: string, id: string): Promise<Message | null> {
    const message = await this.needs.store.messages.get(id);
    if (message?.direction !== 'out') return null;
    const row = await this.needs.store.turns.conversation(message.conversation);
    return row?.account === account ? message : null;
  }

  /** The key under which the row is found: its own, or this one when the outcome of its send was not known. */
  private async identified(message: Message, key: string): Promise<string> {
    if (message.providerKey !== null) return message.providerKey;
    await this.needs.store.messages.identify(message.id, key);
    return (await this.needs.store.messages.get(message.id))?.providerKey ?? key;
  }

  private write(key: string, { state, at, error }: StatusReport): Promise<boolean> {
    return this.needs.store.messages.status(key, state, at, error?.code);
  }

  /** What a status changes around its message: the next may go, staff hear of a failure, open pages look again. */
  private async follow({ id, conversation }: Message, report: StatusReport): Promise<void> {
    const { store, hints, now } = this.needs;
    if (report.state === 'failed' && report.error?.tellStaff === true) {
      const row = await store.messages.get(id);
      const notice = {
        id: `send_failed.${id}`,
        kind: 'send_failed' as const,
        conversation,
        caseNumber: null,
        at: now(),
      };
      if (row?.state === 'failed' && (await store.notices.add(notice))) hints.give('notice', notice.id);
    }
    if (report.state === 'failed' && report.error?.optOut === true) await tellUnreachable(this.needs, conversation);
    hints.give('conversation', conversation);
    await ring(this.needs, 'delivery', conversation);
  }

  private async keep(key: string, { state, at, error }: StatusReport): Promise<void> {
    const { store, records, ids, now } = this.needs;
    const id = ids.next();
    const sealed = await records.unclaimed.seal('', id, {
      ...{ v: 1, kind: 'status', state, at },
      ...(error && { error: error.code }),
    });
    const row = { id, kind: 'status' as const, key, at: now(), until: now() + KEEP_FOR, sealed };
    this.drop(await store.unclaimed.keep(row, MOST_KEPT));
  }

  private drop(count: number): void {
    if (count === 0) return;
    this.needs.meter.count('sila_statuses_dropped_total', {}, count);
    this.needs.log('status.dropped', { count });
  }
}
