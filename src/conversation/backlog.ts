// What waits in one spool, and how it is taken out: of each person in the order of all processes, different people side by side.
import type { Place } from '../spool/records.js';
import type { SpoolFile } from '../spool/spool-file.js';
import type { OwnSpool } from '../spool/spool-folder.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import type { SpooledBody, Traced } from './records.js';
import { concernOf, openEntry, storeEntry, type Concern } from './spooled-entry.js';

/**
 * Milliseconds that what waits in a living process holds up others who reach the store: that process may be cut off from it, or too old
 * to read what lies there. Longer than it takes to empty spools that are full.
 */
const PATIENCE = 5 * 60_000;
/** People whose entries are taken out at once; entries that are looked at together at the start. */
const AT_ONCE = 64;

/** `held`: something waits for another process, or could not be taken out now; `away`: for the store. */
type Outcome = 'done' | 'held' | 'away';

/** `moved`: something could be taken out. */
export interface Emptied {
  outcome: Outcome;
  moved: boolean;
}

interface Entry extends Concern {
  place: Place;
}

export class Backlog {
  /** By whom they concern, each by its id, as they were taken in. */
  private readonly waits = new Map<string, Map<string, Entry>>();
  /** What goes before ours in another process, and since when we wait for it. */
  private readonly before = new Map<string, { id: string; since: number }>();
  /** How many were taken out so far. */
  private taken = 0;

  private constructor(
    private readonly house: House,
    private readonly spool: OwnSpool,
  ) {}

  /** What a former process left in the spool stands in the order when it resolves. */
  static async open(house: House, spool: OwnSpool): Promise<Backlog> {
    const backlog = new Backlog(house, spool);
    const { places } = spool.file;
    for (let n = 0; n < places.length; n += AT_ONCE)
      await Promise.all(places.slice(n, n + AT_ONCE).map((place) => backlog.find(place)));
    return backlog;
  }

  get file(): Pick<SpoolFile, 'waiting' | 'bytes' | 'takes'> {
    return this.spool.file;
  }

  /** Whether anything is to be taken out. */
  get pending(): boolean {
    return this.waits.size > 0;
  }

  holds(of: string): boolean {
    return this.waits.has(of);
  }

  /** On disk and in the order when it resolves; rejects with a StoreError when it is not kept. */
  async keep(body: SpooledBody): Promise<void> {
    const id = this.house.ids.next();
    const place = await this.spool.file.append({ id, sealed: await this.house.records.spooled.seal('', id, body) });
    await this.add({ ...concernOf(this.house, body, id), place });
  }

  /** Takes out what may go now, until `ends` says so. */
  async empty(ends: () => boolean): Promise<Emptied> {
    const people = [...this.waits.keys()].values();
    const outcomes = new Set<Outcome>();
    const before = this.taken;
    const walk = async (): Promise<void> => {
      for (const of of people) {
        if (outcomes.has('away')) return;
        outcomes.add(await this.emptyOf(of, ends));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
    const moved = this.taken > before;
    if (moved && this.file.waiting === 0) this.house.log('spool.empty');
    const outcome = (['away', 'held'] as const).find((one) => outcomes.has(one)) ?? 'done';
    return { outcome, moved };
  }

  /** What is left waits for the next process. */
  async close(): Promise<void> {
    await this.spool.close();
  }

  /** An entry that a newer program wrote is left to that one. */
  private async find(place: Place): Promise<void> {
    try {
      const entry = await this.read(place);
      if (entry) await this.add({ ...concernOf(this.house, entry.body, entry.id), place });
      else await this.spool.file.drop(place);
    } catch (error) {
      this.house.log('spool.failed', { reason: codeOf(error) });
    }
  }

  private async add(entry: Entry): Promise<void> {
    const { of, id, order } = entry;
    if (order !== null) await this.house.queue.order.wait({ of, id, order });
    this.waits.set(of, (this.waits.get(of) ?? new Map<string, Entry>()).set(id, entry));
  }

  /** What fails for one person keeps nobody else waiting. */
  private async emptyOf(of: string, ends: () => boolean): Promise<Outcome> {
    try {
      while (this.waits.has(of)) {
        const entry = ends() ? null : await this.next(of);
        if (!entry) return 'held';
        if (!(await this.takeOut(entry))) return 'away';
      }
      return 'done';
    } catch (error) {
      this.house.log('spool.failed', { reason: codeOf(error) });
      return 'held';
    }
  }

  /** Null: what goes first waits in another process. */
  private async next(of: string): Promise<Entry | null> {
    const ours = this.waits.get(of) ?? new Map<string, Entry>();
    const [oldest] = ours.values();
    if (oldest?.order === null) return oldest;
    const first = (await this.house.queue.order.first(of)) ?? oldest?.id ?? '';
    const entry = ours.get(first) ?? null;
    if (entry) this.before.delete(of);
    else await this.waitFor(of, first);
    return entry;
  }

  private async waitFor(of: string, first: string): Promise<void> {
    const { now, queue, log } = this.house;
    const before = this.before.get(of);
    if (before?.id !== first) this.before.set(of, { id: first, since: now() });
    else if (now() - before.since > PATIENCE) {
      log('spool.passed', { id: first });
      await queue.order.leave(of, first);
    }
  }

  /** False: the store is away. The others hear that it is gone when it is in the store, and the disk forgets it then. */
  private async takeOut({ of, id, order, place }: Entry): Promise<boolean> {
    const entry = await this.read(place);
    if (entry && !(await storeEntry(this.house, entry.body))) return false;
    this.taken += 1;
    if (order !== null) await this.house.queue.order.leave(of, id);
    const ours = this.waits.get(of);
    ours?.delete(id);
    if (ours?.size === 0) this.waits.delete(of);
    await this.spool.file.drop(place);
    return true;
  }

  /** Null when nobody can read it. */
  private async read(place: Place): Promise<{ id: string; body: SpooledBody & Traced } | null> {
    const entry = await this.spool.file.read(place);
    const body = entry && (await openEntry(this.house, entry));
    return body && { id: entry.id, body };
  }
}
