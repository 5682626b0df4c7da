/** One transaction: tried again when it met another, and never twice when nobody told whether it stands. */
import type { ClientSession } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { DURABLE } from './connect.js';
import { isAway, isBroken, isDuplicate, isTransient, isUnknown } from './errors.js';

/** Milliseconds of the back-off, with full jitter: the first at most FIRST, then twice as much each, at most MOST. */
const FIRST = 4;
const MOST = 250;
/** Milliseconds. */
const COMMIT_TIME = 10_000;
/**
 * How often it is tried again, by what went wrong. A row that clashes is looked at again: another put it there meanwhile. Where no server is
 * to be found nothing is: the driver has waited for one already, and callers must know.
 */
const TRIES = { conflict: 24, clash: 4, broken: 2, unknown: 3 } as const;
type Trouble = keyof typeof TRIES;

export interface Attempt<T> {
  /** The reads and writes, all in the session, one after the other. May run several times; what it throws undoes all of it. */
  work: () => Promise<T>;
  /**
   * After a commit without an answer: what it gave, or null when nothing of it stands. Without this such a commit is not tried again.
   */
  found?: () => Promise<T | null>;
}

/**
 * Rejects with the driver's error, or with what `work` threw. All attempts are made in one session: a server that still holds an attempt open,
 * whose commit never reached it, lets go of that one when the next begins. `random`: 0 ≤ x < 1.
 */
export async function transaction<T>(
  session: ClientSession,
  random: () => number,
  { work, found }: Attempt<T>,
): Promise<T> {
  const met: Record<Trouble, number> = { conflict: 0, clash: 0, broken: 0, unknown: 0 };
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(session, work);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble) met[trouble] += 1;
      if (met.unknown > 0) {
        if (!found) throw error;
        // Asked after every later failure too: a late commit may make an attempt fail on rows that are its own.
        const done = await found();
        if (done !== null) return done;
      }
      if (!trouble || met[trouble] > TRIES[trouble]) throw error;
      await pause(random() * Math.min(MOST, FIRST * 2 ** tries));
    }
  }
}

async function once<T>(session: ClientSession, work: () => Promise<T>): Promise<T> {
  session.startTransaction({
    readConcern: { level: 'snapshot' },
    writeConcern: DURABLE,
    readPreference: 'primary',
    maxCommitTimeMS: COMMIT_TIME,
  });
  try {
    const value = await work();
    await session.commitTransaction();
    return value;
  } finally {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
  }
}

function troubleOf(error: unknown): Trouble | null {
  if (isUnknown(error)) return 'unknown';
  if (isAway(error)) return null;
  if (isBroken(error)) return 'broken';
  if (isTransient(error)) return 'conflict';
  return isDuplicate(error) ? 'clash' : null;
}
