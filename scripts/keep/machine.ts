/** The machine under the program: room and syncing of the disk, and whether its clock tells the time of others. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { finding, type Finding } from '../../src/upkeep/doctor/finding.js';

const MEGABYTE = 1024 ** 2;
/** The program takes nothing more below the first; below the second somebody should make room. */
const [LEAST_ROOM, LITTLE_ROOM] = [128 * MEGABYTE, 2048 * MEGABYTE];
const SYNCS = 5;
/** Milliseconds that one sync may take: every answer waits for one. */
const SLOW_SYNC = 100;
/** Milliseconds by which two clocks may differ before one looks, and before windows, codes and signatures go wrong. */
const [APART, FAR_APART] = [10_000, 60_000];

/** A time that another machine told, in UTC milliseconds. */
export interface TimeElsewhere {
  from: string;
  /** What it said, and the middle between asking and hearing. */
  said: number;
  heard: number;
}

/** Where the folder is not there yet, the one in which it would be made is looked at. */
export async function examineDisk(wanted: string): Promise<Finding[]> {
  const dir = existing(resolve(wanted));
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  const values = { path: dir, free: Math.floor(free / MEGABYTE) };
  const level = free < LEAST_ROOM ? 'bad' : free < LITTLE_ROOM ? 'look' : 'well';
  return [finding(level, level === 'well' ? 'disk_room' : 'disk_low', values), await examineSync(dir)];
}

function existing(dir: string): string {
  return existsSync(dir) ? dir : existing(dirname(dir));
}

async function examineSync(dir: string): Promise<Finding> {
  const path = join(dir, `.doctor-${randomUUID()}`);
  try {
    const ms = await syncTime(path);
    return finding(ms > SLOW_SYNC ? 'look' : 'well', ms > SLOW_SYNC ? 'disk_slow' : 'disk_syncs', {
      ms: Math.round(ms),
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return finding('bad', 'disk_unsynced', { path: dir, code });
  } finally {
    await rm(path, { force: true });
  }
}

/** The longest of several: a write and its sync, in milliseconds. */
async function syncTime(path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    let longest = 0;
    for (let i = 0; i < SYNCS; i++) {
      const begun = performance.now();
      await file.writeFile(Buffer.alloc(4096, i));
      await file.sync();
      longest = Math.max(longest, performance.now() - begun);
    }
    return longest;
  } finally {
    await file.close();
  }
}

/** Beside the times that others told; where nobody did, at least not before the program was built. */
export async function examineClock(elsewhere: readonly TimeElsewhere[], now: number): Promise<Finding[]> {
  const { mtimeMs: built } = await stat(import.meta.filename);
  if (now < built - APART) return [finding('bad', 'clock_behind_program')];
  if (elsewhere.length === 0) return [finding('well', 'clock_alone')];
  return elsewhere.map(({ from, said, heard }) => {
    const apart = said - heard;
    const level = Math.abs(apart) > FAR_APART ? 'bad' : Math.abs(apart) > APART ? 'look' : 'well';
    const seconds = Math.round(apart / 1000);
    return finding(level, level === 'well' ? 'clock_agrees' : 'clock_differs', { from, seconds });
  });
}
