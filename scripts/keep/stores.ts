/** Opens what a place holds: rows to be taken along, rows to be written, sealed files, and the store as the program works with it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../../src/config.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import type { Blobs, PortableSource, PortableStore, PortableVersions, Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { isLocked } from '../../src/store/embedded/lock.js';
import { isEmbeddedStore, openEmbeddedPortable, readEmbedded } from '../../src/store/embedded/portable.js';
import { openMongoBlobs } from '../../src/store/mongo/blobs.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { openMongoPortable, readMongo, serverTime } from '../../src/store/mongo/portable.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { UpkeepError } from '../../src/upkeep/failure.js';
import type { TimeElsewhere } from './machine.js';

export interface OpenBlobs extends Blobs {
  close: () => Promise<void>;
}

/** The rows as they stand, beside whoever works with them. */
export function reading({ mongo, dataDir }: Place): Promise<PortableSource> {
  return mongo ? readMongo(mongo) : atOnce(() => readEmbedded({ dir: dataDir }));
}

/** The place for rows of these versions, for this command alone. */
export function writing({ mongo, dataDir }: Place, versions: PortableVersions): Promise<PortableStore> {
  if (!mongo) return atOnce(() => openEmbeddedPortable({ dir: dataDir, versions }));
  const older = versions.rows < LATEST.rows || versions.keys < LATEST.keys;
  return older ? Promise.reject(new UpkeepError('older_rows', String(versions.rows))) : openMongoPortable(mongo);
}

/** The folder of an installation that no process runs on, its data brought to the program's versions. */
export function sourceFolder(dir: string): PortableStore {
  if (!existsSync(join(dir, 'sila.db'))) throw new UpkeepError('nothing_there', dir);
  return openEmbeddedPortable({ dir });
}

/** As the program does, though a restore has not ended. */
export function unfinishedStore({ mongo, dataDir }: Place): Promise<Store> {
  if (!mongo) return openEmbeddedStore({ dir: dataDir, unfinished: true });
  return openMongoStore({ ...mongo, random: Math.random, unfinished: true });
}

export async function blobsOf({ mongo, dataDir }: Pick<Place, 'mongo' | 'dataDir'>): Promise<OpenBlobs> {
  if (mongo) return openMongoBlobs(mongo);
  return { ...blobsOnDisk(join(dataDir, 'files')), close: () => Promise.resolve() };
}

/** Whether a process holds the folder; of a database nobody knows. */
export function isRunning({ mongo, dataDir }: Place): boolean {
  return !mongo && isEmbeddedStore(dataDir) && isLocked(dataDir);
}

/** The time that the database server tells; null: there is none. */
export async function timeOf({ mongo }: Place): Promise<TimeElsewhere | null> {
  const begun = Date.now();
  const said = mongo && (await serverTime(mongo).catch(() => null));
  return said === null ? null : { from: 'MongoDB', said, heard: (begun + Date.now()) / 2 };
}

function atOnce<T>(open: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(open());
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
