/** One transaction: tried again when it met another, and never twice when nobody told whether it stands. */
import type { ClientSession, Connection } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { DURABLE } from './connect.js';
import { isAway, isDuplicate, isTransient, isUnknown } from './errors.js';

/** Milliseconds of the back-off, with full jitter: the first at most FIRST, then twice as much each, at most MOST. */
const FIRST = 4;
const MOST = 250;
/** Milliseconds. */
const COMMIT_TIME = 10_000;
/** How often it is tried again, by what went wrong. A row that clashes is looked at again: another put it there meanwhile. */
const TRIES = { conflict: 24, clash: 4, away: 2, unknown: 3 } as const;
type Trouble = keyof typeof TRIES;

export interface Attempt<T> {
  /** The reads and writes, all with this session, one after the other. May run several times; what it throws undoes all of it. */
  work: (session: ClientSession) => Promise<T>;
  /**
   * After a commit without an answer: what it gave, or null when nothing of it stands. Without this such a commit is not tried again.
   */
  found?: () => Promise<T | null>;
}

export interface Chance {
  connection: Connection;
  /** 0 ≤ x < 1. */
  random: () => number;
}

/** Rejects with the driver's error, or with what `work` threw. */
export async function transaction<T>(chance: Chance, attempt: Attempt<T>): Promise<T> {
  const met: Record<Trouble, number> = { conflict: 0, clash: 0, away: 0, unknown: 0 };
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(chance.connection, attempt.work);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble) met[trouble] += 1;
      if (met.unknown > 0) {
        // A late commit may make this attempt fail on rows that are its own.
        const done = await attempt.found?.();
        if (done !== undefined && done !== null) return done;
        if (!attempt.found) throw error;
      }
      if (!trouble || met[trouble] > TRIES[trouble]) throw error;
      await pause(chance.random() * Math.min(MOST, FIRST * 2 ** tries));
    }
  }
}

async function once<T>(connection: Connection, work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await connection.startSession();
  try {
    session.startTransaction({
      readConcern: { level: 'snapshot' },
      writeConcern: DURABLE,
      readPreference: 'primary',
      maxCommitTimeMS: COMMIT_TIME,
    });
    const value = await work(session);
    await session.commitTransaction();
    return value;
  } finally {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
    await session.endSession();
  }
}

function troubleOf(error: unknown): Trouble | null {
  if (isUnknown(error)) return 'unknown';
  if (isAway(error)) return 'away';
  if (isTransient(error)) return 'conflict';
  return isDuplicate(error) ? 'clash' : null;
}
