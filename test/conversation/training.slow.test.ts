// The real program trains its classifier beside the conversation when it starts, and takes the kept model the next time.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

test('the model is trained in a thread, kept, and taken again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-training-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  // Other tests are lent a trained model where there is none; this one trains its own.
  mkdirSync(join(dir, 'models'));
  const first = await learnt(dir);
  expect(first.kept).toBe(false);
  const models = readdirSync(join(dir, 'models'));
  expect(models).toEqual([first.model]);
  const second = await learnt(dir);
  expect(second).toMatchObject({ kept: true, model: first.model });
});

interface Learnt {
  event: string;
  model: string;
  kept: boolean;
}

/** Starts the program, waits until its log says that questions are ready, and stops it. */
async function learnt(dir: string): Promise<Learnt> {
  const sila = await startSila({ dir, port: await freePort() });
  try {
    return await said(sila);
  } finally {
    expect(await sila.stop()).toBe(0);
  }
}

async function said(sila: SilaProcess): Promise<Learnt> {
  return expect
    .poll(() => /^\{.*"questions\.ready".*\}$/m.exec(sila.output())?.[0], { timeout: 60_000 })
    .toBeDefined()
    .then(() => JSON.parse(/^\{.*"questions\.ready".*\}$/m.exec(sila.output())?.[0] ?? '{}') as Learnt);
}
