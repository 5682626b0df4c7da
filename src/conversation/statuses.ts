// What providers tell about messages they took: written to the row, whichever way it is found.
import type { StatusReport } from '../../channels/channel.js';
import type { Message } from '../store/contract.js';
import { ring, type House } from './house.js';
import { tellUnreachable } from './unreachable.js';

/** A status of a message that nobody knows (it came before our own note of the send, or is not ours) is kept so long. */
const KEEP_FOR = 10 * 60_000;
const MOST_KEPT = 2_000;

type Needs = Pick<House, 'store' | 'vault' | 'records' | 'ids' | 'hints' | 'queue' | 'log' | 'now'>;

export class Statuses {
  /** By the keyed hash of the provider's message id. */
  private readonly unknown = new Map<string, { reports: StatusReport[]; until: number }>();
  private lost = 0;

  constructor(private readonly needs: Needs) {}

  /** Rejects with a StoreError when it could not be written: the provider should tell it again. */
  async report(report: StatusReport): Promise<void> {
    const key = this.keyOf(report.account, report.providerId);
    const own = report.id === undefined ? null : await this.ownMessage(report.account, report.id);
    if (own && (await this.write(await this.identified(own, key), report))) return this.follow(own, report);
    if (!(await this.write(key, report))) this.keep(key, report);
  }

  /** A send was noted under this provider's id: what was told about it before holds now. */
  async noted(account: string, providerId: string): Promise<void> {
    const key = this.keyOf(account, providerId);
    const kept = this.unknown.get(key);
    this.unknown.delete(key);
    for (const report of kept?.reports ?? []) await this.write(key, report);
  }

  /** Drops what stayed unknown. */
  tidy(): void {
    for (const [key, { reports, until }] of this.unknown) {
      if (until > this.needs.now()) return;
      this.drop(key, reports.length);
    }
  }

  /** How many were dropped since the process began. */
  get dropped(): number {
    return this.lost;
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

  private keep(key: string, report: StatusReport): void {
    const reports = [...(this.unknown.get(key)?.reports ?? []), report].slice(-8);
    this.unknown.delete(key);
    this.unknown.set(key, { reports, until: this.needs.now() + KEEP_FOR });
    const [oldest] = this.unknown;
    if (this.unknown.size > MOST_KEPT && oldest) this.drop(oldest[0], oldest[1].reports.length);
  }

  private drop(key: string, count: number): void {
    this.unknown.delete(key);
    this.lost += count;
    this.needs.log('status.dropped', { count });
  }
}
