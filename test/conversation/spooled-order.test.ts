// Several processes take in for the same people while the store is away: what each person said stands in its order afterwards, once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderContract } from '../queue/order-contract.js';
import { SharedOrders } from '../support/shared-order.js';
import { harness, type Harness } from './harness.js';
import { World, type Process } from './spooled-world.js';

orderContract('in memory, for tests', () =>
  Promise.resolve({ order: new SharedOrders().open(), close: () => Promise.resolve() }),
);

describe('several processes that spool', () => {
  let h: Harness;
  let dir: string;
  let worlds = 0;
  beforeAll(async () => {
    h = await harness();
    dir = mkdtempSync(join(tmpdir(), 'sila-merge-'));
  });
  afterAll(async () => {
    await h.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** `folders`: the numbers of those in which the processes keep their spools. */
  async function world<T>(folders: readonly number[], work: (world: World, ...processes: Process[]) => Promise<T>) {
    const name = String(++worlds);
    const all = await World.begin(
      h,
      name,
      folders.map((folder) => join(dir, name, String(folder))),
    );
    try {
      return await work(all, ...all.processes);
    } finally {
      await all.end();
    }
  }

  /** By person, as it stands in the store. */
  const sees = async (all: World, said: Record<string, string[]>) => {
    await all.until(async () => isDeepStrictEqual(Object.fromEntries(await all.stored()), said)).catch(() => undefined);
    expect(Object.fromEntries(await all.stored())).toEqual(said);
  };
  const cut = (...processes: Process[]) => processes.forEach((one) => (one.away = true));

  it('bring what a person wrote through each of them into its order, whichever reaches the store first', () =>
    world([1, 2, 3], async (all, a, b, c) => {
      cut(a, b, c);
      for (const one of [a, b, a, c, c, b, a]) await all.say('amal', one);
      for (const one of [c, b]) await all.say('badr', one);
      c.away = false;
      // What the last one has of one person waits for the first process; what it has of the other waits for nobody.
      await sees(all, { amal: [], badr: ['8'] });
      await all.rest();
      expect(await all.stored()).toEqual(all.said);
    }));

  it('keep the order of one that was killed and comes back', () =>
    world([1, 2], async (all, a, b) => {
      cut(a, b);
      await all.say('amal', a);
      await a.kill();
      b.away = false;
      await all.say('amal', b);
      await all.say('badr', b);
      await sees(all, { amal: [], badr: ['3'] });
      await all.rest();
      expect(await all.stored()).toEqual(all.said);
    }));

  it('wait for none that is dead for long, and lose nothing of it when it comes back', () =>
    world([1, 2], async (all, a, b) => {
      cut(a, b);
      await all.say('amal', a);
      await all.say('amal', b);
      await a.kill();
      b.away = false;
      await all.pass(2_000);
      await sees(all, { amal: [] });
      a.lapse();
      await sees(all, { amal: ['2'] });
      await all.rest();
      await sees(all, { amal: ['2', '1'] });
    }));

  it('do not wait for ever for one that lives and does not reach the store', () =>
    world([1, 2], async (all, a, b) => {
      cut(a, b);
      await all.say('amal', a);
      await all.say('amal', b);
      b.away = false;
      await all.pass(60_000);
      await sees(all, { amal: [] });
      all.h.clock.pass(5 * 60_000);
      await sees(all, { amal: ['2'] });
      expect(all.logged).toContain('spool.passed');
      await all.say('amal', b);
      await sees(all, { amal: ['2', '3'] });
    }));

  it('let people who have nothing waiting straight into the store, also while others wait', () =>
    world([1, 2], async (all, a, b) => {
      cut(a);
      await all.say('amal', a);
      await all.say('amal', b);
      await all.say('badr', b);
      expect(b.door?.waiting).toBe(1);
      await sees(all, { amal: [], badr: ['3'] });
    }));

  it('take over what lies in the folder that they share', () =>
    world([1, 1], async (all, a, b) => {
      cut(a, b);
      for (const one of [a, b, a]) await all.say('amal', one);
      await a.kill();
      b.away = false;
      await sees(all, Object.fromEntries(all.said));
    }));

  it('go by when it came where the provider does not count', () =>
    world([1, 1], async (all, a, b) => {
      cut(a, b);
      b.skew = 0;
      for (const one of [a, b, b, a]) await all.say('amal', one, false);
      await all.rest();
      expect(await all.stored()).toEqual(all.said);
    }));

  it('keep each its own order while Redis is away, and wait for nobody', () =>
    world([1, 2], async (all, a, b) => {
      cut(a, b);
      all.orders.away = true;
      for (const one of [a, b, a, b]) await all.say('amal', one);
      b.away = false;
      await sees(all, { amal: ['2', '4'] });
      all.orders.away = false;
      await all.rest();
      await sees(all, { amal: ['2', '4', '1', '3'] });
    }));

  it('after whatever happened to them come to rest with everything said, once and in order', async () => {
    const which = fc.nat(2);
    const act = fc.oneof(
      { weight: 8, arbitrary: fc.record({ does: fc.constant('say'), which, person: fc.constantFrom('amal', 'badr') }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('cut', 'mend', 'kill', 'start'), which }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('cut all', 'mend all', 'lapse', 'pass'), which }) },
    );
    const folders = fc.constantFrom([1, 2, 3], [1, 1, 2], [1, 1, 1]);
    await fc.assert(
      fc.asyncProperty(folders, fc.array(act, { minLength: 5, maxLength: 40 }), (places, acts) =>
        world(places, async (all, ...processes) => {
          /** Nobody waited for what a dead one of them had heard. */
          const loose = new Set<string>();
          for (const { does, which: n, ...more } of acts) {
            const one = processes[n]!;
            if (does === 'say' && 'person' in more) await all.say(more.person, one);
            if (does === 'cut' || does === 'mend') one.away = does === 'cut';
            if (does === 'cut all' || does === 'mend all') for (const each of processes) each.away = does === 'cut all';
            if (does === 'kill') await one.kill();
            if (does === 'start') await one.start();
            if (does === 'lapse' && one.lapse()) for (const person of all.said.keys()) loose.add(person);
            await all.pass(does === 'pass' ? 1_500 : 50);
          }
          await all.rest();
          const stored = await all.stored();
          for (const [person, said] of all.said) {
            const heard = stored.get(person) ?? [];
            if (loose.has(person)) expect([...heard].sort()).toEqual([...said].sort());
            else expect(heard).toEqual(said);
          }
        }),
      ),
      { numRuns: 40 },
    );
  });
});
