// Takes in while the store is away: sealed into this process's spool, and from there into the store as soon as it is back.
import type { Incoming, StatusReport } from '../../channels/channel.js';
import { StoreError } from '../store/contract.js';
import { Late, within } from '../observe/within.js';
import type { SpoolEntry } from '../spool/records.js';
import type { SpoolFile } from '../spool/spool-file.js';
import type { OwnSpool, SpoolFolder } from '../spool/spool-folder.js';
import { accept, checkIncoming } from './accept.js';
import { Counts } from './counts.js';
import { doorOf, type Door, type TakenIn, type Unreadable } from './door.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import { NewerRecord, type SpooledBody, type Traced } from './records.js';
import { keepUnreadable, MOST_BYTES } from './unreadable.js';

/** How long a provider waits for a store that does not answer, and how long it may count; milliseconds. */
const STORE_WITHIN = 3_000;
const COUNT_WITHIN = 1_000;
/** How often a store that is away is tried, and how often spools of processes that are gone are looked for. */
const AGAIN = 1_000;
const LOOK_FOR_LEFT = 60_000;
/** Entries that are taken out at once; those of one person stay in order. */
const BATCH = 64;

export class SpooledDoor implements Door {
  private readonly straight: Door;
  private readonly counts = new Counts();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();
  private away = false;
  private stopping = false;

  private constructor(
    private readonly house: House,
    private readonly folder: SpoolFolder,
    private readonly own: OwnSpool,
  ) {
    this.straight = doorOf(house);
  }

  /** Takes this process's spool, and begins to empty what former ones left. */
  static async open(house: House, folder: SpoolFolder): Promise<SpooledDoor> {
    const door = new SpooledDoor(house, folder, await folder.own());
    door.often(AGAIN, () => door.empty(door.own.file));
    door.often(LOOK_FOR_LEFT, () => door.emptyLeft());
    return door;
  }

  /** Entries that wait. */
  get waiting(): number {
    return this.own.file.waiting;
  }

  /** Bytes that they take on disk. */
  get bytes(): number {
    return this.own.file.bytes;
  }

  /** Whether another one would be taken. */
  get takes(): boolean {
    return this.own.file.takes;
  }

  async message(channel: string, incoming: Incoming): Promise<TakenIn> {
    checkIncoming(incoming);
    const [id, at] = [this.house.ids.next(), this.house.now()];
    return this.pass<TakenIn>(
      async () => {
        const { conversation, item, duplicate } = await accept(this.house, channel, incoming, { id, at });
        return { conversation, item, duplicate };
      },
      async () => {
        await this.keep({ v: 1, kind: 'message', channel, incoming, id, at });
        return { conversation: null, item: id, duplicate: false };
      },
    );
  }

  async status(report: StatusReport): Promise<void> {
    await this.pass(
      () => this.straight.status(report),
      () => this.keep({ v: 1, kind: 'status', report }),
    );
  }

  async unreadable(channel: string, { account, bytes, why }: Unreadable): Promise<void> {
    await this.pass(
      () => this.straight.unreadable(channel, { account, bytes, why }),
      () =>
        this.keep({
          v: 1,
          kind: 'unreadable',
          channel,
          account,
          why,
          what: bytes.subarray(0, MOST_BYTES).toString('base64'),
        }),
    );
  }

  /** While the store is away this process counts for itself. */
  async within(key: string, most: number, windowMs: number): Promise<boolean> {
    const here = (): boolean => this.counts.hit(key, windowMs, this.house.now()) <= most;
    if (this.away) return here();
    try {
      return await within(COUNT_WITHIN, () => this.straight.within(key, most, windowMs));
    } catch (error) {
      if (!isAway(error)) throw error;
      return here();
    }
  }

  /** Finishes what is being taken out; what is left waits for the next process. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
    await this.own.close();
  }

  /** While anything waits, what comes later waits behind it. */
  private async pass<T>(store: () => Promise<T>, spool: () => Promise<T>): Promise<T> {
    if (this.waiting > 0) return spool();
    try {
      return await within(STORE_WITHIN, store);
    } catch (error) {
      const reason = codeOf(error);
      this.house.log(isAway(error) ? 'spool.used' : 'spool.passed_over', { reason });
      if (!isAway(error)) throw error;
      return spool();
    }
  }

  private async keep(body: SpooledBody): Promise<void> {
    const id = this.house.ids.next();
    await this.own.file.append({ id, sealed: await this.house.records.spooled.seal('', id, body) });
    this.away = true;
  }

  private async emptyLeft(): Promise<void> {
    for (const spool of await this.folder.left()) {
      await this.empty(spool.file);
      await spool.close();
    }
  }

  /** Until nothing waits or the store is away. */
  private async empty(file: SpoolFile): Promise<void> {
    while (file.waiting > 0 && !this.stopping) {
      const entries = await file.oldest(BATCH);
      if (entries.length === 0) return;
      if (!(await this.takeOut(entries))) return;
      await file.drop(entries.length);
      if (file.waiting === 0) this.house.log('spool.empty');
    }
    if (file === this.own.file) this.away = false;
  }

  /** False: the store is away; all of them are tried again, and what was taken in before is known by its id. */
  private async takeOut(entries: readonly (SpoolEntry | null)[]): Promise<boolean> {
    const people = new Map<string, (SpooledBody & Traced)[]>();
    for (const entry of entries) {
      const body = entry && (await this.open(entry));
      if (!body) continue;
      const key = personOf(body);
      people.set(key, [...(people.get(key) ?? []), body]);
    }
    const all = await Promise.all([...people.values()].map((bodies) => this.takeIn(bodies)));
    return all.every((done) => done);
  }

  private async takeIn(bodies: readonly (SpooledBody & Traced)[]): Promise<boolean> {
    for (const body of bodies) {
      try {
        await within(STORE_WITHIN, () => this.store(body));
      } catch (error) {
        if (isAway(error)) return false;
        if (!(await this.putAside(body, codeOf(error)))) return false;
      }
    }
    return true;
  }

  /** Goes on with the trace in which it was taken in. */
  private store(body: SpooledBody & Traced): Promise<void> {
    const facts = { 'sila.kind': body.kind };
    return this.house.traces.span('store', { from: body.trace, facts }, () => this.storeOne(body));
  }

  private async storeOne(body: SpooledBody): Promise<void> {
    if (body.kind === 'message') {
      const { id, at } = body;
      await accept(this.house, body.channel, body.incoming, { id, at });
    } else if (body.kind === 'status') await this.straight.status(body.report);
    else {
      const { channel, account, why, what } = body;
      await this.straight.unreadable(channel, { account, why, bytes: Buffer.from(what, 'base64') });
    }
  }

  /** What was taken and can never be stored is put before staff, not lost. */
  private async putAside(body: SpooledBody, reason: string): Promise<boolean> {
    this.house.log('spool.put_aside', { kind: body.kind, reason });
    const channel = body.kind === 'status' ? '' : body.channel;
    const bytes = Buffer.from(JSON.stringify(body));
    const account = body.kind === 'message' ? body.incoming.account : '';
    try {
      await keepUnreadable(this.house, channel, { account, bytes, why: 'spool' });
      return true;
    } catch (error) {
      if (!isAway(error)) throw error;
      return false;
    }
  }

  /** Null for an entry that nobody can read; it is told to the operator. */
  private async open(entry: SpoolEntry): Promise<(SpooledBody & Traced) | null> {
    try {
      return await this.house.records.spooled.open('', entry.id, entry.sealed);
    } catch (error) {
      // A newer program wrote it, and will read it.
      if (error instanceof NewerRecord) throw error;
      this.house.log('spool.unreadable', { id: entry.id, reason: codeOf(error) });
      return null;
    }
  }

  /** At once and then again and again, never twice at a time; a failure is told and tried again. */
  private often(ms: number, work: () => Promise<void>): void {
    let running: Promise<void> | null = null;
    const go = (): void => {
      if (running || this.stopping) return;
      running = work()
        .catch((error: unknown) => this.house.log('spool.failed', { reason: codeOf(error) }))
        .finally(() => {
          this.running.delete(mine);
          running = null;
        });
      const mine = running;
      this.running.add(mine);
    };
    const timer = setInterval(go, ms);
    timer.unref();
    this.timers.push(timer);
    go();
  }
}

function personOf(body: SpooledBody): string {
  if (body.kind === 'message') return `${body.channel} ${body.incoming.account} ${body.incoming.user}`;
  return body.kind === 'status' ? `status ${body.report.providerId}` : 'unreadable';
}

const AWAY: ReadonlySet<string> = new Set(['failed', 'full', 'closed']);

/** A store that does not answer in time is away too. What was begun there goes on, and doing it twice does no harm. */
function isAway(error: unknown): boolean {
  return error instanceof Late || (error instanceof StoreError && AWAY.has(error.code));
}
