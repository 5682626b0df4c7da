// A whole aid request on WhatsApp: webhooks through the real server, sends and files over real HTTP to the fake Graph API.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outgoing } from '../../channels/channel.js';
import { whatsapp } from '../../channels/whatsapp/index.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import { createSila, type Bundle, type Sila } from '../../src/sila.js';
import type { Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { Clock, HandQueue, KEY, SARA, type Harness } from '../conversation/harness.js';
import { FATIMA as APPLICANT, fileRequest, picture } from '../conversation/request.js';
import { shown, VERIFY_TOKEN } from '../providers/graph-provider.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import { ACCOUNT, FATIMA, media, picked, tapped, text, type WireMessage } from '../providers/graph-webhooks.js';
import { startFakeServer } from '../support/fake-server.js';
import { pack, packWith } from '../support/pack.js';

interface Stand {
  graph: FakeGraph;
  sila: Sila;
  store: Store;
  clock: Clock;
  /** Handles what is due; sends and fetches go over HTTP meanwhile. */
  settle: () => Promise<void>;
  /** Fatima sends something; afterwards all is answered. */
  send: (message: WireMessage) => Promise<void>;
}

/** How long a send may take where one is made to hang, in milliseconds; elsewhere it has the channel's own time, however busy the machine. */
const SOON = { SEND_TIMEOUT: '250' };

async function stand(bundle: Bundle = pack('safe-treatment'), more: Record<string, string> = {}): Promise<Stand> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-whatsapp-'));
  const graph = await startGraph();
  const clock = new Clock();
  graph.clock = clock;
  const queue = new HandQueue(clock);
  const store = await openEmbeddedStore({ dir });
  const settings = {
    WHATSAPP_API_URL: graph.url,
    WHATSAPP_TOKEN: graph.token,
    WHATSAPP_PHONE_NUMBER_ID: ACCOUNT,
    WHATSAPP_APP_SECRET: graph.secret,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    ...more,
  };
  const sila = await createSila({
    store,
    queue,
    blobs: blobsOnDisk(join(dir, 'files')),
    bundle,
    encryptionKeys: () => [KEY],
    channels: [{ module: whatsapp, settings }],
    now: clock.now,
    ids: createIds(),
    random: () => 0.5,
    observer: createObserver(() => undefined),
    sweepEvery: null,
  });
  const server = await startFakeServer(() => [...sila.channels]);
  graph.webhookUrl = `${server.url}/webhooks/whatsapp`;
  onTestFinished(async () => {
    await server.stop();
    await sila.stop();
    await graph.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const settle = async (): Promise<void> => {
    for (;;) {
      await queue.drain();
      const due = Math.min(...[...queue.bells.values()].map((bell) => bell.due), Infinity);
      if (due - clock.at > 60_000) return;
      clock.pass(due - clock.at);
    }
  };
  const send = async (message: WireMessage): Promise<void> => {
    expect(await graph.deliver({ people: [FATIMA], messages: [message] })).toBe(200);
    await settle();
  };
  return { graph, sila, store, clock, settle, send };
}

const USER = FATIMA.user_id ?? '';
const seen = ({ graph }: Stand) => graph.sent.filter(({ to }) => to === USER).map(({ body }) => shown(body));

/** The walk through a request wants a person who writes and hears: she does it on WhatsApp. */
function onWhatsApp(here: Stand, photo: Buffer): Harness {
  const { graph, store, clock, settle, send } = here;
  const messageOf = (words: string, choice: string | undefined, files: unknown): WireMessage => {
    if (files !== undefined) {
      graph.media.set('7001', { bytes: photo, mime: 'image/png' });
      return media(FATIMA, 'image', { id: '7001', bytes: photo, mime: 'image/png' });
    }
    if (choice === undefined) return text(FATIMA, words);
    const option = seen(here)
      .flatMap(({ options }) => options)
      .findLast(({ id }) => id === choice);
    return option?.hint === undefined
      ? tapped(FATIMA, choice, option?.label ?? '')
      : picked(FATIMA, choice, option.label);
  };
  const tell: Harness['tell'] = async (_user, words, more) => {
    const before = seen(here).length;
    await send(messageOf(words, more?.choice, more?.files));
    return seen(here)
      .slice(before)
      .map((one) => one.text);
  };
  const write: Harness['write'] = async (_user, words) => {
    await send(text(FATIMA, words));
    const [row] = await store.turns.conversations({ limit: 1 });
    return { conversation: row?.id ?? '', item: '', duplicate: false };
  };
  const keepFile = () => Promise.resolve({ id: 'on-whatsapp', name: 'photo', mime: 'image/png', bytes: 1 });
  const channel = {
    get sent() {
      return seen(here).map((one) => ({ ...one, user: USER })) as unknown as Outgoing[];
    },
  };
  const made: Partial<Record<keyof Harness, unknown>> = { store, clock, settle, tell, write, channel };
  return { ...made, sila: { host: () => ({ keepFile }) } } as unknown as Harness;
}

describe('an aid request on WhatsApp', () => {
  it('is answered, filed with its paper, becomes a case, and every word of ours is seen to be read', async () => {
    const here = await stand();
    here.graph.follow = ['read', 'sent', 'delivered'];
    const photo = await picture('تقرير');
    const person = { ...APPLICANT, user: USER, file: { name: 'photo', bytes: photo } };
    const number = await fileRequest(onWhatsApp(here, photo), person);
    expect(number).toMatch(/^\d{13}$/);
    await here.settle();
    const [row] = await here.store.turns.conversations({ limit: 1 });
    expect(row).toMatchObject({ channel: 'whatsapp', account: ACCOUNT });
    expect(await here.store.cases.get(number)).toMatchObject({ number, conversation: row!.id });
    const kept = await here.store.files.ofOwner(row!.address);
    expect(kept).toMatchObject([{ mime: 'image/png', caseNumber: number }]);
    expect(here.graph.refused).toEqual([]);
    const outbox = async () => (await here.store.messages.list(row!.id, 0, 500)).filter((m) => m.direction === 'out');
    while ((await outbox()).some(({ state }) => state !== 'read')) await new Promise((done) => setImmediate(done));
    expect(here.graph.sent).toHaveLength((await outbox()).length);
    // Reading was shown for what she wrote.
    expect(here.graph.reads.length).toBeGreaterThan(10);
    expect(here.graph.reads.every(({ typing }) => typing)).toBe(true);
  });

  it('of a send that hung after Meta took it nobody hears twice: its status settles it', async () => {
    const here = await stand(pack('safe-treatment'), SOON);
    here.graph.follow = ['sent', 'delivered'];
    here.graph.fail({ as: 'hang', late: true });
    await here.send(text(FATIMA, 'السلام عليكم'));
    for (let tries = 0; tries < 5; tries++) await here.sila.sweepOnce().then(here.settle);
    expect(here.graph.sent).toHaveLength(1);
    const [row] = await here.store.turns.conversations({ limit: 1 });
    const [message] = (await here.store.messages.list(row!.id, 0, 9)).filter((m) => m.direction === 'out');
    expect(message).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('of a send that hung before Meta took it the words come once, later', async () => {
    const here = await stand(pack('safe-treatment'), SOON);
    here.graph.fail({ as: 'hang' });
    await here.send(text(FATIMA, 'السلام عليكم'));
    for (let tries = 0; tries < 5; tries++) await here.sila.sweepOnce().then(here.settle);
    expect(here.graph.sent).toHaveLength(1);
  });

  it('that is answered too late is told to staff, not dropped', async () => {
    const here = await stand();
    await here.send(text(FATIMA, 'السلام عليكم'));
    here.graph.window = 0;
    await here.send(text(FATIMA, 'طلب مساعدة'));
    const [row] = await here.store.turns.conversations({ limit: 1 });
    const failed = async () => (await here.store.notices.list({ limit: 9 })).find(({ kind }) => kind === 'send_failed');
    while (!(await failed())) await new Promise((done) => setImmediate(done));
    const message = (await here.store.messages.list(row!.id, 0, 99)).at(-1);
    expect(message).toMatchObject({ state: 'failed', error: 'window_closed' });
  });
});

describe('a decision after the 24 hours', () => {
  const approved = packWith('safe-treatment', (_, file) => file.replaceAll('approved: false', 'approved: true'));
  const day = 24 * 3_600_000;

  async function decided(templates: [string, number][]) {
    const here = await stand(approved);
    for (const [name, parameters] of templates) here.graph.templates.set(name, parameters);
    const person = { ...APPLICANT, user: USER };
    const number = await fileRequest(onWhatsApp(here, await picture('x')), person);
    here.clock.pass(3 * day);
    await here.sila.sweepOnce().then(here.settle);
    const before = here.graph.sent.length;
    await here.sila.desk.changeStatus(number, SARA, { to: 'under_research', tell: true });
    await here.settle();
    const { conversation } = (await here.store.cases.get(number))!;
    const rows = async () => (await here.store.messages.list(conversation, 0, 500)).slice(-2);
    return { here, before, rows };
  }

  it('reaches the person as an approved template; the words follow when they write', async () => {
    const { here, before, rows } = await decided([['sila_case_status/ar', 2]]);
    const sent = here.graph.sent.slice(before).map(({ body }) => body);
    expect(sent).toMatchObject([
      { type: 'template', template: { name: 'sila_case_status', language: { code: 'ar' } } },
    ]);
    expect(await rows()).toMatchObject([{ state: 'queued', error: 'window_closed' }, { state: 'sent' }]);
    await here.send(text(FATIMA, 'نعم'));
    expect(here.graph.refused).toEqual([]);
    expect(seen(here)[before + 1]?.text).toContain('طلبك رقم');
    expect((await rows()).every(({ state }) => state !== 'queued')).toBe(true);
  });

  it('that Meta has no template for waits all the same, and staff hear of the template', async () => {
    const { here, before, rows } = await decided([['sila_case_status/en', 2]]);
    expect(here.graph.sent).toHaveLength(before);
    expect(here.graph.refused).toEqual([132_001]);
    const [words, template] = await rows();
    expect([words, template]).toMatchObject([{ state: 'queued' }, { state: 'failed', error: 'template' }]);
    expect((await here.store.notices.list({ limit: 9 })).map(({ id }) => id)).toContain(`send_failed.${template!.id}`);
    await here.send(text(FATIMA, 'نعم'));
    expect(seen(here)[before]?.text).toContain('طلبك رقم');
  });
});
