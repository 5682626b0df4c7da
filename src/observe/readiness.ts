// What this process leans on, what of it stands, and whether the process should be given traffic.
import { Late, within } from './within.js';

/** Where messages go while the store is away. */
export interface SpoolState {
  /** Messages that wait in it. */
  readonly waiting: number;
  readonly bytes: number;
  /** Whether it would take another one. */
  readonly takes: boolean;
}

/** The closed list of what keeps a dependency from standing. */
export type Why = 'failed' | 'late' | 'full' | 'wrong_key';

export type DependencyName = 'store' | 'queue' | 'spool' | 'disk' | 'keys';

export interface Readiness {
  /** False: the process should get no traffic. */
  ok: boolean;
  /** Null: it stands. Without a spool there is none to ask. */
  dependencies: Partial<Record<DependencyName, Why | null>>;
  /** For reading only: a provider that is away is no reason to keep people from us. */
  channels: Readonly<Record<string, ChannelStanding>>;
}

/** `resting`: what we send does not get through. `deaf`: what people write does not reach us. */
export type ChannelStanding = 'on' | 'resting' | 'deaf';

export interface Dependencies {
  store: () => Promise<boolean>;
  /** Rejects when the queue cannot be reached. */
  queue: () => Promise<unknown>;
  /** Bytes that are free where the data lie; null: the process keeps nothing there. */
  room: () => Promise<number | null>;
  /** False: this process's encryption key does not open the data keys any more. */
  keys: () => Promise<boolean>;
  spool: SpoolState | null;
  channels: () => Readonly<Record<string, ChannelStanding>>;
}

/** Milliseconds that an answer is waited for: less than a balancer waits for ours. */
const PATIENCE = 2_000;
/** Bytes below which nothing more can be written for sure; that it becomes short is told much earlier, by a metric. */
const LEAST_ROOM = 512 * 1024;
/** Milliseconds that an answer holds: strangers who ask often cost nothing. */
const HOLDS = 1_000;

/** Asks them all at once, at most once a second whoever asks. `now`: milliseconds of any clock. */
export function createReadiness(dependencies: Dependencies, now: () => number): () => Promise<Readiness> {
  let asked = -Infinity;
  let answer: Promise<Readiness> | undefined;
  return () => {
    if (answer && now() - asked < HOLDS) return answer;
    asked = now();
    answer = look(dependencies);
    return answer;
  };
}

async function look({ store, queue, room, keys, spool, channels }: Dependencies): Promise<Readiness> {
  const [kept, rung, free, opened] = await Promise.all([
    whyNot(store, (fine) => (fine ? null : 'failed')),
    whyNot(queue, () => null),
    whyNot(room, (bytes) => (bytes === null || bytes >= LEAST_ROOM ? null : 'full')),
    whyNot(keys, (fine) => (fine ? null : 'wrong_key')),
  ]);
  const spooled = spool && (spool.takes ? null : 'full');
  return {
    ok: mayServe(kept, free, opened, spool !== null && spooled === null),
    dependencies: { store: kept, queue: rung, disk: free, keys: opened, ...(spool && { spool: spooled }) },
    channels: channels(),
  };
}

/**
 * What is acknowledged must be safe: in the store, whose keys we can use, or in the spool while the store is away (the keys lie there too,
 * and those at hand go on). A queue that is away delays answers and loses nothing, so people are still let in.
 */
function mayServe(store: Why | null, disk: Why | null, keys: Why | null, spools: boolean): boolean {
  if (disk === 'full' || keys === 'wrong_key') return false;
  return store === null || spools;
}

async function whyNot<T>(ask: () => Promise<T>, judge: (answer: T) => Why | null): Promise<Why | null> {
  try {
    return judge(await within(PATIENCE, ask));
  } catch (error) {
    return error instanceof Late ? 'late' : 'failed';
  }
}
