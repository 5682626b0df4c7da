// A whole aid request on Teams: activities through the real server, sends and files over real HTTP to the fake connector.
import { expect, it, onTestFinished } from 'vitest';
import type { Outgoing } from '../../channels/channel.js';
import { SARA, type Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { said, type Wire } from '../providers/botframework-activities.js';
import { contractOn, settingsOf, shown } from '../providers/botframework-provider.js';
import { startConnector, type FakeConnector } from '../providers/botframework.js';
import { APP_ID } from '../providers/openid.js';
import { startFakeServer } from '../support/fake-server.js';
import { openWhole, type Whole } from './whole.js';

const USER = '29:1fatima';

interface Stand {
  fake: FakeConnector;
  whole: Whole;
  /** Fatima does something in Teams; afterwards all is answered. */
  send: (text: string, more?: Wire) => Promise<void>;
  restart: () => Promise<void>;
}

async function stand(): Promise<Stand> {
  const fake = await startConnector();
  const whole = await openWhole({
    ...contractOn('msteams'),
    start: () =>
      Promise.resolve({
        settings: settingsOf(fake),
        account: `msteams:${APP_ID}`,
        stop: () => fake.stop(),
      } as never),
  });
  let server = await startFakeServer(() => [...whole.sila.channels]);
  fake.webhookUrl = `${server.url}/api/messages`;
  onTestFinished(async () => {
    await server.stop();
    await whole.stop();
  });
  return {
    fake,
    whole,
    send: async (text, more = {}) => {
      expect(await fake.deliver(said('msteams', fake.service('msteams'), USER, text, more))).toBe(200);
      await whole.settle();
    },
    restart: async () => {
      await server.stop();
      await whole.restart();
      server = await startFakeServer(() => [...whole.sila.channels]);
      fake.webhookUrl = `${server.url}/api/messages`;
    },
  };
}

/** The walk through a request wants a person who writes and hears: she does it on Teams. */
function onTeams({ fake, whole, send }: Stand): Harness {
  const paper = {
    contentType: 'image/png',
    contentUrl: `${fake.service('msteams')}v3/attachments/report/views/original`,
  };
  return {
    store: whole.store,
    clock: whole.clock,
    settle: whole.settle,
    tell: async (_user: string, text: string, more?: { choice?: string; files?: unknown }) => {
      if (more?.files !== undefined) await send('', { attachments: [{ ...paper, name: 'تقرير.png' }] });
      else await send(text === '' ? 'زر' : text, more?.choice === undefined ? {} : { value: { choice: more.choice } });
      return [];
    },
    write: async (_user: string, text: string) => {
      await send(text);
      const [row] = await whole.store.turns.conversations({ limit: 1 });
      return { conversation: row!.id, item: '', duplicate: false };
    },
    channel: {
      get sent() {
        return fake.sent.map(({ body }) => ({ ...shown(body), user: USER })) as unknown as Outgoing[];
      },
    },
    sila: {
      host: () => ({ keepFile: () => Promise.resolve({ id: 'there', name: 'p', mime: 'image/png', bytes: 1 }) }),
    },
  } as unknown as Harness;
}

it('is answered, filed with its paper, and becomes a case; what is taken back leaves our copy', async () => {
  const here = await stand();
  const { fake, whole, send } = here;
  const photo = await picture('تقرير');
  fake.files.set('report', { bytes: photo, mime: 'image/png' });
  const person = { ...FATIMA, user: USER, file: { name: 'photo', bytes: photo } };
  const number = await fileRequest(onTeams(here), person);
  expect(number).toMatch(/^\d{13}$/);
  await whole.settle();
  expect(fake.refused).toEqual([]);
  expect(await whole.store.files.ofCase(number)).toMatchObject([{ mime: 'image/png' }]);
  const [row] = await whole.store.turns.conversations({ limit: 1 });
  const outbox = (await whole.store.messages.list(row!.id, 0, 500)).filter((one) => one.direction === 'out');
  expect(outbox.filter(({ state }) => state !== 'sent')).toEqual([]);
  await send('رقمي السري 4471', { id: 'secret' });
  await send('', { id: 'secret', type: 'messageDelete' });
  expect(await whole.written(USER)).not.toContain('رقمي السري 4471');
});

it('hears of it days later and over a restart, by the reference that was kept, where the service stands now', async () => {
  const here = await stand();
  const { fake, whole, send, restart } = here;
  await send('السلام عليكم');
  await send('أريد التحدث مع موظف', { serviceUrl: fake.service('moved') });
  await restart();
  whole.clock.pass(3 * 24 * 3_600_000);
  const before = fake.sent.length;
  const [row] = await whole.store.turns.conversations({ limit: 1 });
  await whole.sila.desk.reply(row!.id, SARA, 'وصلت أوراقك.', 'client-1');
  await whole.settle();
  expect(fake.sent.slice(before).map(({ service, to, body }) => [service, to, body['text']])).toContainEqual([
    'moved',
    USER,
    'وصلت أوراقك.',
  ]);
});
