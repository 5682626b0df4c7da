// The embedded store against other processes and a real full disk.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/** A place that holds little, until it is given room. */
interface Disk {
  name: string;
  /** Takes effect for a folder; gives back whether it could. */
  shrink: (path: string) => boolean;
  grow: (path: string) => boolean;
  /** As it was before. */
  restore: (path: string) => unknown;
}

const ran = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const limitFiles = (bytes: string): boolean =>
  ran('prlimit', '--pid', String(process.pid), `--fsize=${bytes}:unlimited`);
const carryOn = (): void => undefined;

/** Any user may bound the files of a process of theirs: the kernel then refuses to write on, as a quota does. */
const quota: Disk = {
  name: 'at the end of a quota',
  shrink: () => {
    process.on('SIGXFSZ', carryOn);
    return limitFiles('4194304');
  },
  grow: () => limitFiles('67108864'),
  restore: () => {
    limitFiles('unlimited');
    process.off('SIGXFSZ', carryOn);
  },
};

/** Root may mount a small disk. */
const full: Disk = {
  name: 'on a full disk',
  shrink: (path) => ran('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path),
  grow: (path) => ran('mount', '-o', 'remount,size=64m', path),
  restore: (path) => ran('umount', '-l', path),
};

/** Whether this user, in this container, may mount anything. */
function mayMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'sila-mount-'));
  const may = full.shrink(probe);
  if (may) full.restore(probe);
  rmdirSync(probe);
  return may;
}

it.each(mayMount() ? [quota, full] : [quota])(
  '$name takes nothing, loses nothing, and goes on when there is room',
  async ({ shrink, grow, restore }) => {
    const disk = join(dir, 'disk');
    await mkdir(disk);
    expect(shrink(disk)).toBe(true);
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
      expect(grow(disk)).toBe(true);
      expect(await store.healthy()).toBe(true);
      await accept(5_000, 20_000);
      expect((await store.turns.items('conversation-a', 10_000)).map(({ id }) => id)).toEqual(kept);
      await store.close();
      const again = await openEmbeddedStore({ dir: disk });
      expect((await again.turns.items('conversation-a', 10_000)).map(({ id }) => id)).toEqual(kept);
      await again.close();
    } finally {
      restore(disk);
    }
  },
);
