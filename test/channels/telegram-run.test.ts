// Telegram both ways, over real HTTP with the real telegraf (channels/telegram/): a whole aid request, faults of the line and of the store.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FileRef } from '../../src/engine/types.js';
import { StoreError, type Store } from '../../src/store/contract.js';
import type { Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import * as people from '../providers/telegram-people.js';
import { startTelegram, type FakeTelegram } from '../providers/telegram.js';
import { createFakeHost } from '../support/fake-host.js';
import { freePort, startFakeServer } from '../support/fake-server.js';
import { providerOf, settingsOf, telegramContract } from './telegram-contract.js';
import { until } from './telegram-talk.js';
import { walkerOn } from './walker.js';
import { openWhole, type Whole } from './whole.js';

type Mode = 'polling' | 'webhook';
const PERSON = { id: 5_001, language: 'ar' };
const ACCOUNT = 'telegram:123456789';

interface Stand {
  whole: Whole;
  fake: FakeTelegram;
  /** What waits at Telegram comes in and is handled. */
  settle: () => Promise<void>;
}

async function stand(mode: Mode, watch?: (store: Store) => Store): Promise<Stand> {
  const fake = await startTelegram();
  const port = await freePort();
  const settings = settingsOf(fake, mode, `http://127.0.0.1:${port}`);
  const start = () => Promise.resolve({ ...providerOf(fake), settings });
  const whole = await openWhole({ ...telegramContract, start }, watch);
  if (mode === 'webhook') {
    const server = await startFakeServer(() => [...whole.sila.channels], { port });
    onTestFinished(() => server.stop());
  }
  onTestFinished(whole.stop);
  if (mode === 'webhook') await until(() => fake.state.webhook !== null);
  const settle = async () => {
    if (mode === 'webhook') await fake.deliver();
    await until(() => fake.state.waiting.length === 0);
    await until(async () => {
      await whole.settle();
      return (await whole.store.turns.waiting(whole.clock.at, 9)).length === 0;
    });
  };
  return { whole, fake, settle };
}

const shownTo = ({ whole }: Stand) => whole.sila.host('telegram').transcript(ACCOUNT, '5001', 0, 1_000);
const wrote = async (here: Stand) =>
  (await shownTo(here)).filter(({ from }) => from === 'person').map(({ text }) => text);

/** The walk through a request wants a person who writes and hears: she does it on Telegram, with her thumbs. */
async function onTelegram(here: Stand, photo: Buffer): Promise<Harness> {
  const { fake, whole, settle } = here;
  let shown = await shownTo(here);
  const act = async (words: string, choice?: string, files?: FileRef[]) => {
    const option = shown.flatMap(({ options }) => options).findLast(({ id }) => id === choice);
    if (files) people.photo(fake, PERSON, photo);
    else if (option) people.tap(fake, PERSON, option.label);
    else people.write(fake, PERSON, words);
    await settle();
    const before = shown.length;
    shown = await shownTo(here);
    return shown.slice(before).map(({ text }) => text);
  };
  return walkerOn(whole, { user: '5001', settle, act, shown: () => shown });
}

describe.each<Mode>(['polling', 'webhook'])('by %s', (mode) => {
  it('a whole aid request is answered with buttons and words, filed with its paper, and becomes a case', async () => {
    const here = await stand(mode);
    const photo = await picture('تقرير');
    const person = { ...FATIMA, user: '5001', file: { name: 'photo', bytes: photo } };
    const number = await fileRequest(await onTelegram(here, photo), person);
    expect(number).toMatch(/^\d{13}$/);
    await here.settle();
    const [row] = await here.whole.store.turns.conversations({ limit: 1 });
    expect(row).toMatchObject({ channel: 'telegram', account: ACCOUNT });
    expect(await here.whole.store.cases.get(number)).toMatchObject({ number, conversation: row!.id });
    expect(await here.whole.store.files.ofOwner(row!.address)).toMatchObject([{ caseNumber: number }]);
    const said = here.fake.said(5_001);
    const sent = (await shownTo(here)).filter(({ from }) => from === 'bot');
    expect(said).toHaveLength(sent.length);
    // Everything that Telegram refuses would stand here.
    expect(here.fake.state.calls.filter(({ status }) => status !== 200)).toEqual([]);
    await until(() => [...here.fake.state.queries.values()].every((state) => state === 'answered'));
    expect(here.fake.state.queries.size).toBeGreaterThan(5);
  });
});

describe('polling', () => {
  it('confirms nothing that could not be kept, and then takes all of it once, in order', async () => {
    let full = false;
    const here = await stand('polling', (store) => ({
      ...store,
      turns: {
        ...store.turns,
        accept: (hint, item) =>
          full ? Promise.reject(new StoreError('full', 'no room')) : store.turns.accept(hint, item),
      },
    }));
    people.write(here.fake, PERSON, 'الأولى');
    await here.settle();
    full = true;
    const second = people.write(here.fake, PERSON, 'الثانية');
    people.write(here.fake, PERSON, 'الثالثة');
    await until(() => here.whole.logged.includes('telegram.not_accepted'));
    expect(here.fake.state.confirmed).toBeLessThanOrEqual(second.update_id);
    expect(here.fake.state.waiting).toHaveLength(2);
    full = false;
    await here.settle();
    expect(await wrote(here)).toEqual(['الأولى', 'الثانية', 'الثالثة']);
    expect(here.fake.state.confirmed).toBe(second.update_id + 2);
  });

  it('takes nothing twice that Telegram brings again after a restart', async () => {
    const here = await stand('polling');
    people.write(here.fake, PERSON, 'سلام');
    await here.settle();
    expect(here.fake.state.confirmed).toBe(here.fake.state.lastUpdate + 1);
    await here.whole.restart();
    here.fake.state.waiting.push({
      update_id: here.fake.state.lastUpdate,
      message: people.messageOf(here.fake.state, PERSON, people.privateChat(PERSON), { text: 'سلام' }),
    });
    here.fake.state.poller?.end(false);
    await here.settle();
    expect(await wrote(here)).toEqual(['سلام']);
  });

  it('asks for no updates while another process has the lease', async () => {
    const fake = await startTelegram();
    onTestFinished(() => fake.stop());
    const host = createFakeHost(() => []);
    host.limited.add('receiver');
    const stop = await telegramContract.module.create(host, settingsOf(fake, 'polling')).start!();
    await until(() => fake.state.commands.size === 2);
    people.write(fake, PERSON, 'سلام');
    await new Promise((later) => setTimeout(later, 50));
    expect(fake.calls('getUpdates')).toEqual([]);
    await stop();
    expect(host.accepted).toEqual([]);
  });

  it('goes on after an answer that is garbage', async () => {
    const here = await stand('polling');
    here.fake.fail({ kind: 'garbage' }, 1, 'getUpdates');
    people.write(here.fake, PERSON, 'سلام');
    await here.settle();
    expect(await wrote(here)).toEqual(['سلام']);
  });

  it('puts aside what nobody can read, tells staff, and takes what stands beside it', async () => {
    const here = await stand('polling');
    people.write(here.fake, PERSON, 'قبل');
    here.fake.push({ message: { message_id: 'x', from: 7 } });
    here.fake.push({ callback_query: 7 });
    people.write(here.fake, PERSON, 'بعد');
    await here.settle();
    expect(await wrote(here)).toEqual(['قبل', 'بعد']);
    const { unclaimed, notices } = here.whole.store;
    expect(await unclaimed.list('unreadable', 9)).toHaveLength(2);
    expect(await notices.list({ limit: 9 })).toMatchObject([{ kind: 'quarantined', conversation: null }]);
    // It is confirmed to Telegram: asked for again, it would be the same.
    expect(here.fake.state.waiting).toEqual([]);
  });
});

describe('webhook', () => {
  it('is set with secret, kinds and one connection, so that order holds', async () => {
    const here = await stand('webhook');
    expect(here.fake.state.webhook).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/webhooks\/telegram$/) as string,
      secret: expect.stringMatching(/^[\w-]{16,}$/) as string,
      connections: 1,
      allowed: ['message', 'edited_message', 'callback_query'],
    });
  });

  it('takes each once of what comes twice and in the wrong order', async () => {
    const here = await stand('webhook');
    const texts = ['الأولى', 'الثانية', 'الثالثة'];
    for (const text of texts) people.write(here.fake, PERSON, text);
    expect(await here.fake.deliver({ twice: true, reversed: true })).toEqual([200, 200, 200, 200, 200, 200]);
    await here.settle();
    expect((await wrote(here)).toSorted()).toEqual(texts.toSorted());
  });

  it('takes what comes twice once, and keeps what it cannot take at Telegram', async () => {
    let full = false;
    const here = await stand('webhook', (store) => ({
      ...store,
      turns: {
        ...store.turns,
        accept: (hint, item) =>
          full ? Promise.reject(new StoreError('full', 'no room')) : store.turns.accept(hint, item),
      },
    }));
    people.write(here.fake, PERSON, 'الأولى');
    expect(await here.fake.deliver({ twice: true })).toEqual([200, 200]);
    full = true;
    people.write(here.fake, PERSON, 'الثانية');
    expect(await here.fake.deliver()).toEqual([503]);
    full = false;
    await here.settle();
    expect(await wrote(here)).toEqual(['الأولى', 'الثانية']);
  });
});
