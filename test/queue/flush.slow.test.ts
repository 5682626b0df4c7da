// Redis is emptied again and again while people fill in their requests: the sweeper rings what was lost, and nobody notices.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import { createSila } from '../../src/sila.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { FakeChannel, fakeLimits, KEY, started } from '../conversation/harness.js';
import { FATIMA, recordRequest } from '../conversation/request.js';
import { pack } from '../support/pack.js';
import { startRedis } from '../support/redis-server.js';
import { servers } from '../support/servers.js';
import { openQueue } from '../support/shared-queue.js';

const PEOPLE = 16;
const FLUSHES = 6;
/** The clock runs this much faster, so that people may write as fast as the test wants without being over the pace. */
const SPEED = 20;
const THINK_MS = 170;

it.skipIf(servers.redisServer === null)(
  `${FLUSHES} times FLUSHALL under ${PEOPLE} requests loses nothing`,
  async () => {
    const script = await recordRequest(await started(), FATIMA);
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const dir = mkdtempSync(join(tmpdir(), 'sila-flush-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const base = Date.now();
    const { queue } = await openQueue({ url: redis.url, prefix: 'sila' });
    const store = await openEmbeddedStore({ dir });
    const limits = { ...fakeLimits, rate: { perSecond: 400, person: { burst: 100, every: 1 } } };
    const channel = new FakeChannel(limits);
    const sila = await createSila({
      store,
      queue,
      blobs: blobsOnDisk(join(dir, 'files')),
      bundle: pack('safe-treatment'),
      encryptionKeys: () => [KEY],
      channels: [{ module: { limits, create: () => channel }, settings: {} }],
      now: () => base + (Date.now() - base) * SPEED,
      ids: createIds(),
      random: Math.random,
      observer: createObserver(() => undefined),
      sweepEvery: 200,
    });
    const host = sila.host('fake');
    const people = Array.from({ length: PEOPLE }, (_, index) => `person-${index}`);
    let accepted = 0;
    const writing = people.map(async (user, index) => {
      await wait(index * 11);
      for (const [n, text] of script.entries()) {
        await host.accept({ account: 'main', user, messageId: `${user}-${n}`, text });
        accepted += 1;
        await wait(THINK_MS);
      }
    });
    // By count and not by the clock: each time there are bells to lose.
    let lost = 0;
    for (let flushes = 1; flushes <= FLUSHES; flushes += 1) {
      const enough = (flushes * PEOPLE * script.length) / (FLUSHES + 1);
      await vi.waitFor(() => expect(accepted).toBeGreaterThan(enough), { timeout: 60_000, interval: 1 });
      await vi.waitFor(async () => expect(await queue.pending()).toBeGreaterThan(0), { timeout: 60_000, interval: 1 });
      lost += await queue.pending();
      await redis.flush();
    }
    await Promise.all(writing);

    const done = async () => {
      const stats = await store.stats();
      expect(stats).toMatchObject({ mailbox: 0, quarantined: 0, outbox: 0, submissions_unhandled: 0 });
    };
    await vi.waitFor(done, { timeout: 60_000, interval: 100 });
    expect(lost).toBeGreaterThan(0);
    for (const user of people) {
      const transcript = await host.transcript('main', user, 0, 1_000);
      expect(transcript.filter(({ from }) => from === 'person').map(({ text }) => text)).toEqual(script);
      const said = transcript.filter(({ from }) => from === 'bot').map(({ seq }) => seq);
      expect(channel.sent.filter((one) => one.user === user).map(({ seq }) => seq)).toEqual(said);
    }
    expect(await store.cases.list({ limit: 100 })).toHaveLength(PEOPLE);
    await sila.stop();
  },
);
