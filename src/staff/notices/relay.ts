// Tells every way out what it has still to tell: durable, at least once, one way's trouble never another's.
import type { Leases, Notice, Notices } from '../../store/contract.js';
import { TOLD_KINDS, type Told, type Way, type Word } from './way.js';

export interface RelayDeps {
  store: { notices: Pick<Notices, 'untold' | 'told'>; leases: Leases };
  ways: readonly Way[];
  wordOf: (notice: Notice) => Word;
  /** This process, among those that might tell. */
  owner: string;
  now: () => number;
  /** 0 to 1, for jitter. */
  random: () => number;
  log: (event: string, facts?: Record<string, string | number | boolean>) => void;
}

/** What is older is no news any more: it waits in the console. */
const WORTH_TELLING = 3 * 24 * 3_600_000;
const AT_ONCE = 20;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 30 * 60_000;
/** A process that is gone is followed by another after this. */
const LEASE = 60_000;

export class Relay {
  private readonly running = new Map<string, Promise<void>>();
  private readonly wanted = new Set<string>();
  private stopping = false;

  constructor(private readonly deps: RelayDeps) {}

  /** Something may be there to tell. Returns at once; a round that runs is followed by another. */
  wake(): void {
    if (this.stopping) return;
    for (const way of this.deps.ways) {
      this.wanted.add(way.name);
      if (!this.running.has(way.name)) this.running.set(way.name, this.rounds(way));
    }
  }

  /** All that was woken is done; for tests and for the end. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** Finishes what is under way and begins nothing more. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.idle();
    for (const way of this.deps.ways) {
      way.close?.();
      await this.deps.store.leases.release(lease(way), this.deps.owner).catch(() => undefined);
    }
  }

  private async rounds(way: Way): Promise<void> {
    try {
      while (!this.stopping && this.wanted.delete(way.name)) await this.round(way);
    } catch (error) {
      this.deps.log('notices.failed', { way: way.name, reason: error instanceof Error ? error.name : 'unknown' });
    } finally {
      this.running.delete(way.name);
    }
  }

  private async round(way: Way): Promise<void> {
    const { store, now } = this.deps;
    for (;;) {
      if (this.stopping || !(await store.leases.hold(lease(way), this.deps.owner, now(), now() + LEASE))) return;
      const query = { kinds: TOLD_KINDS, since: now() - WORTH_TELLING, now: now(), limit: AT_ONCE };
      const untold = await store.notices.untold(way.name, query);
      if (untold.length === 0) return;
      if (!(await this.tellAll(way, untold))) return;
    }
  }

  /** False: the way is in trouble, and the rest waits for the next round. */
  private async tellAll(way: Way, notices: readonly (Notice & { tries: number })[]): Promise<boolean> {
    for (const notice of notices) {
      if (this.stopping) return false;
      const told = await way.tell(this.deps.wordOf(notice));
      await this.deps.store.notices.told(notice.id, way.name, this.againAt(told, notice.tries));
      if (told.result === 'done') continue;
      this.deps.log('notices.not_told', { way: way.name, kind: notice.kind, code: told.code, tries: notice.tries + 1 });
      return false;
    }
    return true;
  }

  private againAt(told: Told, tries: number): number | null {
    if (told.result === 'done') return null;
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 20));
    // Never at once: half of the back-off is sure, the other half is chance.
    return this.deps.now() + Math.max(told.after ?? 0, Math.round(most / 2 + (this.deps.random() * most) / 2));
  }
}

function lease(way: Way): string {
  return `notices:${way.name}`;
}
