// What only the embedded store promises: its lock, its refusal of newer data, what a restart frees, and keys that are really gone.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { newFolder } from './folder.js';
import { bytes, hintOf, itemOf, messageOf, speak } from './rows.js';

let dir = '';
beforeEach(async () => {
  dir = await newFolder();
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** What the files of a folder hold. A log without anything in it comes and goes with connections. */
const digests = async (folder: string) => {
  const names = (await readdir(folder)).filter((name) => !/^lock|-shm$/.test(name)).sort();
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
  return files
    .filter(([name, content]) => !(name.endsWith('-wal') && content.length === 0))
    .map(([name, content]) => `${name} ${createHash('sha256').update(content).digest('hex')}`);
};

/** The database files of a folder with their logs, as they are now; what is open there has no hold on the copy. */
async function copyOf(folder: string, to: string): Promise<string> {
  const copy = join(dir, to);
  await mkdir(copy, { recursive: true });
  const names = (await readdir(folder)).filter((name) => /\.db(-wal)?$/.test(name) && !name.startsWith('lock'));
  for (const name of names) await copyFile(join(folder, name), join(copy, name));
  return copy;
}

describe('the folder', () => {
  it('is made when it is missing, closed to others', async () => {
    const store = await openEmbeddedStore({ dir: join(dir, 'deep', 'data') });
    expect(await store.healthy()).toBe(true);
    await store.close();
  });

  it('belongs to one store at a time', async () => {
    const store = await openEmbeddedStore({ dir });
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('DATA_DIR'),
    });
    await store.close();
    await (await openEmbeddedStore({ dir })).close();
  });

  it.each(['sila.db', 'keys.db'])('is refused without a write when %s is newer than the program', async (name) => {
    const used = join(dir, 'used');
    await (await openEmbeddedStore({ dir: used })).close();
    const updated = await copyOf(used, 'updated');
    const newer = new DatabaseSync(join(updated, name));
    newer.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 99');
    // As the newer program left it when it was killed: its last write stands in the log.
    const left = await copyOf(updated, 'left');
    newer.close();
    const before = await digests(left);
    expect(before.map((one) => one.split(' ')[0])).toContain(`${name}-wal`);
    await expect(openEmbeddedStore({ dir: left })).rejects.toMatchObject({ code: 'newer_data' });
    expect(await digests(left)).toEqual(before);
    await expect(openEmbeddedStore({ dir: left })).rejects.toMatchObject({ code: 'newer_data' });
  });

  it('is refused when a file is no database', async () => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'sila.db'), 'x'.repeat(8_192));
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'corrupt' });
    expect(await readFile(join(dir, 'sila.db'), 'utf8')).toBe('x'.repeat(8_192));
  });

  it('stays locked when nothing but a part of the store is kept', async () => {
    const store = await openEmbeddedStore({ dir });
    const { turns } = store;
    for (let n = 0; n < 20; n += 1) Buffer.alloc(20_000_000).fill(n);
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'in_use' });
    expect(await turns.waiting(1, 1)).toEqual([]);
    await store.close();
  });

  it('is whole in its files once it is closed, without a log beside them', async () => {
    const store = await openEmbeddedStore({ dir });
    await speak(store, 'a', 'i1', { messages: [messageOf('m1')] });
    await store.close();
    for (const name of await readdir(dir)) {
      if (name.endsWith('-wal')) expect((await stat(join(dir, name))).size).toBe(0);
    }
    for (const name of ['sila.db-wal', 'sila.db-shm']) await rm(join(dir, name), { force: true });
    const again = await openEmbeddedStore({ dir });
    expect(await again.messages.get('m1')).not.toBeNull();
    await again.close();
  });
});

describe('a restart', () => {
  it('frees what the former process held', async () => {
    let store = await openEmbeddedStore({ dir });
    await speak(store, 'a', 'i1', { messages: [messageOf('m1')] });
    await store.turns.accept(hintOf('a'), itemOf('i2'));
    await store.turns.take('conversation-a', 'dead', 10_000, 1e12);
    await store.messages.claim('conversation-a', 1e12, 0);
    await store.leases.hold('receiver:x', 'dead', 1, 1e12);
    await store.close();
    store = await openEmbeddedStore({ dir });
    expect(await store.turns.waiting(2, 5)).toEqual(['conversation-a']);
    expect((await store.turns.take('conversation-a', 'new', 2, 3))?.fence).toBe(3);
    expect(await store.messages.sendable(2, 1, 5)).toEqual(['conversation-a']);
    expect(await store.leases.hold('receiver:x', 'new', 2, 3)).toBe(true);
    await store.close();
  });
});

describe('a closed store', () => {
  it('says so', async () => {
    const store = await openEmbeddedStore({ dir });
    await store.close();
    await expect(store.turns.accept(hintOf('a'), itemOf('i1'))).rejects.toMatchObject({ code: 'closed' });
    await expect(store.turns.conversation('x')).rejects.toMatchObject({ code: 'closed' });
    expect(await store.healthy()).toBe(false);
  });
});

describe('keys', () => {
  it('lie in a file of their own, and a destroyed one in none', async () => {
    const store = await openEmbeddedStore({ dir });
    const secret = Buffer.from('k'.repeat(20) + 'unmistakable-key-bytes');
    await store.keys.putIfAbsent('case:1', secret);
    await store.keys.putIfAbsent('case:2', bytes('other'));
    const holding = async () => {
      const names = await readdir(dir);
      const found = await Promise.all(names.map(async (name) => (await readFile(join(dir, name))).includes(secret)));
      return names.filter((_, index) => found[index]).map((name) => name.replace(/-wal$/, ''));
    };
    expect(await holding()).toEqual(['keys.db']);
    await store.keys.destroy('case:1', 5);
    expect(await holding()).toEqual([]);
    await store.close();
    expect(await holding()).toEqual([]);
  });
});
