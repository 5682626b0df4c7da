/**
 * A process that dies within a transaction leaves the rows it wrote to locked until the server loses patience (a minute,
 * `transactionLifetimeLimitSeconds`). So each process says that it lives, and the others end the sessions of one that no longer does.
 */
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { databaseOf } from './connect.js';

/** Milliseconds, by the server's clock alone. Whoever was only slow finds its transactions undone and tries them again. */
const BEAT = 2_000;
const SILENT = 6_000;

interface Process {
  _id: string;
  sessions: string[];
  at: Date;
}

/**
 * Begins at once; `stop` says that this one is gone. `sessions`: the ids of those that stand now, of which the first names the process.
 * What fails (the server is away, the right is missing) is tried with the next beat.
 */
export function pulse(connection: Connection, sessions: () => readonly string[]): { stop: () => Promise<void> } {
  const [me = ''] = sessions();
  const processes = databaseOf(connection).collection<Process>('processes');
  const once = async () => {
    const living = { $set: { sessions: [...sessions()] }, $currentDate: { at: true as const } };
    await processes.updateOne({ _id: me }, living, { upsert: true });
    const silent = { $expr: { $lt: ['$at', { $subtract: ['$$NOW', SILENT] }] } };
    for (const one of await processes.find(silent).toArray()) await bury(connection, one);
  };
  let beating: Promise<void> | null = null;
  const beat = () => {
    beating ??= once()
      .catch(() => undefined)
      .finally(() => {
        beating = null;
      });
  };
  beat();
  const timer = setInterval(beat, BEAT).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
      await processes.deleteOne({ _id: me }).catch(() => undefined);
    },
  };
}

/** Unless it came back meanwhile, it is forgotten; it says so anew with its next beat. */
async function bury(connection: Connection, { _id, sessions, at }: Process): Promise<void> {
  const ids = sessions.map((id) => ({ id: new mongoose.mongo.UUID(id) }));
  await databaseOf(connection).admin().command({ killSessions: ids });
  await databaseOf(connection).collection<Process>('processes').deleteOne({ _id, at });
}
