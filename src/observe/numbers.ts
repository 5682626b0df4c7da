// Brings up to date what /metrics shows of the store and the queue: how much waits there, and for how long.
import type { BellKind, Queue } from '../queue/contract.js';
import type { Store } from '../store/contract.js';
import type { Meter } from './meter.js';
import type { SpoolState } from './readiness.js';
import { within } from './within.js';

/** The page must come also when a server is away. */
const PATIENCE = 2_000;

/** Numbers of the store's `stats` that are shown as they are, under `sila_`. */
const COUNTS = [
  'conversations',
  'conversations_waiting_for_staff',
  'mailbox',
  'quarantined',
  'unreadable',
  'outbox',
  'submissions_unhandled',
  'cases',
  'files',
  'notices_unseen',
] as const;
/** Whose oldest is shown by its age. */
const AGES = ['mailbox', 'outbox'] as const;
const BELLS: readonly BellKind[] = ['conversation', 'delivery', 'submission', 'notice', 'transfer'];

export interface Counted {
  /** Absent: what comes in goes straight into the store. */
  spool?: Pick<SpoolState, 'waiting' | 'bytes'> | null;
  /** Bytes that are free where the process keeps data; absent: it keeps none. */
  room?: (() => Promise<number>) | undefined;
  store: Pick<Store, 'stats'>;
  queue: Pick<Queue, 'pending'>;
  meter: Meter;
  now: () => number;
}

/** Never rejects: what cannot be asked now is left out of the page. */
export async function readNumbers(counted: Counted): Promise<void> {
  counted.meter.show('sila_spool_items', {}, counted.spool?.waiting);
  counted.meter.show('sila_spool_bytes', {}, counted.spool?.bytes);
  await Promise.all([readStore(counted), readQueue(counted), readRoom(counted)]);
}

async function readRoom({ room, meter }: Counted): Promise<void> {
  const free = room && (await within(PATIENCE, room).catch(() => undefined));
  meter.show('sila_disk_free_bytes', {}, free);
}

async function readStore({ store, meter, now }: Counted): Promise<void> {
  const stats = await within(PATIENCE, () => store.stats()).catch(() => null);
  for (const name of COUNTS) meter.show(`sila_${name}`, {}, stats?.[name]);
  for (const name of AGES)
    meter.show(`sila_${name}_oldest_seconds`, {}, stats ? age(stats[`${name}_oldest_at`], now()) : undefined);
}

function age(since: number | undefined, now: number): number {
  return since === undefined || since === 0 ? 0 : Math.max(0, now - since) / 1_000;
}

async function readQueue({ queue, meter }: Counted): Promise<void> {
  const read = async (kind: BellKind): Promise<void> => {
    const pending = await within(PATIENCE, () => queue.pending(kind)).catch(() => undefined);
    meter.show('sila_bells_pending', { kind }, pending);
  };
  await Promise.all(BELLS.map(read));
}
