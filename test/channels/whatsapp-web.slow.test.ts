// whatsapp-web.js, the real library in a real Chromium (channels/whatsapp-web/), before a small WhatsApp Web page of our own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createChannel, whatsappWeb } from '../../channels/whatsapp-web/index.js';
import { caps } from '../../channels/whatsapp-web/limits.js';
import { openLine } from '../../channels/whatsapp-web/line.js';
import type { FileRef, Option } from '../../src/engine/types.js';
import { HUDA, type Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { browsersOf, PAGE_VERSION, renderersOf, startPhone, type Phone } from '../providers/whatsapp-web-phone.js';
import { hasChromium } from '../support/browser.js';
import type { ChannelContract, Provider } from './contract-types.js';
import { until } from './telegram-talk.js';
import { walkerOn } from './walker.js';
import { openWhole, type Whole } from './whole.js';

const root = resolve(import.meta.dirname, '../..');
const PROGRAM = join(root, 'dist/channels/whatsapp-web/line-process.js');
const USER = '966551234567@c.us';
const ACCOUNT = 'whatsapp-web:966500000001';

/** Opening a browser takes its time beside other work. */
const LONG = 90_000;

interface Stand {
  phone: Phone;
  whole: Whole;
  /** What Fatima was sent, in order. */
  heard: () => string[];
  /** Until all that came in is handled, sends included. */
  settle: () => Promise<void>;
  state: () => Promise<string | undefined>;
}

async function stand(): Promise<Stand> {
  const phone = await startPhone();
  const folder = mkdtempSync(join(tmpdir(), 'sila-web-'));
  const settings = {
    CHROMIUM_PATH: phone.chromium,
    SESSION_DIR: folder,
    WHATSAPP_WEB_PAGE: join(phone.pages, `${PAGE_VERSION}.html`),
  };
  const around = {
    openLine: (...[opening, tell]: Parameters<typeof openLine>) => openLine(opening, tell, PROGRAM),
    random: () => 0.5,
    pause: () => new Promise<void>((next) => setTimeout(next, 20)),
  };
  const provider = { settings, account: ACCOUNT, stop: () => phone.stop() } as unknown as Provider;
  const contract: ChannelContract = {
    module: { limits: whatsappWeb.limits, create: (host, given) => createChannel(host, given, around) },
    path: '',
    proof: { header: '', over: 'sender' },
    start: () => Promise.resolve(provider),
  };
  const whole = await openWhole(contract);
  onTestFinished(async () => {
    await whole.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const shown = () => whole.sila.host('whatsapp-web').transcript(ACCOUNT, USER, 0, 1_000);
  const settle = async () => {
    const written = phone.history.filter(({ fromMe, user }) => !fromMe && user === USER).length;
    await until(async () => {
      await whole.settle();
      const taken = (await shown()).filter(({ from }) => from === 'person').length;
      return taken >= written && (await whole.store.turns.waiting(whole.clock.at, 9)).length === 0;
    }, LONG);
  };
  return {
    phone,
    whole,
    settle,
    heard: () => phone.sent.filter(({ user }) => user === USER).map(({ text }) => text),
    state: async () => (await whole.sila.channels[0]?.session?.state())?.state,
  };
}

function endAll(processes: readonly number[]): void {
  for (const one of processes) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It ended with its browser.
    }
  }
}

/** Somebody scans the code with the charity's phone. */
async function paired(): Promise<Stand> {
  const here = await stand();
  await until(async () => (await here.state()) === 'pairing', LONG);
  here.phone.command({ do: 'pair' });
  await until(async () => (await here.state()) === 'on', LONG);
  return here;
}

/** The walk through a request wants a person who writes and hears: she does it on WhatsApp, where options are numbers. */
function onWhatsApp(here: Stand, photo: Buffer): Harness {
  const { phone, whole, settle, heard } = here;
  let shown: Awaited<ReturnType<ReturnType<Whole['sila']['host']>['transcript']>> = [];
  const act = async (words: string, choice?: string, files?: FileRef[]) => {
    const options = shown.findLast((one) => one.options.length > 0)?.options ?? [];
    const at = options.findIndex(({ id }) => id === choice);
    const before = heard().length;
    if (files) phone.give(USER, photo, { mime: 'image/png', type: 'image' });
    else phone.write(USER, at < 0 ? words : typed(options, at));
    await settle();
    shown = await whole.sila.host('whatsapp-web').transcript(ACCOUNT, USER, 0, 1_000);
    return heard().slice(before);
  };
  return walkerOn(whole, { user: USER, settle, act, shown: () => shown });
}

/** The number in front of it; what has none is answered with its words. */
function typed(options: readonly Option[], at: number): string {
  const { id = '', label = '' } = options[at] ?? {};
  return /\/skipped$|^!/.test(id) ? label : String(at + 1);
}

describe.skipIf(!hasChromium)('whatsapp-web.js in Chromium', () => {
  beforeAll(() => execFileSync(process.execPath, ['scripts/build.mjs', '--server'], { cwd: root }));

  it('a whole aid request is answered with numbered menus, filed with its paper, and becomes a case; staff send a picture back', async () => {
    const here = await paired();
    const photo = await picture('تقرير');
    const person = { ...FATIMA, user: USER, file: { name: 'photo', bytes: photo } };
    const number = await fileRequest(onWhatsApp(here, photo), person);
    expect(number).toMatch(/^\d{13}$/);
    await here.settle();
    const { store, sila } = here.whole;
    const [row] = await store.turns.conversations({ limit: 1 });
    expect(row).toMatchObject({ channel: 'whatsapp-web', account: ACCOUNT });
    expect(await store.cases.get(number)).toMatchObject({ number, conversation: row!.id });
    expect(await store.files.ofOwner(row!.address)).toMatchObject([{ mime: 'image/png', caseNumber: number }]);
    expect(here.heard().some((text) => text.includes('\n1. '))).toBe(true);
    expect(here.heard().some((text) => text.includes('• رابط رفع آمن'))).toBe(true);
    // We typed and read before we said anything, and began no chat of ours.
    expect(here.phone.typing.length).toBeGreaterThanOrEqual(here.phone.sent.length);
    expect(here.phone.seen).toContain(USER);
    expect(here.phone.began).toEqual([]);
    const file = await sila.desk.keepFile(row!.id, HUDA, 'نموذج.png', photo);
    if ('refused' in file) throw new Error(file.refused);
    await sila.desk.reply(row!.id, HUDA, 'هذا النموذج', 'client-1', file.id);
    await here.settle();
    const { file: sent, text } = here.phone.sent.at(-1)!;
    expect([text, sent?.kind, sent?.mime]).toEqual(['هذا النموذج', 'image', 'image/png']);
    const ours = async () => (await store.messages.list(row!.id, 0, 500)).filter((one) => one.direction === 'out');
    for (const { id } of here.phone.sent) here.phone.command({ do: 'ack', id, ack: 3 });
    await until(async () => (await ours()).every(({ state }) => state === 'read'), LONG);
  });

  it('keeps its session over a restart, and takes what was written meanwhile, files too, once and in order', async () => {
    const here = await paired();
    here.phone.write(USER, 'السلام عليكم');
    await here.settle();
    const before = here.heard().length;
    expect(before).toBeGreaterThan(0);
    const restarting = here.whole.restart();
    here.phone.write(USER, 'طلب مساعدة');
    here.phone.give(USER, await picture('x'), { mime: 'image/png', type: 'image', caption: 'تقريري' });
    await restarting;
    await until(async () => (await here.state()) === 'on', LONG);
    await here.settle();
    expect(await here.whole.written(USER)).toEqual(['السلام عليكم', 'طلب مساعدة', 'تقريري']);
    const [row] = await here.whole.store.turns.conversations({ limit: 1 });
    expect(await here.whole.store.files.ofOwner(row!.address)).toHaveLength(1);
    await here.whole.restart();
    await until(async () => (await here.state()) === 'on', LONG);
    here.phone.write(USER, 'القائمة');
    await here.settle();
    expect(await here.whole.written(USER)).toHaveLength(4);
    expect(await here.whole.store.files.ofOwner(row!.address)).toHaveLength(1);
  });

  it('a killed browser is opened again: nothing is lost, nothing said twice, nobody is disturbed', async () => {
    const here = await paired();
    here.phone.write(USER, 'السلام عليكم');
    await here.settle();
    const said = here.heard();
    const folder = join(here.whole.provider.settings['SESSION_DIR']!, 'session/session');
    const [browser] = browsersOf(folder);
    process.kill(browser!, 'SIGKILL');
    await until(() => here.phone.pagesOpen() === 0, LONG);
    here.phone.write(USER, 'القائمة');
    await here.settle();
    expect(here.heard().slice(0, said.length)).toEqual(said);
    expect(here.heard().length).toBeGreaterThan(said.length);
    expect(new Set(here.heard().slice(said.length)).size).toBe(here.heard().length - said.length);
    expect(await here.whole.store.notices.list({ limit: 9 })).toEqual([]);
  });

  it.each([
    ['crashed', 'SIGKILL'],
    ['froze', 'SIGSTOP'],
  ] as const)('a page that %s in a browser that lives is noticed, and opened again unseen', async (_name, signal) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const here = await paired();
    here.phone.write(USER, 'السلام عليكم');
    await here.settle();
    const said = here.heard();
    const folder = join(here.whole.provider.settings['SESSION_DIR']!, 'session/session');
    const pages = renderersOf(folder);
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) process.kill(page, signal);
    // One that is stopped hears of nothing, not even of its own browser's end.
    onTestFinished(() => endAll(pages));
    here.phone.write(USER, 'القائمة');
    const opened = () => renderersOf(folder).some((page) => !pages.includes(page));
    await until(async () => {
      // A crash is told by the browser; one that froze is found by asking it.
      if (signal === 'SIGSTOP') vi.advanceTimersByTime(caps.pulse);
      await new Promise((next) => setTimeout(next, 500));
      return opened();
    }, LONG);
    await until(async () => (await here.state()) === 'on', LONG);
    await here.settle();
    expect(here.heard().slice(0, said.length)).toEqual(said);
    expect(here.heard()).toHaveLength(said.length + 1);
    expect(await here.whole.store.notices.list({ limit: 9 })).toEqual([]);
  });

  it('says nothing while the page has no line to WhatsApp, and all of it once when it has', async () => {
    const here = await paired();
    here.phone.command({ do: 'state', state: 'OPENING' });
    here.phone.write(USER, 'السلام عليكم');
    await until(async () => {
      await here.whole.queue.drain();
      return (await here.whole.written(USER)).length > 0;
    }, LONG);
    await here.whole.queue.drain();
    expect(here.heard()).toEqual([]);
    here.phone.command({ do: 'state', state: 'CONNECTED' });
    await here.settle();
    await until(async () => {
      await here.whole.settle();
      return here.heard().length > 0;
    }, LONG);
    expect(here.heard()).toHaveLength(1);
  });

  it('groups and statuses are passed over, what is edited or deleted reaches our copy', async () => {
    const here = await paired();
    here.phone.write('120363000000000000@g.us', 'في المجموعة', { author: USER });
    here.phone.write('status@broadcast', 'حالة', { author: USER, isStatusV3: true });
    const first = here.phone.write(USER, 'السلام عليكم');
    await here.settle();
    expect((await here.whole.store.turns.conversations({ limit: 9 })).length).toBe(1);
    const second = here.phone.write(USER, 'طلب مساعده');
    await here.settle();
    const edited = ['طلب مساعدة', 'طلب مساعدة للعلاج'];
    for (const [at, body] of edited.entries())
      here.phone.command({ do: 'edit', id: `false_${USER}_${second.id}`, body, at: at + 1 });
    await until(async () => {
      await here.whole.settle();
      const written = await here.whole.written(USER);
      return edited.every((body) => written.includes(body));
    }, LONG);
    here.phone.command({ do: 'revoke', id: `false_${USER}_${first.id}` });
    await until(async () => {
      await here.whole.settle();
      return !(await here.whole.written(USER)).includes('السلام عليكم');
    }, LONG);
  });

  it('a session that the phone ends calls for staff, and a new code is shown', async () => {
    const here = await paired();
    here.phone.command({ do: 'logout' });
    await until(async () => (await here.state()) === 'pairing', LONG);
    expect(await here.whole.sila.channels[0]?.session?.state()).toMatchObject({ why: 'LOGOUT' });
    const kinds = (await here.whole.store.notices.list({ limit: 9 })).map(({ kind }) => kind);
    expect(kinds).toEqual(['channel_trouble']);
  });
});
