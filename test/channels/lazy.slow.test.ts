// A channel that is off costs nothing: no file of its library is read (bench/start.ts tells the cost of those that are on).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { librariesOf } from '../../bench/start.js';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sila-lazy-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('loads the library of no channel while all are off', async () => {
  expect(await librariesOf(dir, {})).toEqual([]);
});

it('loads the library of a channel that is on, and no other', async () => {
  const telegram = { TELEGRAM_BOT_TOKEN: `1000:${'b'.repeat(35)}`, TELEGRAM_API_URL: 'http://127.0.0.1:9' };
  expect(await librariesOf(dir, telegram)).toEqual(['telegraf']);
});
