// Group commit: what shares a tick shares a transaction, and each job answers for itself.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../src/store/embedded/database.js';
import { GroupWriter } from '../../src/store/embedded/group-writer.js';
import { newFolder } from './folder.js';

/** Counts transactions, and fails the statement it is told to fail. */
class Watched extends Database {
  commits = 0;
  failing: { sql: string; error: Error } | null = null;

  override run(...[sql, values]: Parameters<Database['run']>): number {
    if (this.failing?.sql === sql) throw this.failing.error;
    if (sql === 'COMMIT') this.commits += 1;
    return super.run(sql, values);
  }
}

const sqliteError = (errcode: number) => Object.assign(new Error('injected'), { code: 'ERR_SQLITE_ERROR', errcode });

let dir = '';
let database: Watched;
let writer: GroupWriter;
beforeEach(async () => {
  dir = await newFolder();
  database = new Watched(join(dir, 'test.db'));
  database.exec('CREATE TABLE t (id TEXT PRIMARY KEY, body BLOB) STRICT');
  writer = new GroupWriter(database);
});
afterEach(async () => {
  database.close();
  await rm(dir, { recursive: true, force: true });
});

const add = (id: string, size = 1) =>
  writer.write((db) => {
    db.insert('t', ['id', 'body'], { id, body: new Uint8Array(size) });
    return id;
  });
const stored = () => database.all('SELECT id FROM t ORDER BY id').map((row) => row['id']);
const outcomes = async (...jobs: Promise<unknown>[]) =>
  (await Promise.allSettled(jobs)).map((result) =>
    result.status === 'fulfilled' ? result.value : ((result.reason as { code?: string }).code ?? 'error'),
  );

describe('group commit', () => {
  it('makes one transaction of one tick', async () => {
    expect(await Promise.all(Array.from({ length: 100 }, (_, n) => add(`i${n}`)))).toHaveLength(100);
    expect(database.commits).toBe(1);
    await add('later');
    expect(database.commits).toBe(2);
  });

  it('makes several of a flood, and loses nothing', async () => {
    await Promise.all(Array.from({ length: 1_500 }, (_, n) => add(`i${n}`)));
    expect(database.commits).toBe(3);
    expect(stored()).toHaveLength(1_500);
  });

  it('answers only once it is committed', async () => {
    let answered = false;
    const writing = add('a').then(() => {
      answered = true;
      expect(database.inTransaction).toBe(false);
    });
    await Promise.resolve();
    expect(answered).toBe(false);
    expect(stored()).toEqual([]);
    await writing;
    expect(stored()).toEqual(['a']);
  });

  it('runs jobs in the order in which they were submitted, each seeing those before it', async () => {
    const seen = await Promise.all(
      [1, 2, 3].map((n) =>
        writer.write((db) => {
          db.insert('t', ['id'], { id: `i${n}` });
          return db.all('SELECT id FROM t').length;
        }),
      ),
    );
    expect(seen).toEqual([1, 2, 3]);
  });

  it('undoes only the job that fails', async () => {
    const half = writer.write((db) => {
      db.insert('t', ['id'], { id: 'half' });
      throw new RangeError('no');
    });
    await expect(Promise.all([half.catch((error: unknown) => Promise.reject(error as Error))])).rejects.toThrow(
      RangeError,
    );
    expect(await outcomes(add('a'), add('a'), add('b'))).toEqual(['a', 'failed', 'b']);
    expect(stored()).toEqual(['a', 'b']);
    expect(writer.healthy).toBe(true);
  });

  it('rejects the whole group when COMMIT fails, and goes on with the next', async () => {
    database.failing = { sql: 'COMMIT', error: sqliteError(778) };
    expect(await outcomes(add('a'), add('b'))).toEqual(['full', 'full']);
    expect(writer.healthy).toBe(false);
    database.failing = null;
    expect(stored()).toEqual([]);
    expect(await outcomes(add('a'))).toEqual(['a']);
    expect(writer.healthy).toBe(true);
  });

  it('stops for good when the disk refuses to sync: a later sync proves nothing', async () => {
    database.failing = { sql: 'COMMIT', error: sqliteError(1034) };
    expect(await outcomes(add('a'))).toEqual(['failed']);
    database.failing = null;
    expect(await outcomes(add('b'))).toEqual(['failed']);
    expect(writer.healthy).toBe(false);
    expect(stored()).toEqual([]);
  });

  it('says that the disk is full, keeps nothing of the group, and recovers by itself', async () => {
    await add('before');
    const pages = Number(database.get('PRAGMA page_count')?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 4}`);
    expect(await outcomes(add('small'), add('big', 1_000_000), add('other'))).toEqual(['full', 'full', 'full']);
    expect(stored()).toEqual(['before']);
    expect(writer.healthy).toBe(false);
    database.exec('PRAGMA max_page_count = 100000');
    expect(await outcomes(add('small'), add('big', 1_000_000))).toEqual(['small', 'big']);
    expect(writer.healthy).toBe(true);
  });

  it('commits what waits when it closes, and refuses what comes later', async () => {
    const last = add('last');
    writer.close();
    expect(await outcomes(last, add('late'))).toEqual(['last', 'closed']);
    expect(stored()).toEqual(['last']);
  });
});
