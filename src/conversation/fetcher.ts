// Brings in the files that lie with a provider: beside the turns, so that a slow provider holds up nobody's conversation.
import type { Fetched, RemoteFile } from '../../channels/channel.js';
import type { FileRef, PersonInput } from '../engine/types.js';
import type { Conversation } from '../store/contract.js';
import { ring, type House } from './house.js';
import { codeOf } from './log.js';

type Refused = NonNullable<PersonInput['refused']>[number];

/** Fetches of one account that are under way at once, and tries before the person is asked to send the file again. */
export const FETCHING = { atOnce: 8, tries: 3, again: [1_000, 5_000] } as const;

/** One process fetches an item's files; another one does when it is gone for so long. Milliseconds. */
const HELD = 90_000;
const LOOK_AGAIN = 300;

interface Part {
  file: RemoteFile;
  tries: number;
  got?: FileRef | Refused;
}

interface Order {
  parts: Part[];
  /** Files are being fetched. */
  busy: boolean;
  /** Not before this time. */
  next: number;
}

export class Fetcher {
  /** By mailbox item. In memory: after a crash they are fetched once more. */
  private readonly orders = new Map<string, Order>();
  private readonly lines = new Map<string, { running: number; waiting: (() => void)[] }>();

  constructor(private readonly house: House) {}

  /** What came of an item's files; null while they are on their way: the conversation's bell rings when there is more to know. */
  async take(
    row: Conversation,
    item: string,
    files: readonly RemoteFile[],
    trace: string | undefined,
  ): Promise<Pick<PersonInput, 'files' | 'refused'> | null> {
    const order = this.orders.get(item) ?? { parts: [], busy: false, next: 0 };
    this.orders.set(item, order);
    // A late part of an album brings more.
    for (const file of files.slice(order.parts.length)) order.parts.push({ file, tries: 0 });
    if (order.busy || order.next > this.house.now()) return null;
    const missing = order.parts.filter(({ got }) => got === undefined);
    if (missing.length === 0) return told(order);
    order.busy = true;
    if (!(await this.mayFetch(row, item))) return null;
    const facts = { 'sila.conversation': row.id, 'sila.item': item, 'sila.channel': row.channel };
    const piece = { kind: 'client', from: trace, facts } as const;
    void this.house.traces.span('fetch', piece, () => this.fetchAll(row, order, missing));
    return null;
  }

  /** The item is done with. */
  forget(item: string): void {
    if (!this.orders.delete(item)) return;
    const { store, owner, log } = this.house;
    store.leases.release(lease(item), owner).catch(() => log('fetch.held_on'));
  }

  /** False: another process fetches them, and goes on with the conversation when its bell reaches that one. */
  private async mayFetch({ id }: Conversation, item: string): Promise<boolean> {
    const { store, owner, now } = this.house;
    let mine = false;
    try {
      mine = await store.leases.hold(lease(item), owner, now(), now() + HELD);
    } finally {
      if (!mine) this.orders.delete(item);
    }
    if (!mine) await ring(this.house, 'conversation', id, LOOK_AGAIN);
    return mine;
  }

  private async fetchAll(row: Conversation, order: Order, missing: readonly Part[]): Promise<void> {
    await Promise.all(missing.map((part) => this.inLine(row.account, () => this.fetchOne(row, part))));
    const tries = Math.max(...order.parts.filter(({ got }) => got === undefined).map((part) => part.tries), 0);
    const wait = tries === 0 ? 0 : (FETCHING.again[tries - 1] ?? FETCHING.again[1]);
    order.next = this.house.now() + wait;
    order.busy = false;
    await ring(this.house, 'conversation', row.id, wait);
  }

  private async fetchOne(row: Conversation, part: Part): Promise<void> {
    part.tries += 1;
    const fetched = await this.fetch(row, part.file);
    if (fetched.result === 'bytes') {
      const kept = await this.keep(row, part.file.name, fetched.bytes);
      if (kept) part.got = kept;
      else part.tries = Math.min(part.tries, FETCHING.tries - 1);
    } else if (fetched.result === 'refused') part.got = refusalOf(fetched);
    else if (part.tries >= FETCHING.tries) part.got = refusalOf({ refused: 'file_not_fetched' });
  }

  private async fetch(row: Conversation, file: RemoteFile): Promise<Fetched> {
    const channel = this.house.channels.get(row.channel);
    try {
      return (await channel?.fetchFile?.(row.account, file)) ?? { result: 'later' };
    } catch (error) {
      this.house.log('file.fetch_threw', { channel: row.channel, reason: codeOf(error) });
      return { result: 'later' };
    }
  }

  /** Null: the store has no room for it now; that is no fault of the file. */
  private async keep(row: Conversation, name: string, bytes: Buffer): Promise<FileRef | Refused | null> {
    try {
      const kept = await this.house.files.keep(row.address, name, bytes);
      return 'refused' in kept ? refusalOf(kept) : kept;
    } catch (error) {
      this.house.log('file.not_kept', { reason: codeOf(error) });
      return null;
    }
  }

  private async inLine(account: string, work: () => Promise<void>): Promise<void> {
    const line = this.lines.get(account) ?? { running: 0, waiting: [] };
    this.lines.set(account, line);
    if (line.running >= FETCHING.atOnce) await new Promise<void>((start) => line.waiting.push(start));
    else line.running += 1;
    try {
      await work();
    } finally {
      // The place goes over to the next, so that the count stays.
      const next = line.waiting.shift();
      if (next) next();
      else line.running -= 1;
    }
  }
}

function lease(item: string): string {
  return `fetch:${item}`;
}

function told({ parts }: Order): Pick<PersonInput, 'files' | 'refused'> {
  const got = parts.flatMap((part) => part.got ?? []);
  const files = got.filter((one): one is FileRef => 'id' in one);
  const refused = got.filter((one): one is Refused => 'key' in one);
  return { ...(files.length > 0 && { files }), ...(refused.length > 0 && { refused }) };
}

function refusalOf({ refused: key, values }: { refused: string; values?: Refused['values'] }): Refused {
  return { key, ...(values && { values }) };
}
