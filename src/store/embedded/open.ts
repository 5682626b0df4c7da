/** Opens the embedded store: SQLite files in one folder, one process, every acknowledged write on disk. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../contract.js';
import { access } from './access.js';
import type { Access } from './access.js';
import { addresses } from './addresses.js';
import { refuseMarked, startAfresh } from './afresh.js';
import { articles } from './articles.js';
import { cases } from './cases.js';
import { commit } from './commit.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import { counters, leases } from './counters.js';
import { Database } from './database.js';
import { storeError } from './errors.js';
import { files } from './files.js';
import { flowSets } from './flow-sets.js';
import { GroupWriter } from './group-writer.js';
import { retentions } from './retentions.js';
import { keys } from './keys.js';
import { lockFolder } from './lock.js';
import { mailbox } from './mailbox.js';
import { messages } from './messages.js';
import { migrate, refuseNewer } from './migrate.js';
import { notices } from './notices.js';
import { questions } from './questions.js';
import { ratings } from './ratings.js';
import { registers } from './registers.js';
import { KEY_MIGRATIONS, MIGRATIONS } from './schema.js';
import { staff } from './staff.js';
import { probe, stats, tidy } from './upkeep.js';
import { unclaimed } from './unclaimed.js';
import { uploads } from './uploads.js';

export interface Place {
  dir: string;
  /** Opens it though a restore into it did not end: for the restore itself. */
  unfinished?: true;
}

/**
 * Opens (or makes) the store in `dir`: `sila.db` holds the rows, `keys.db` the wrapped data keys, `lock.db` keeps other processes out.
 * Rejects with a `StoreError`: `in_use`, `newer_data` (nothing was written), `unfinished`, `moved`, `corrupt`, `full` or `failed`.
 */
export function openEmbeddedStore(place: Place): Promise<Store> {
  return new Promise((resolve, reject) => {
    try {
      mkdirSync(place.dir, { recursive: true, mode: 0o700 });
      resolve(open(place));
    } catch (error) {
      reject(storeError(error));
    }
  });
}

interface OpenFile {
  readonly access: Access;
  readonly writer: GroupWriter;
  readonly database: Database;
}

function open({ dir, unfinished }: Place): Store {
  const unlock = lockFolder(dir);
  const opened: OpenFile[] = [];
  const close = () => {
    for (const file of opened) file.writer.close();
    for (const file of opened) file.database.close();
    unlock();
  };
  try {
    const [rows, wrapped] = [join(dir, 'sila.db'), join(dir, 'keys.db')];
    refuseNewer(rows, MIGRATIONS.length);
    refuseNewer(wrapped, KEY_MIGRATIONS.length);
    const main = openFile(rows, MIGRATIONS, opened);
    const keyring = openFile(wrapped, KEY_MIGRATIONS, opened);
    refuseMarked(main.database, unfinished ? ['moved'] : ['moved', 'unfinished']);
    startAfresh(main.database);
    return assemble(main, keyring, close);
  } catch (error) {
    close();
    throw error;
  }
}

function openFile(path: string, migrations: readonly string[], opened: OpenFile[]): OpenFile {
  const database = new Database(path);
  const writer = new GroupWriter(database);
  const file = { database, writer, access: access(database, writer) };
  opened.push(file);
  migrate(database, migrations);
  return file;
}

function assemble(main: OpenFile, keyring: OpenFile, close: () => void): Store {
  let closed = false;
  return {
    turns: {
      ...mailbox(main.access),
      ...conversations(main.access),
      commit: (turn) => main.access.write((database) => commit(database, turn)),
    },
    messages: messages(main.access),
    addresses: addresses(main.access),
    cases: cases(main.access),
    registers: registers(main.access),
    contacts: contacts(main.access),
    files: files(main.access),
    retentions: retentions(main.access),
    keys: keys(keyring.access),
    staff: staff(main.access),
    ratings: ratings(main.access),
    notices: notices(main.access),
    flowSets: flowSets(main.access),
    counters: counters(main.access),
    leases: leases(main.access),
    uploads: uploads(main.access),
    unclaimed: unclaimed(main.access),
    questions: questions(main.access),
    articles: articles(main.access),
    tidy: (now) => tidy(main.access, now),
    stats: () => stats(main.access),
    healthy: () => healthy(main, keyring),
    close: () => {
      if (!closed) close();
      closed = true;
      return Promise.resolve();
    },
  };
}

/** After a write that failed, only one that succeeds shows that the disk has room again. */
async function healthy(main: OpenFile, keyring: OpenFile): Promise<boolean> {
  try {
    await keyring.access.read((database) => database.get('SELECT 1'));
    await main.access.read((database) => database.get('SELECT 1'));
    if (main.writer.healthy && keyring.writer.healthy) return true;
    await probe(main.access);
    // Keys are small: that their file takes a transaction is enough.
    await keyring.access.write((database) => database.run(`DELETE FROM keys WHERE subject = ''`));
    return true;
  } catch {
    return false;
  }
}
