// A channel with whatsapp-web.js (channels/whatsapp-web/) before a fake house and a WhatsApp Web without a browser.
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Channel, Outgoing } from '../../channels/channel.js';
import { createChannel } from '../../channels/whatsapp-web/index.js';
import type { Json } from '../../src/engine/types.js';
import { ACCOUNT, createWeb, type FakeWeb } from '../providers/whatsapp-web-line.js';
import { aroundOf, providerOf } from '../providers/whatsapp-web-provider.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { outgoingOf } from './contract-suite.js';
import { until } from './telegram-talk.js';

export const USER = '966551234567@c.us';

export interface Stand {
  web: FakeWeb;
  host: FakeHost;
  channel: Channel;
  paused: number[];
  state: () => Promise<string | undefined>;
  /** The program starts (again); `stop` is also called when the test ends. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** The same in another place, where nothing is known. */
  elsewhere: () => Promise<void>;
  message: (more: Partial<Outgoing>) => Outgoing;
}

export async function stand(prepare: (web: FakeWeb, host: FakeHost) => void = () => undefined): Promise<Stand> {
  const web = createWeb();
  const host = createFakeHost(() => []);
  prepare(web, host);
  const provider = providerOf(web);
  const paused: number[] = [];
  let end: (() => Promise<void>) | undefined;
  const here = { web, host, paused } as Stand;
  const startWith = async (settings: Readonly<Record<string, string>>) => {
    here.channel = createChannel(host, settings, aroundOf(web, paused));
    end = await here.channel.start?.();
  };
  here.start = () => startWith(provider.settings);
  here.elsewhere = () =>
    startWith({ ...provider.settings, SESSION_DIR: join(provider.settings['SESSION_DIR'] ?? '', 'elsewhere') });
  here.stop = async () => {
    await end?.();
    end = undefined;
  };
  here.state = async () => (await here.channel.session?.state())?.state;
  here.message = (more) => outgoingOf({ ...provider, user: () => USER }, { account: ACCOUNT, ...more });
  await here.start();
  onTestFinished(async () => {
    await here.stop();
    await provider.stop();
  });
  return here;
}

/** On, with somebody who has written. */
export async function talking(prepare?: (web: FakeWeb, host: FakeHost) => void): Promise<Stand> {
  const here = await stand(prepare);
  await until(async () => (await here.state()) === 'on');
  await wrote(here, { body: 'السلام عليكم' });
  return here;
}

export async function wrote({ web }: Stand, more: Record<string, Json>, user = USER) {
  const message = web.written(user, more);
  await web.tell({ event: 'message', message });
  return message;
}
