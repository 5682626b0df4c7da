/** One moment of a whole database, read through while others write. */
import type { ClientSession, Connection } from 'mongoose';
import { databaseOf } from './connect.js';

export interface Picture {
  readonly moment: 'snapshot_session' | 'transaction';
  /** Reads with it see that moment. */
  readonly session?: ClientSession;
  readonly end: () => Promise<void>;
}

/**
 * Fixes the moment. MongoDB keeps a snapshot session's moment readable for five minutes (`minSnapshotHistoryWindowInSeconds`, to be raised for
 * large data). A server that gives no cluster time knows no snapshot sessions, though it takes them: there one transaction reads everything.
 */
export async function openPicture(connection: Connection): Promise<Picture> {
  const timed = await givesClusterTime(connection);
  const session = await connection.startSession(timed ? { snapshot: true, causalConsistency: false } : {});
  if (!timed) session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' });
  // The first read fixes it.
  await databaseOf(connection).collection('facts').findOne({}, { session });
  return {
    moment: timed ? 'snapshot_session' : 'transaction',
    session,
    end: async () => {
      if (session.inTransaction()) await session.abortTransaction();
      await session.endSession();
    },
  };
}

/** https://www.mongodb.com/docs/manual/reference/read-concern-snapshot/: the reply to a snapshot read names its `atClusterTime`. */
async function givesClusterTime(connection: Connection): Promise<boolean> {
  const reply = await databaseOf(connection)
    .command({ find: 'facts', limit: 1, readConcern: { level: 'snapshot' } })
    .catch(() => ({}));
  const { cursor } = reply as { cursor?: { atClusterTime?: unknown } };
  return cursor?.atClusterTime !== undefined;
}
