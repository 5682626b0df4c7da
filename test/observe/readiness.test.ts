// Whether a process should be given traffic, and what it says of what it leans on.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReadiness, type Dependencies } from '../../src/observe/readiness.js';
import { started } from '../conversation/harness.js';

const GIGABYTE = 1024 ** 3;
const standing: Dependencies = {
  store: () => Promise.resolve(true),
  queue: () => Promise.resolve(0),
  room: () => Promise.resolve(GIGABYTE),
  keys: () => Promise.resolve(true),
  spool: null,
  channels: () => ({ website: 'on' }),
};
const away = () => Promise.reject(new Error('gone'));
const look = (more: Partial<Dependencies>) => createReadiness({ ...standing, ...more }, () => 0)();
const takes = { waiting: 0, bytes: 0, takes: true };

describe('readiness', () => {
  it('is given while everything stands', async () => {
    expect(await look({})).toEqual({
      ok: true,
      dependencies: { store: null, queue: null, disk: null, keys: null },
      channels: { website: 'on' },
    });
  });

  it.each<[string, Partial<Dependencies>, boolean, object]>([
    ['the store is away', { store: away, keys: away }, false, { store: 'failed', keys: 'failed' }],
    ['the store cannot write', { store: () => Promise.resolve(false) }, false, { store: 'failed' }],
    ['the store is away and a spool takes', { store: away, keys: away, spool: takes }, true, { spool: null }],
    ['the spool is full too', { store: away, spool: { ...takes, takes: false } }, false, { spool: 'full' }],
    ['only the spool is full', { spool: { ...takes, takes: false } }, true, { spool: 'full' }],
    ['the queue is away', { queue: away }, true, { queue: 'failed' }],
    ['the disk is full', { room: () => Promise.resolve(1_000) }, false, { disk: 'full' }],
    ['nothing is kept on a disk here', { room: () => Promise.resolve(null) }, true, { disk: null }],
    ['the key is not the right one any more', { keys: () => Promise.resolve(false) }, false, { keys: 'wrong_key' }],
    ['a provider is down', { channels: () => ({ telegram: 'resting' }) }, true, {}],
  ])('when %s', async (_when, more, ok, dependencies) => {
    const found = await look(more);
    expect(found.ok).toBe(ok);
    expect(found.dependencies).toMatchObject(dependencies);
  });

  it('does not wait for what never answers', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const asked = look({ store: () => new Promise(() => undefined), queue: () => new Promise(() => undefined) });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toMatchObject({ ok: false, dependencies: { store: 'late', queue: 'late', keys: null } });
  });

  it('asks once a second at most, whoever asks', async () => {
    let [asked, now] = [0, 0];
    const store = () => Promise.resolve(++asked > 0);
    const ask = createReadiness({ ...standing, store }, () => now);
    await Promise.all([ask(), ask(), ask()]);
    now = 999;
    await ask();
    expect(asked).toBe(1);
    now = 1_000;
    await ask();
    expect(asked).toBe(2);
  });

  it('of a whole Sila knows its store, queue and keys', async () => {
    const h = await started();
    expect(await h.sila.readiness()).toEqual({
      ok: true,
      dependencies: { store: null, queue: null, disk: null, keys: null },
      channels: { fake: 'on' },
    });
  });
});
