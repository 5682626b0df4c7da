// Back-ups made while people write, and what comes out of them elsewhere.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { VaultError } from '../../src/privacy/vault-error.js';
import { backup, backupKeys } from '../../src/upkeep/backup.js';
import { dangling } from '../../src/upkeep/references.js';
import { restore } from '../../src/upkeep/restore.js';
import { openEmbeddedPortable, readEmbedded } from '../../src/store/embedded/portable.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { harness, KEY, MORNING, SARA, started, type Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture, saudiId } from '../conversation/request.js';
import { allRows, backUp, folder, prefixFaults, reading, restoreInto, restoreNeeds, sumsOf } from './world.js';

const OMAR = { user: 'omar', name: 'عمر صالح الغامدي', id: saudiId('104455667'), phone: '0567778899' };
const paper = async (name: string) => ({ name: `${name}.png`, bytes: await picture(name) });
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Two people whose requests are filed, each with a paper. */
async function twoCases(): Promise<{ h: Harness; dir: string; fatima: string; omar: string }> {
  const dir = folder();
  const h = await started({ dir });
  const fatima = await fileRequest(h, { ...FATIMA, file: await paper('F') });
  const omar = await fileRequest(h, { ...OMAR, file: await paper('O') });
  return { h, dir, fatima, omar };
}

/** A person's case as staff read it: name and first file, opened with the keys. */
async function caseOf(h: Harness, number: string): Promise<{ name: string; file: Buffer | undefined }> {
  const detail = await h.sila.desk.case(number, SARA);
  const [first] = detail.files;
  return { name: detail.name, file: first && (await h.sila.desk.file(first.id, SARA)).bytes };
}

describe('a back-up under load', () => {
  it('holds a prefix of history, whole, from which conversations go on', async () => {
    const [dir, to] = [folder(), folder()];
    const h = await started({ dir });
    const users = Array.from({ length: 8 }, (_, i) => `person-${i}`);
    const lines = ['السلام عليكم', 'طلب مساعدة', 'أوافق', 'القائمة', 'ما أوقات الدوام؟'];
    const load = { over: false, rounds: 0 };
    const writing = (async () => {
      for (; !load.over; load.rounds++) {
        h.clock.pass(10_000);
        await Promise.all(users.map((user, i) => h.write(user, lines[(load.rounds + i) % lines.length]!)));
        await h.settle();
      }
    })();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) {
      const before = load.rounds;
      const { folder: kept, tables } = await backUp(dir, to, MORNING + i);
      made.push(kept);
      expect(tables['turns']!.count).toBeGreaterThanOrEqual(before * users.length);
      await expect.poll(() => load.rounds, { interval: 5, timeout: 30_000 }).toBeGreaterThan(before + 1);
    }
    load.over = true;
    await writing;

    const later = readEmbedded({ dir });
    for (const from of made) {
      const into = folder();
      await restoreInto(from, into);
      await reading(into, async (restored) => {
        expect(await prefixFaults(restored, later)).toEqual([]);
        expect(await prefixFaults(later, restored)).not.toEqual([]);
        expect(await dangling(restored)).toEqual({});
      });
    }
    await later.close();

    const into = folder();
    await restoreInto(made[1]!, into);
    const again = await harness({ dir: into, clock: h.clock, messagesBefore: 1_000_000 });
    for (const user of users) {
      h.clock.pass(10_000);
      expect(await again.tell(user, 'القائمة')).not.toEqual([]);
    }
    expect(again.logged.filter(({ event }) => event === 'item.quarantined')).toEqual([]);
    await again.stop();
  }, 60_000);

  it('leaves out a file that was removed meanwhile, with its row, and names one that is lost', async () => {
    const { h, dir, fatima, omar } = await twoCases();
    const to = folder();
    const [gone, lost] = await Promise.all([fatima, omar].map((number) => h.store.files.ofCase(number)));
    const blobs = blobsOnDisk(join(dir, 'files'));
    const away = {
      ...blobs,
      get: async (id: string) => {
        // Between the moment of the rows and the copying of the file.
        if (id === gone![0]!.id) await h.sila.house.files.remove(id);
        if (id === lost![0]!.id) await blobs.drop(id);
        return blobs.get(id);
      },
    };
    const open = () => Promise.resolve(readEmbedded({ dir }));
    const report = await backup({ open, blobs: away, to, keepKeys: 14, now: () => MORNING });
    expect(report.files).toMatchObject({ count: 0, lost: [lost![0]!.id] });
    const into = folder();
    await restoreInto(to, into);
    await reading(into, async (restored) => {
      expect((await allRows(restored, 'files')).map((row) => row['id'])).toEqual([lost![0]!.id]);
    });
  });
});

describe('what is restored', () => {
  it('is all that was there, files and keys too, and says it in numbers', async () => {
    const { h, dir, fatima } = await twoCases();
    const [to, into] = [folder(), folder()];
    const report = await backUp(dir, to, MORNING);
    const restored = await restoreInto(to, into);
    expect(restored).toMatchObject({ at: MORNING, tables: report.tables, keyTables: report.keyTables });
    expect(restored.files).toEqual({ count: 2, bytes: report.files.bytes, lost: [] });
    expect(restored.forgotten).toEqual({ people: 0, cases: 0, files: 0 });
    expect(await reading(into, sumsOf)).toEqual(await reading(dir, sumsOf));
    const again = await harness({ dir: into, clock: h.clock });
    expect(await caseOf(again, fatima)).toEqual(await caseOf(h, fatima));
    await again.stop();
  });

  it('holds nothing of a person who was erased since, once the keys were backed up again', async () => {
    const { h, dir, fatima, omar } = await twoCases();
    const [to, into] = [folder(), folder()];
    await backUp(dir, to, MORNING);
    const { conversation, address } = (await h.store.cases.get(fatima))!;
    const wrapped = await Promise.all([`address:${address}`, `case:${fatima}`].map((one) => h.store.keys.get(one)));
    await h.sila.desk.erase(conversation, SARA);
    const open = () => Promise.resolve(readEmbedded({ dir }));
    await backupKeys({ open, to, keepKeys: 14, now: () => MORNING + DAY });

    const { forgotten, at, keysAt } = await restoreInto(to, into);
    expect({ at, keysAt }).toEqual({ at: MORNING, keysAt: MORNING + DAY });
    expect(forgotten).toEqual({ people: 1, cases: 1, files: 1 });
    const again = await harness({ dir: into, clock: h.clock, messagesBefore: 100 });
    expect(await again.sila.desk.cases({ search: FATIMA.phone, limit: 5 }, SARA)).toEqual([]);
    await expect(again.sila.desk.case(fatima, SARA)).rejects.toMatchObject({ code: 'not_found' });
    expect((await again.sila.desk.transcript(conversation, SARA)).every(({ text }) => text === '')).toBe(true);
    expect(await caseOf(again, omar)).toEqual(await caseOf(h, omar));
    expect(readdirSync(join(into, 'files'))).toHaveLength(1);
    for (const subject of [`address:${address}`, `case:${fatima}`])
      expect(await again.store.keys.get(subject)).toBeNull();
    // The newer keys open nothing of the rows of before either.
    await reading(into, async (restored) => {
      expect(await dangling(restored)).toEqual({});
      const keys = (await allRows(restored, 'keys')).map((row) => Buffer.from(row['wrapped'] as Uint8Array));
      for (const key of wrapped) expect(keys.some((one) => one.equals(key!))).toBe(false);
    });
    expect(await again.tell(FATIMA.user, 'السلام عليكم')).not.toEqual([]);
    await again.stop();
  });

  it('goes on after an interruption, and is refused by the program until then', async () => {
    const { dir } = await twoCases();
    const [to, into] = [folder(), folder()];
    await backUp(dir, to, MORNING);
    const needs = restoreNeeds(to, into);
    let puts = 0;
    const blobs = blobsOnDisk(join(into, 'files'));
    const broken: typeof blobs = {
      ...blobs,
      put: (name, bytes) => (++puts > 1 ? Promise.reject(new Error('the cable')) : blobs.put(name, bytes)),
    };
    await expect(restore({ ...needs, blobs: () => Promise.resolve(broken) })).rejects.toThrow('the cable');
    await expect(harness({ dir: into })).rejects.toMatchObject({ code: 'unfinished' });
    await expect(backUp(into, folder(), MORNING)).rejects.toMatchObject({ code: 'unfinished' });
    await restore(needs);
    expect(await reading(into, sumsOf)).toEqual(await reading(dir, sumsOf));
  });
});

describe('a back-up of an older version', () => {
  it('is restored as it was and then brought to the version of the program', async () => {
    const [dir, to, into] = [folder(), folder(), folder()];
    const older = openEmbeddedPortable({ dir, versions: { rows: LATEST.rows - 1, keys: LATEST.keys } });
    await older.write('addresses', [
      { id: 'a', channel: 'fake', account: 'main', addressKey: 'k', sealed: Uint8Array.of(1), createdAt: MORNING },
    ]);
    const kept = older.tables.map(({ name }) => name);
    await older.close();
    const { tables } = await backUp(dir, to, MORNING);
    expect(Object.keys(tables).sort()).toEqual(kept.filter((name) => !['keys', 'erasures'].includes(name)).sort());
    expect((await restoreInto(to, into)).tables).toEqual(tables);
    expect(await reading(into, (source) => Promise.resolve(source.versions))).toEqual(LATEST);
    expect(await reading(into, (source) => allRows(source, 'addresses'))).toHaveLength(1);
    await expect(backUp(dir, to, MORNING)).rejects.toMatchObject({ code: 'name_taken' });
  });
});

describe('a restore is refused', () => {
  it('into a place that holds data, or that is in use; nothing is changed', async () => {
    const { dir } = await twoCases();
    const to = folder();
    await backUp(dir, to, MORNING);
    await expect(restoreInto(to, dir)).rejects.toMatchObject({ code: 'in_use' });
    const other = folder();
    const h = await harness({ dir: other });
    await h.tell('somebody', 'السلام عليكم');
    await h.stop();
    const before = await reading(other, sumsOf);
    await expect(restoreInto(to, other)).rejects.toMatchObject({ code: 'not_empty' });
    expect(await reading(other, sumsOf)).toEqual(before);
  });

  it('with keys that are older than the rows, of somebody else, or of another encryption key', async () => {
    const { h, dir } = await twoCases();
    const [to, elsewhere, into] = [folder(), folder(), folder()];
    const open = () => Promise.resolve(readEmbedded({ dir }));
    const { keys } = await backupKeys({ open, to, keepKeys: 14, now: () => MORNING - 1 });
    await h.tell('late', 'السلام عليكم');
    const { folder: from } = await backUp(dir, to, MORNING);
    await expect(restoreInto(from, into, keys)).rejects.toMatchObject({ code: 'other_keys' });
    const stranger = await harness({ dir: elsewhere });
    await stranger.tell('somebody', 'السلام عليكم');
    await stranger.stop();
    const theirs = await backUp(elsewhere, folder(), MORNING);
    await expect(restoreInto(from, into, theirs.keys)).rejects.toMatchObject({ code: 'other_keys' });
    const wrong = { ...restoreNeeds(from, into), encryptionKeys: [Buffer.alloc(32, 9)] };
    await expect(restore(wrong)).rejects.toBeInstanceOf(VaultError);
    await expect(restore({ ...wrong, encryptionKeys: [Buffer.alloc(32, 9), KEY] })).resolves.toBeDefined();
  });

  it('from where there is none', async () => {
    const into = folder();
    await expect(restoreInto(join(folder(), 'none'), into)).rejects.toMatchObject({ code: 'nothing_there' });
    expect(existsSync(join(into, 'sila.db'))).toBe(false);
  });
});

describe('keys files', () => {
  it('are kept for their own, shorter time; the newest opens every older back-up', async () => {
    const { h, dir, fatima } = await twoCases();
    const [to, into] = [folder(), folder()];
    const first = await backUp(dir, to, MORNING, 7);
    await h.tell('later', 'السلام عليكم');
    const second = await backUp(dir, to, MORNING + 6 * DAY, 7);
    expect([first.dropped, second.dropped]).toEqual([0, 0]);
    const third = await backUp(dir, to, MORNING + 8 * DAY, 7);
    expect(third.dropped).toBe(1);
    expect(existsSync(first.keys)).toBe(false);
    rmSync(second.keys);
    const { keysAt } = await restoreInto(first.folder, into);
    expect(keysAt).toBe(MORNING + 8 * DAY);
    const again = await harness({ dir: into, clock: h.clock });
    expect((await caseOf(again, fatima)).name).toBe(FATIMA.name);
    await again.stop();
    // The only one stays, however old.
    const alone = await backUp(dir, folder(), MORNING, 0);
    expect(existsSync(alone.keys)).toBe(true);
  });

  it('hold no row, and the rows no key', async () => {
    const { dir } = await twoCases();
    const report = await backUp(dir, folder(), MORNING);
    expect(Object.keys(report.keyTables).sort()).toEqual(['erasures', 'keys']);
    expect(Object.keys(report.tables)).not.toContain('keys');
  });
});
