// WhatsApp Web (channels/whatsapp-web/index.ts) as the provider of the contract's tests: nothing is posted to us, a line is held open.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, ChannelModule } from '../../channels/channel.js';
import { createChannel, whatsappWeb, type Around } from '../../channels/whatsapp-web/index.js';
import type { LineEvent } from '../../channels/whatsapp-web/wire.js';
import type { ChannelContract, Provider } from '../channels/contract-types.js';
import { ACCOUNT, createWeb, type FakeWeb, type Raw } from './whatsapp-web-line.js';

export interface WebProvider extends Provider {
  web: FakeWeb;
  deliver: (body: Buffer) => Promise<void>;
}

/** Nobody waits in a test: what would be a pause is the next turn of the event loop. */
export function aroundOf(web: FakeWeb, paused: number[] = []): Around {
  const pause = async (ms: number) => {
    paused.push(ms);
    await new Promise((next) => setImmediate(next));
  };
  return { openLine: web.open, random: () => 0.5, pause };
}

/** `web` is made anew for every start. */
export function webContract(): ChannelContract & { module: ChannelModule } {
  let web = createWeb();
  return {
    module: {
      limits: whatsappWeb.limits,
      create: (host, settings) => createChannel(host, settings, aroundOf(web)),
    },
    path: '',
    proof: { header: '', over: 'sender' },
    start: () => {
      web = createWeb();
      return Promise.resolve(providerOf(web));
    },
  };
}

/** The same, begun as soon as it is made: for tests that have a channel and no house that would start it. */
export function begunContract(): ChannelContract {
  const contract = webContract();
  let stop: Promise<() => Promise<void>> | undefined;
  return {
    ...contract,
    module: {
      ...contract.module,
      create: (host, settings): Channel => {
        const channel = contract.module.create(host, settings);
        stop = channel.start?.();
        const on = async () => (await channel.session?.state())?.state === 'on';
        return {
          ...channel,
          send: async (message) => {
            while (!(await on())) await new Promise((next) => setImmediate(next));
            return channel.send(message);
          },
        };
      },
    },
    start: async () => {
      const provider = await contract.start();
      return {
        ...provider,
        stop: async () => {
          await (
            await stop
          )?.();
          await provider.stop();
        },
      };
    },
  };
}

export function providerOf(web: FakeWeb): WebProvider {
  const folder = mkdtempSync(join(tmpdir(), 'sila-web-'));
  return {
    web,
    settings: { SESSION_DIR: folder, CHROMIUM_PATH: '/nowhere' },
    secrets: ['', ''],
    account: ACCOUNT,
    user: (n) => {
      const user = `96655${String(n).padStart(7, '0')}@c.us`;
      // Somebody whom we answer has written.
      if (!web.history.some(({ from }) => from === user)) web.written(user, { timestamp: 0 });
      return user;
    },
    say: (user, text) => written(web.written(user, { body: text })),
    unknownKind: (user) => written(web.written(user, { type: 'hologram' })),
    unknownEvent: () => written(web.written('status@broadcast', { isStatus: true })),
    poison: () => ({ event: 'message', message: { id: 7, from: null } }),
    status: (id) => ({ event: 'ack', id: `true_${id}`, ack: 2 }),
    bodies: (events) => events.map((event) => Buffer.from(JSON.stringify(event))),
    deliver: (body) => web.tell(JSON.parse(body.toString('utf8')) as LineEvent),
    prove: () => ({}),
    shown: (user) => web.sent.filter((one) => one.user === user).map(({ text }) => ({ text, options: [] })),
    requests: () => web.sent,
    stop: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function written(message: Raw): LineEvent {
  return { event: 'message', message };
}
