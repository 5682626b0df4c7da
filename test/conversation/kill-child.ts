// The process that the kill test kills: a whole Sila that takes messages line by line and says aloud what it accepts and sends.
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ChannelModule, Incoming } from '../../channels/channel.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import { openEmbeddedQueue } from '../../src/queue/embedded.js';
import { createSila, type Bundle } from '../../src/sila.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';

const [dir = '', bundlePath = '', base = '0', speed = '1'] = process.argv.slice(2);
const now = (): number => Number(base) + (Date.now() - Number(base)) * Number(speed);

/** Written at once and whole: what the pipe has, the parent will read, whatever happens to this process next. */
const tell = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const module: ChannelModule = {
  limits: { channel: 'fake', text: 4096, buttons: null, list: null, replyWindow: null, fileBytes: 1_000_000 },
  create: (_host, _settings) => ({
    name: 'fake',
    limits: module.limits,
    routes: () => [],
    send: ({ id, user, seq }) => {
      tell({ sent: id, user, seq });
      return Promise.resolve({ result: 'sent' });
    },
  }),
};

const queue = openEmbeddedQueue();
const sila = await createSila({
  store: await openEmbeddedStore({ dir }),
  queue,
  blobs: blobsOnDisk(join(dir, 'files')),
  bundle: JSON.parse(readFileSync(bundlePath, 'utf8')) as Bundle,
  encryptionKeys: () => [Buffer.alloc(32, 7)],
  channels: [{ module, settings: {} }],
  now,
  ids: createIds(),
  random: Math.random,
  observer: createObserver((event, facts) => tell({ log: event, ...facts })),
  sweepEvery: 100,
});
tell({ ready: true });

const host = sila.host('fake');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'idle?') {
    void idle().then((is) => tell({ idle: is }));
    continue;
  }
  const incoming = JSON.parse(line) as Incoming;
  void host.accept(incoming).then(
    ({ duplicate }) => tell({ acked: incoming.messageId, duplicate }),
    () => tell({ refused: incoming.messageId }),
  );
}
await sila.stop();

/** Nothing waits to be handled, sent or opened. */
async function idle(): Promise<boolean> {
  const stats = await sila.house.store.stats();
  const left = ['mailbox', 'outbox', 'submissions_unhandled'].map((name) => stats[name] ?? 0);
  return (await queue.pending()) === 0 && left.every((count) => count === 0);
}
