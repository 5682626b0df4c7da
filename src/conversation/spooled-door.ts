// Takes in while the store is away: sealed into this process's spool, and from there into the store as soon as it is back.
import type { Incoming, StatusReport } from '../../channels/channel.js';
import { within } from '../observe/within.js';
import type { SpoolFolder } from '../spool/spool-folder.js';
import { accept, checkIncoming } from './accept.js';
import { Backlog, type Emptied } from './backlog.js';
import { Counts } from './counts.js';
import { doorOf, type Door, type TakenIn, type Unreadable } from './door.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import type { SpooledBody } from './records.js';
import { concernOf, isAway, STORE_WITHIN } from './spooled-entry.js';
import { MOST_BYTES } from './unreadable.js';

/** How long the store may count; milliseconds. */
const COUNT_WITHIN = 1_000;
/** Milliseconds after which is tried again what waits for another process: at first, and at the latest, as for a store that is away. */
const SOON = 50;
const AGAIN = 1_000;
/** How often spools of processes that are gone are looked for: sooner than their entries are taken for given up. */
const LOOK_FOR_LEFT = 10_000;

export class SpooledDoor implements Door {
  private readonly straight: Door;
  private readonly counts = new Counts();
  private readonly left: Backlog[] = [];
  private readonly looks: NodeJS.Timeout;
  /** Whether the store did not answer when it was asked last. */
  private away = false;
  private stopping = false;
  /** Ends a rest: for something that came, and for the end. */
  private wake: () => void = () => undefined;
  private hurry: () => void = () => undefined;
  private emptying: Promise<void> = Promise.resolve();
  private looking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly house: House,
    private readonly folder: SpoolFolder,
    private readonly own: Backlog,
  ) {
    this.straight = doorOf(house);
    this.looks = setInterval(() => this.look(), LOOK_FOR_LEFT).unref();
  }

  /** Takes this process's spool, and begins to empty what former ones left. */
  static async open(house: House, folder: SpoolFolder): Promise<SpooledDoor> {
    const door = new SpooledDoor(house, folder, await Backlog.open(house, await folder.own()));
    door.look();
    door.emptying = door.keepEmptying();
    return door;
  }

  /** Entries that wait. */
  get waiting(): number {
    return this.backlogs.reduce((sum, { file }) => sum + file.waiting, 0);
  }

  /** Bytes that they take on disk. */
  get bytes(): number {
    return this.backlogs.reduce((sum, { file }) => sum + file.bytes, 0);
  }

  /** Whether another one would be taken. */
  get takes(): boolean {
    return this.own.file.takes;
  }

  async message(channel: string, incoming: Incoming, order?: number): Promise<TakenIn> {
    checkIncoming(incoming);
    const [id, at] = [this.house.ids.next(), this.house.now()];
    return this.pass<TakenIn>(
      { v: 1, kind: 'message', channel, incoming, id, at, ...(order !== undefined && { order }) },
      async () => {
        const { conversation, item, duplicate } = await accept(this.house, channel, incoming, { id, at });
        return { conversation, item, duplicate };
      },
      { conversation: null, item: id, duplicate: false },
    );
  }

  async status(report: StatusReport): Promise<void> {
    await this.pass({ v: 1, kind: 'status', report }, () => this.straight.status(report), undefined);
  }

  async unreadable(channel: string, { account, bytes, why }: Unreadable): Promise<void> {
    const what = bytes.subarray(0, MOST_BYTES).toString('base64');
    await this.pass(
      { v: 1, kind: 'unreadable', channel, account, why, what },
      () => this.straight.unreadable(channel, { account, bytes, why }),
      undefined,
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
    clearInterval(this.looks);
    this.hurry();
    await Promise.all([this.emptying, this.looking]);
    await Promise.all(this.backlogs.map((backlog) => backlog.close()));
  }

  private get backlogs(): Backlog[] {
    return [this.own, ...this.left];
  }

  /** While anything of the same person waits, in whichever process, what comes later waits behind it. `spooled`: what to answer then. */
  private async pass<T>(body: SpooledBody, store: () => Promise<T>, spooled: T): Promise<T> {
    if (!(await this.waitsBehind(body))) {
      try {
        return await within(STORE_WITHIN, store);
      } catch (error) {
        const reason = codeOf(error);
        this.house.log(isAway(error) ? 'spool.used' : 'spool.passed_over', { reason });
        if (!isAway(error)) throw error;
        this.away = true;
      }
    }
    await this.own.keep(body).finally(() => this.wake());
    return spooled;
  }

  private async waitsBehind(body: SpooledBody): Promise<boolean> {
    if (this.away) return true;
    const { of, order } = concernOf(this.house, body, '');
    if (this.backlogs.some((backlog) => backlog.holds(of))) return true;
    return order !== null && (await this.house.queue.order.first(of)) !== null;
  }

  /** Spools of processes that are gone. A failure is told and tried again with the next look. */
  private look(): void {
    const find = async (): Promise<void> => {
      if (this.stopping) return;
      for (const spool of await this.folder.left()) this.left.push(await Backlog.open(this.house, spool));
      this.wake();
    };
    this.looking = this.looking
      .then(find)
      .catch((error: unknown) => this.house.log('spool.failed', { reason: codeOf(error) }));
  }

  private async keepEmptying(): Promise<void> {
    let wait = SOON;
    while (!this.stopping) {
      const { outcome, moved } = await this.empty();
      this.away = outcome === 'away';
      if (outcome === 'done') await this.rest(this.backlogs.some(({ pending }) => pending) ? 0 : null);
      else await this.rest(this.away ? AGAIN : wait);
      wait = moved || outcome === 'done' ? SOON : Math.min(2 * wait, AGAIN);
    }
  }

  /** All of them once. */
  private async empty(): Promise<Emptied> {
    const all: Emptied = { outcome: 'done', moved: false };
    for (const backlog of this.backlogs) {
      const one = await backlog.empty(() => this.stopping);
      if (one.outcome !== 'done') all.outcome = one.outcome;
      all.moved ||= one.moved;
      if (one.outcome === 'away') return all;
    }
    await this.letGo();
    return all;
  }

  /** Of spools that are not ours and hold nothing for us any more. */
  private async letGo(): Promise<void> {
    for (const done of this.left.filter(({ pending }) => !pending)) {
      this.left.splice(this.left.indexOf(done), 1);
      await done.close().catch((error: unknown) => this.house.log('spool.failed', { reason: codeOf(error) }));
    }
  }

  /** Null: until something came. */
  private rest(ms: number | null): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((go) => {
      const timer = ms === null ? undefined : setTimeout(go, ms).unref();
      this.hurry = () => {
        clearTimeout(timer);
        go();
      };
      this.wake = ms === null ? go : () => undefined;
    });
  }
}
