// A whole aid request on Messenger: webhooks through the real server, sends and files over real HTTP to the fake Send API.
import { expect, it, onTestFinished } from 'vitest';
import type { Outgoing } from '../../channels/channel.js';
import type { Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { messenger } from '../../channels/messenger/index.js';
import { startMessenger, type FakeMessenger } from '../providers/messenger.js';
import { shown, VERIFY_TOKEN } from '../providers/messenger-provider.js';
import { event, PAGE, said, type Wire } from '../providers/messenger-webhooks.js';
import { startFakeServer } from '../support/fake-server.js';
import { openWhole, type Whole } from './whole.js';

const USER = '24000000001';

interface Stand {
  fake: FakeMessenger;
  whole: Whole;
  photo: Buffer;
  /** Until all that came of it is handled; `event`: something else than a message. */
  send: (message: Wire, event?: Wire) => Promise<void>;
}

async function stand(): Promise<Stand> {
  const fake = await startMessenger();
  fake.follow = ['echo', 'delivered'];
  const photo = await picture('تقرير');
  fake.files.set('report.png', { bytes: photo, mime: 'image/png' });
  const whole = await openWhole({
    module: messenger,
    path: '/webhooks/messenger',
    proof: { header: 'x-hub-signature-256', over: 'body' },
    start: () =>
      Promise.resolve({
        settings: {
          META_API_URL: fake.url,
          MESSENGER_PAGE_TOKEN: fake.token,
          META_APP_SECRET: fake.secret,
          META_VERIFY_TOKEN: VERIFY_TOKEN,
        },
        account: PAGE,
        stop: () => fake.stop(),
      } as never),
  });
  fake.clock = whole.clock;
  const server = await startFakeServer(() => [...whole.sila.channels]);
  fake.webhookUrl = `${server.url}/webhooks/messenger`;
  onTestFinished(async () => {
    await server.stop();
    await whole.stop();
  });
  const send: Stand['send'] = async (message, other) => {
    expect(await fake.deliver({ event: other ?? said(USER, message) })).toBe(200);
    await whole.settle();
  };
  return { fake, whole, photo, send };
}

it('is answered, filed with its paper, and becomes a case; what is taken back leaves our copy', async () => {
  const { fake, whole, photo, send } = await stand();
  const words = (text: string, choice: string | undefined, files: unknown): Wire => {
    const url = `${new URL(fake.url).origin}/bytes/report.png`;
    if (files !== undefined) return { attachments: [{ type: 'image', payload: { url } }] };
    return choice === undefined ? { text } : { text: 'زر', quick_reply: { payload: choice } };
  };
  const person = { ...FATIMA, user: USER, file: { name: 'photo', bytes: photo } };
  const number = await fileRequest(
    {
      store: whole.store,
      clock: whole.clock,
      settle: whole.settle,
      tell: async (_user: string, text: string, more?: { choice?: string; files?: unknown }) => {
        await send(words(text, more?.choice, more?.files));
        return [];
      },
      write: async (_user: string, text: string) => {
        await send({ text });
        const [row] = await whole.store.turns.conversations({ limit: 1 });
        return { conversation: row!.id, item: '', duplicate: false };
      },
      channel: {
        get sent() {
          const mine = fake.sent.filter(({ to }) => to === USER);
          return mine.map(({ body }) => ({ ...shown(body), user: USER })) as unknown as Outgoing[];
        },
      },
      sila: {
        host: () => ({ keepFile: () => Promise.resolve({ id: 'there', name: 'p', mime: 'image/png', bytes: 1 }) }),
      },
    } as unknown as Harness,
    person,
  );
  expect(number).toMatch(/^\d{13}$/);
  await whole.settle();
  expect(fake.refused).toEqual([]);
  expect(await whole.store.files.ofCase(number)).toMatchObject([{ mime: 'image/png' }]);
  const [row] = await whole.store.turns.conversations({ limit: 1 });
  const outbox = async () => (await whole.store.messages.list(row!.id, 0, 500)).filter((m) => m.direction === 'out');
  await expect.poll(async () => (await outbox()).every(({ state }) => state === 'delivered')).toBe(true);
  expect(fake.sent).toHaveLength((await outbox()).length);
  await send({ mid: 'm_secret', text: 'رقمي السري 4471' });
  await send({ mid: 'm_secret', is_deleted: true });
  expect(await whole.written(USER)).not.toContain('رقمي السري 4471');
});

it('goes on where it was when its person names us in a story or opens a link to us, and hears words beside a link', async () => {
  const { fake, whole, send } = await stand();
  const at = async () => {
    const [row] = await whole.store.turns.conversations({ limit: 1 });
    return [row?.flow, row?.step];
  };
  const last = () => shown(fake.sent.at(-1)!.body);
  for (const text of ['طلب مساعدة', 'أوافق']) await send({ text });
  const [asked, waiting] = [last(), await at()];
  expect(waiting[0]).toBe('aid-request');
  await send({ attachments: [{ type: 'story_mention', payload: { url: 'https://x.cdninstagram.com/1' } }] });
  expect(last().text).toMatch(/^شكرًا لذكرك لنا في قصتك/);
  expect(last().text.endsWith(asked.text)).toBe(true);
  expect(last().options).toEqual(asked.options);
  await send({}, event(USER, { referral: { ref: '', source: 'SHORTLINK', type: 'OPEN_THREAD' } }));
  expect(last()).toEqual(asked);
  expect(await at()).toEqual(waiting);
  const link = { type: 'fallback', payload: { url: 'https://charity.example/' } };
  await send({ text: asked.options[0]!.label, attachments: [link] });
  expect((await at())[1]).not.toBe(waiting[1]);
});
