// Back-ups of the store in MongoDB while processes write to it, and restores into either store.
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Blobs, PortableSource } from '../../src/store/contract.js';
import { openMongoBlobs } from '../../src/store/mongo/blobs.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { openMongoPortable, readMongo } from '../../src/store/mongo/portable.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { backup, backupKeys, type BackupReport } from '../../src/upkeep/backup.js';
import { readManifest } from '../../src/upkeep/manifest.js';
import { examine } from '../../src/upkeep/doctor/examine.js';
import { dangling } from '../../src/upkeep/references.js';
import { restore, type RestoreNeeds, type RestoreReport } from '../../src/upkeep/restore.js';
import { harness, KEY, MORNING, SARA, type Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { freshDatabase, servers, type FreshDatabase } from '../support/servers.js';
import { allRows, backUp, folder, prefixFaults, reading, restoreInto, sumsOf } from './world.js';

const DAY = 24 * 60 * 60 * 1000;

describe.skipIf(servers.mongo === null)('the store in MongoDB taken along', () => {
  const made: FreshDatabase[] = [];
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  function fresh(): string {
    const database = freshDatabase();
    made.push(database);
    return database.url;
  }

  async function blobsIn(url: string): Promise<Blobs> {
    const blobs = await openMongoBlobs({ url });
    ends.push(() => blobs.close());
    return blobs;
  }

  async function running(url: string, more: { messagesBefore?: number } = {}): Promise<Harness> {
    const blobs = await blobsIn(url);
    const store = await openMongoStore({ url, random: Math.random });
    const h = await harness({ ...more, open: () => Promise.resolve({ store, blobs }) });
    ends.push(h.stop);
    return h;
  }

  async function read<T>(url: string, work: (source: PortableSource) => Promise<T>): Promise<T> {
    const source = await readMongo({ url });
    try {
      return await work(source);
    } finally {
      await source.close();
    }
  }

  /** What the doctor finds amiss. */
  async function examined(url: string, now: number): Promise<string[]> {
    const blobs = await blobsIn(url);
    const needs = { blobs, open: () => readMongo({ url }), latest: LATEST, encryptionKeys: [KEY], random: () => 0.5 };
    const spoolDir = join(folder(), 'spool');
    const findings = await read(url, (source) => examine({ ...needs, source, spoolDir, now }));
    expect(findings.find(({ name }) => name === 'files_there')?.values).toEqual({ count: 1, opened: 1 });
    expect(findings.find(({ name }) => name === 'audit_whole')?.values).toEqual({ count: 3 });
    return findings.filter(({ level }) => level !== 'well').map(({ name }) => name);
  }

  async function backUpMongo(url: string, to: string, now: number): Promise<BackupReport> {
    return backup({ open: () => readMongo({ url }), blobs: await blobsIn(url), to, keepKeys: 14, now: () => now });
  }

  function restoreMongo(from: string, url: string, more: Partial<RestoreNeeds> = {}): Promise<RestoreReport> {
    return restore({
      ...{ from, keys: null, latest: LATEST, encryptionKeys: [KEY], ...more },
      openTarget: () => openMongoPortable({ url }),
      openStore: () => openMongoStore({ url, random: Math.random, unfinished: true }),
      blobs: () => blobsIn(url),
    });
  }

  it('shows one moment while others write, and a back-up of it goes into either store', async () => {
    const [url, to] = [fresh(), folder()];
    const h = await running(url);
    const users = Array.from({ length: 6 }, (_, i) => `person-${i}`);
    const number = await fileRequest(h, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
    const load = { over: false, rounds: 0 };
    const writing = (async () => {
      const lines = ['السلام عليكم', 'طلب مساعدة', 'القائمة', 'ما أوقات الدوام؟'];
      for (; !load.over; load.rounds++) {
        h.clock.pass(10_000);
        await Promise.all(users.map((user, i) => h.write(user, lines[(load.rounds + i) % lines.length]!)));
        await h.settle();
      }
    })();
    await expect.poll(() => load.rounds, { timeout: 60_000 }).toBeGreaterThan(1);
    const during = load.rounds;
    const moment = await readMongo({ url });
    const first = await sumsOf(moment);
    await expect.poll(() => load.rounds, { timeout: 60_000 }).toBeGreaterThan(during + 1);
    const { keys: _k, erasures: _e, ...again } = await sumsOf(moment);
    expect(again).toEqual(Object.fromEntries(Object.entries(first).filter(([name]) => name in again)));
    await moment.close();
    const { tables, folder: kept } = await backUpMongo(url, to, MORNING);
    expect(['snapshot_session', 'transaction']).toContain((await readManifest(kept)).moment);
    expect(tables['messages']!.count).toBeGreaterThan(first['messages']!.count);
    load.over = true;
    await writing;

    const [dir, other] = [folder(), fresh()];
    const restored = [await restoreInto(to, dir), await restoreMongo(to, other)];
    for (const report of restored) expect(report).toMatchObject({ tables, files: { count: 1, lost: [] } });
    await read(url, async (later) => {
      for (const check of [(work: typeof whole) => reading(dir, work), (work: typeof whole) => read(other, work)]) {
        await check(whole);
      }
      async function whole(source: PortableSource): Promise<void> {
        expect(await prefixFaults(source, later, false)).toEqual([]);
        expect(await dangling(source)).toEqual({});
      }
    });
    const embedded = await harness({ dir, clock: h.clock, messagesBefore: 1_000_000 });
    ends.push(embedded.stop);
    for (const one of [embedded, await running(other, { messagesBefore: 1_000_000 })]) {
      one.clock.at = h.clock.at + 10_000;
      const detail = await one.sila.desk.case(number, SARA);
      expect((await one.sila.desk.file(detail.files[0]!.id, SARA)).bytes.length).toBeGreaterThan(0);
      expect(await one.tell(users[0]!, 'القائمة')).not.toEqual([]);
      expect(await one.tell('somebody new', 'السلام عليكم')).not.toEqual([]);
    }
  });

  it('forgets whoever was erased since, refuses a database that holds data, and a version ahead of it', async () => {
    const [url, to, dir] = [fresh(), folder(), folder()];
    const before = await harness({ dir });
    const number = await fileRequest(before, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
    await before.tell('omar', 'السلام عليكم');
    await before.stop();
    await backUp(dir, to, MORNING);
    expect((await restoreMongo(to, url)).forgotten).toEqual({ people: 0, cases: 0, files: 0 });
    expect(await read(url, sumsOf)).toEqual(await reading(dir, sumsOf));
    await expect(restoreMongo(to, url)).rejects.toMatchObject({ code: 'not_empty' });

    const h = await running(url);
    for (let i = 0; i < 3; i++) await h.store.staff.audit({ at: i, staff: SARA.id, act: 'case_read', subject: number });
    expect(await examined(url, h.clock.at)).toEqual([]);
    const { conversation } = (await h.store.cases.get(number))!;
    await h.sila.desk.erase(conversation, SARA);
    await backupKeys({ open: () => readMongo({ url }), to, keepKeys: 14, now: () => MORNING + DAY });
    const other = fresh();
    expect((await restoreMongo(to, other)).forgotten).toEqual({ people: 1, cases: 1, files: 1 });
    const again = await running(other, { messagesBefore: 100 });
    await expect(again.sila.desk.case(number, SARA)).rejects.toMatchObject({ code: 'not_found' });
    expect(await read(other, (source) => allRows(source, 'files'))).toEqual([]);
    expect(await again.tell(FATIMA.user, 'السلام عليكم')).not.toEqual([]);

    const target = await openMongoPortable({ url: other });
    await target.write('facts', [{ name: 'version', value: '999' }]);
    await target.close();
    await expect(readMongo({ url: other })).rejects.toMatchObject({ code: 'newer_data' });
    await expect(openMongoPortable({ url: other })).rejects.toMatchObject({ code: 'newer_data' });
  });
});
