// Where a process keeps things and how it is rung: a folder of its own, or what several processes share.
import { mkdirSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, ScaleOut } from '../config.js';
import { codeOf, type Log } from '../conversation/log.js';
import type { Texts } from '../conversation/texts.js';
import { blobsOnDisk } from '../files/disk.js';
import type { Ids } from '../ids.js';
import type { Board } from '../queue/contract.js';
import { openEmbeddedQueue } from '../queue/embedded.js';
import type { Shared, SilaOptions } from '../sila.js';
import { SpoolFolder } from '../spool/spool-folder.js';
import { lockFolder } from '../store/embedded/lock.js';
import { openEmbeddedStore } from '../store/embedded/open.js';
import { announce } from './words.js';

export interface Places extends Pick<SilaOptions, 'store' | 'queue' | 'blobs' | 'room' | 'shared'> {
  /** The operators' page of the queues; absent: there is nothing to look at. */
  board?: (base: string, title: string) => Board;
  /** Lets go of what Sila itself does not close. */
  close: () => Promise<void>;
}

export interface OpenPlaces {
  config: Config;
  texts: Texts;
  ids: Ids;
  log: Log;
}

/** Rejects with a StoreError, or with a RedisAway. */
export function openPlaces(given: OpenPlaces): Promise<Places> {
  return given.config.scaleOut ? openServers(given, given.config.scaleOut) : openFolder(given);
}

async function openFolder({ config: { dataDir }, log }: OpenPlaces): Promise<Places> {
  return {
    store: await openEmbeddedStore({ dir: dataDir }),
    queue: openEmbeddedQueue((kind, error) => log('bell.failed', { kind, reason: codeOf(error) })),
    blobs: blobsOnDisk(join(dataDir, 'files')),
    room: () => roomIn(dataDir),
    close: () => Promise.resolve(),
  };
}

/** The drivers are loaded only here: one process alone needs none of them. */
async function openServers(given: OpenPlaces, { mongo, standalone, redis, role, spool }: ScaleOut): Promise<Places> {
  const { config, texts, ids, log } = given;
  const { openMongoStore } = await import('../store/mongo/open.js');
  const { openMongoBlobs } = await import('../store/mongo/blobs.js');
  const where = { url: mongo, allowStandalone: standalone };
  const opened: (() => Promise<void>)[] = [];
  try {
    const store = await openMongoStore({ ...where, random: Math.random });
    opened.push(() => store.close());
    const blobs = await openMongoBlobs(where);
    opened.push(() => blobs.close());
    const queue = await openQueue(redis, mongo, ids, log);
    for (const finding of queue.findings) announce(texts, `boot.redis.${finding}`);
    const shared = { role, spool: openSpools(config.dataDir, spool, log) };
    const board = (base: string, title: string) => queue.board(base, title);
    return { store, queue, blobs, shared, board, close: () => blobs.close() };
  } catch (error) {
    for (const close of opened) await close();
    throw error;
  }
}

async function openQueue(url: string, mongo: string, ids: Ids, log: Log) {
  const { openSharedQueue } = await import('../queue/bullmq/open.js');
  return openSharedQueue({
    url,
    prefix: `sila-${databaseOf(mongo)}`,
    newId: () => ids.next(),
    now: () => Date.now(),
    onTrouble: ({ of, what, error }) => log(`bell.${what}`, { kind: of, reason: codeOf(error) }),
  });
}

/** Installations that share a Redis are told apart by their databases. */
function databaseOf(mongo: string): string {
  return /^[^/]+\/\/[^/]+\/([\w-]+)/.exec(mongo)?.[1] ?? '';
}

function openSpools(dataDir: string, most: number, log: Log): Shared['spool'] {
  const dir = join(dataDir, 'spool');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  let number = 0;
  return new SpoolFolder({
    dir,
    most,
    lock: (place) => lockFolder(place, 0),
    onDamaged: (kind, bytes) => {
      log(`spool.${kind}`, { bytes: bytes.length });
      // What was damaged was acknowledged once: it is kept for whoever can make something of it.
      const kept = join(dir, `${kind}-${process.pid}-${++number}.bin`);
      if (kind === 'damaged') void writeFile(kept, bytes, { mode: 0o600 }).catch(() => log('spool.damage_not_kept'));
    },
  });
}

/** Bytes that this account may still write where the data lie. */
async function roomIn(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}
