// Processes that handle bells are killed in the middle, fifteen times: every bell is handled, by nobody twice at once.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';
import { buildChild } from '../support/child.js';
import { freshPrefix, servers } from '../support/servers.js';
import { openQueue } from '../support/shared-queue.js';

const KILLS = 15;
const BELLS = 1_500;
const PROCESSES = 3;

it.skipIf(servers.redis === null)(`loses none of ${BELLS} bells over ${KILLS} kills`, async () => {
  const { url, prefix, drop } = freshPrefix();
  const dir = mkdtempSync(join(tmpdir(), 'sila-bells-'));
  const child = buildChild('test/queue/kill-child.ts');
  const begun: string[] = [];
  const done = new Set<string>();
  const faults: string[] = [];
  const hear = (line: string) => {
    const [what, id = ''] = line.split(' ');
    if (what === 'begun') begun.push(id);
    else if (what === 'done') done.add(id);
    else if (what !== 'ready') faults.push(line);
  };
  const start = () => startChild([child, url, prefix, dir], hear);
  const { queue, troubles } = await openQueue({ url, prefix });
  const children = await Promise.all(Array.from({ length: PROCESSES }, start));

  const ringing = (async () => {
    for (let n = 0; n < BELLS; n += 1) {
      await queue.ring({ kind: 'conversation', id: `c${n}` });
      // Never far ahead of those who handle them: each kill is to hit bells in hand.
      if (n % 50 === 0) await vi.waitFor(() => expect(done.size).toBeGreaterThan(n - 200), { timeout: 60_000 });
    }
  })();
  for (let kills = 1; kills <= KILLS; kills += 1) {
    await vi.waitFor(() => expect(done.size).toBeGreaterThan((kills * BELLS) / (KILLS + 2)), { timeout: 60_000 });
    await killed(children.shift());
    children.push(await start());
  }
  await ringing;
  await vi.waitFor(() => expect(done.size).toBe(BELLS), { timeout: 90_000, interval: 100 });

  await vi.waitFor(async () => expect(await queue.pending()).toBe(0), { timeout: 30_000, interval: 100 });
  expect(troubles).toEqual([]);
  expect(faults).toEqual([]);
  expect(begun.length - BELLS, 'bells that were in the hands of a process when it was killed').toBeGreaterThan(KILLS);
  await Promise.all(children.map(killed));
  await queue.close();
  await drop();
  rmSync(dir, { recursive: true });
});

async function startChild(command: readonly string[], hear: (line: string) => void): Promise<ChildProcess> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((ready) => lines.on('line', (line) => (line === 'ready' ? ready() : hear(line))));
  return child;
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  const gone = new Promise((resolve) => child?.once('close', resolve));
  child?.kill('SIGKILL');
  await gone;
}
