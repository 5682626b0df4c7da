// The embedded store against other processes and a real full disk.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { newFolder } from './folder.js';
import { hintOf, itemOf } from './rows.js';

let dir = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  dir = await newFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

const sqlite = pathToFileURL(join(process.cwd(), 'node_modules/@photostructure/sqlite/dist/index.mjs')).href;

/** Another process that takes the folder's lock as ours does and says so. */
async function holder(): Promise<ChildProcess> {
  const script = `
    import { DatabaseSync } from '${sqlite}';
    globalThis.lock = new DatabaseSync(${JSON.stringify(join(dir, 'lock.db'))});
    globalThis.lock.exec('BEGIN EXCLUSIVE');
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) if (line === 'held') break;
  return child;
}

const gone = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

it('refuses a folder that another process holds, and takes it once that was killed', async () => {
  const other = await holder();
  await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'in_use' });
  const exit = gone(other);
  other.kill('SIGKILL');
  await exit;
  const store = await openEmbeddedStore({ dir });
  expect(await store.healthy()).toBe(true);
  await store.close();
});

const mounted = (path: string, size: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status === 0;

it('on a full disk takes nothing, loses nothing, and goes on when there is room', async (test) => {
  const disk = join(dir, 'disk');
  await mkdir(disk);
  if (!mounted(disk, '4m')) test.skip('mounting a small disk needs root');
  try {
    const store = await openEmbeddedStore({ dir: disk });
    const kept: string[] = [];
    const accept = (n: number, size: number) =>
      store.turns
        .accept(hintOf('a'), itemOf(`i${n}`, { sealed: new Uint8Array(size) }))
        .then(({ item }) => kept.push(item));
    const refusals: unknown[] = [];
    for (let n = 0; refusals.length < 5 && n < 1_000; n += 1) {
      // Once a large one is refused, small ones take what room is left.
      await accept(n, refusals.length === 0 ? 20_000 : 10).then(
        () => refusals.splice(1),
        (error: unknown) => refusals.push((error as { code?: string }).code),
      );
    }
    expect(refusals).toEqual(['full', 'full', 'full', 'full', 'full']);
    expect(await store.healthy()).toBe(false);
    expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
    expect(await store.healthy()).toBe(true);
    await accept(5_000, 20_000);
    expect((await store.turns.items('conversation-a', 10_000)).map(({ id }) => id)).toEqual(kept);
    await store.close();
    const again = await openEmbeddedStore({ dir: disk });
    expect((await again.turns.items('conversation-a', 10_000)).map(({ id }) => id)).toEqual(kept);
    await again.close();
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
});
