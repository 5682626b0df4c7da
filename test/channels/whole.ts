// A whole Sila in a folder of its own with one real channel before a fake provider; bells ring when the test lets them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelResponse } from '../../channels/channel.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import { createSila, type Sila } from '../../src/sila.js';
import type { Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { Clock, HandQueue, KEY } from '../conversation/harness.js';
import { pack } from '../support/pack.js';
import { postTo } from './contract-suite.js';
import type { ChannelContract, Provider } from './contract-types.js';

export interface Whole {
  provider: Provider;
  sila: Sila;
  store: Store;
  queue: HandQueue;
  clock: Clock;
  logged: string[];
  /** A proven webhook. */
  post: (body: Buffer) => Promise<ChannelResponse>;
  /** Handles all that is due, sends included; waits (on the test's clock) where the channel's pace asks for it. */
  settle: () => Promise<void>;
  /** What a person wrote, in the order of the transcript. */
  written: (user: string) => Promise<string[]>;
  /** Stops and starts again over the same folder. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** `watch` wraps the store, to break or watch it. */
export async function openWhole(
  contract: ChannelContract,
  watch: (store: Store) => Store = (store) => store,
): Promise<Whole> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-channel-'));
  const provider = await contract.start();
  const clock = new Clock();
  const logged: string[] = [];
  const whole = { provider, clock, logged } as Whole;
  const start = async () => {
    whole.queue = new HandQueue(clock);
    whole.store = watch(await openEmbeddedStore({ dir }));
    whole.sila = await createSila({
      store: whole.store,
      queue: whole.queue,
      blobs: blobsOnDisk(join(dir, 'files')),
      bundle: pack('safe-treatment'),
      encryptionKeys: () => [KEY],
      channels: [{ module: contract.module, settings: provider.settings }],
      now: clock.now,
      ids: createIds(),
      random: () => 0.5,
      observer: createObserver((event) => void logged.push(event)),
      sweepEvery: null,
    });
  };
  whole.post = async (body) => {
    if (!provider.deliver)
      return postTo(whole.sila.channels[0]!, contract.path, body, provider.prove(body, provider.secrets[0]));
    await provider.deliver(body);
    return { status: 200 };
  };
  whole.settle = async () => {
    for (let rounds = 0; rounds < 5_000; rounds++) {
      await whole.queue.drain();
      const due = Math.min(...[...whole.queue.bells.values()].map((bell) => bell.due), Infinity);
      // What waits for more than a minute waits for the person, not for a pace.
      if (due - clock.at > 60_000) return;
      clock.pass(due - clock.at);
    }
    throw new Error('it never comes to rest');
  };
  whole.written = async (user) => {
    const host = whole.sila.host(contract.module.limits.channel);
    const shown = await host.transcript(provider.account, user, 0, 1_000);
    return shown.filter(({ from }) => from === 'person').map(({ text }) => text);
  };
  whole.restart = async () => {
    await whole.sila.stop();
    await start();
  };
  whole.stop = async () => {
    await whole.sila.stop();
    await provider.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  await start();
  return whole;
}
