// The session of whatsapp-web.js (channels/whatsapp-web/): paired, lost, banned, opened again, held by one process.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { caps } from '../../channels/whatsapp-web/limits.js';
import { isUnpaired, tellsStaff, waitOf } from '../../channels/whatsapp-web/lost.js';
import { ACCOUNT, NUMBER } from '../providers/whatsapp-web-line.js';
import { until } from './telegram-talk.js';
import { stand, talking, wrote, type Stand } from './whatsapp-web-stand.js';

/** Somebody has written; `beat` is the time between two askings of how the page stands, so often. */
async function beating(): Promise<Stand & { beat: (times: number) => Promise<void> }> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const here = await talking();
  const beat = async (times: number) => {
    for (let n = 0; n < times; n++) {
      vi.advanceTimersByTime(caps.pulse);
      // What was asked is answered.
      await new Promise((next) => setImmediate(next));
    }
  };
  return Object.assign(here, { beat });
}

describe('the session', () => {
  it('shows a code to scan, the newest one and for a minute, until the phone is paired', async () => {
    const here = await stand((web, host) => {
      web.paired = false;
      host.clock.now = 1_800_000_000_000;
    });
    await until(async () => (await here.state()) === 'pairing');
    const first = await here.channel.session?.state();
    expect(first?.code).toMatchObject({ until: 1_800_000_000_000 + caps.codeShown });
    await here.web.tell({ event: 'qr', code: '2@newer' });
    expect((await here.channel.session?.state())?.code?.text).toBe('2@newer');
    await here.web.pair();
    expect(await here.channel.session?.state()).toMatchObject({ state: 'on' });
    expect(JSON.stringify(await here.channel.session?.state())).not.toContain('2@');
    expect(here.host.logged.join(' ')).not.toContain('2@');
    expect(here.host.troubles).toBe(0);
  });

  it('is opened again unseen when the browser dies, and staff hear when it does not stay', async () => {
    const here = await talking();
    here.web.lose('BROKEN');
    await until(() => here.web.opened === 2);
    await until(async () => (await here.state()) === 'on');
    expect(here.host.troubles).toBe(0);
    expect(here.web.faults).toEqual([]);
  });

  it('is opened again unseen when the page is silent twice in a row, and not when it answers in between', async () => {
    const here = await beating();
    for (const times of [1, 1]) {
      here.web.failing.set('state', { times });
      await here.beat(2);
    }
    expect([here.web.opened, await here.state()]).toEqual([1, 'on']);
    here.web.failing.set('state', { times: 2 });
    await here.beat(2);
    await until(() => here.web.opened === 2);
    await until(async () => (await here.state()) === 'on');
    await here.beat(caps.cutOff);
    expect([here.web.opened, here.host.troubles, here.web.faults]).toEqual([2, 0, []]);
  });

  it('that is cut off from WhatsApp calls for staff after five minutes, is not shown as on, and comes back by itself', async () => {
    const here = await beating();
    here.web.offline = true;
    await here.beat(caps.cutOff - 1);
    expect([await here.state(), here.host.troubles]).toEqual(['on', 0]);
    await here.beat(caps.cutOff);
    expect([await here.state(), here.host.troubles, here.web.opened]).toEqual(['lost', 1, 1]);
    expect(here.host.logged.join(' ')).toContain('whatsapp_web.cut_off');
    here.web.offline = false;
    await here.beat(1);
    expect(await here.state()).toBe('on');
    await wrote(here, { body: 'هل وصلت رسالتي؟' });
    expect(here.host.accepted.at(-1)).toMatchObject({ text: 'هل وصلت رسالتي؟' });
  });

  it('is opened again when the page never comes up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const here = await stand((web) => (web.stuck = true));
    while (!here.web.isOpen()) await new Promise((next) => setImmediate(next));
    here.web.stuck = false;
    vi.advanceTimersByTime(caps.opens - 1);
    await new Promise((next) => setImmediate(next));
    expect(here.web.opened).toBe(1);
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    await until(async () => here.web.opened === 2 && (await here.state()) === 'on');
  });

  it('that ends on the phone, or is banned, calls for staff at once and says why', async () => {
    const here = await talking();
    here.web.lose('LOGOUT');
    await until(async () => (await here.state()) === 'pairing');
    expect(here.host.troubles).toBe(1);
    expect(await here.channel.session?.state()).toMatchObject({ why: 'LOGOUT' });
    expect(await here.channel.send(here.message({ text: 'x' }))).toMatchObject({ error: { code: 'auth' } });
    await here.web.pair();
    expect((await here.channel.session?.state())?.why).toBeUndefined();
    here.paused.length = 0;
    here.web.lose('TOS_BLOCK');
    await until(() => here.host.troubles === 2);
    await until(() => here.paused.includes(caps.bannedWait));
  });

  it('of another number answers only what is written to that one from then on', async () => {
    const here = await talking();
    here.web.lose('UNPAIRED');
    await until(async () => (await here.state()) === 'pairing');
    here.web.number = '966500000002@c.us';
    here.host.clock.now = 1_900_000_000_000;
    await here.web.pair();
    await wrote(here, { body: 'إلى الرقم الجديد' });
    expect(here.host.accepted.map(({ account, text }) => [account, text])).toEqual([
      [ACCOUNT, 'السلام عليكم'],
      ['whatsapp-web:966500000002', 'إلى الرقم الجديد'],
    ]);
    expect(NUMBER).not.toBe(here.web.number);
  });

  it('is where people reach us, with a code in the words that stand ready, only while it stands', async () => {
    const here = await talking();
    expect(await here.channel.reach?.()).toBe('https://wa.me/966500000001');
    expect(await here.channel.reach?.('12345678')).toBe('https://wa.me/966500000001?text=12345678');
    here.web.lose('LOGOUT');
    await until(async () => (await here.state()) === 'pairing');
    expect(await here.channel.reach?.()).toBeNull();
  });

  it('is let go of, browser and all, when another process has come to hold it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const here = await talking();
    here.host.limited.add('receiver');
    vi.advanceTimersByTime(caps.lease / 3);
    await until(() => !here.web.isOpen());
    expect(here.channel.session?.holds()).toBe(false);
    expect(here.host.troubles).toBe(0);
    here.host.limited.delete('receiver');
    await until(async () => (await here.state()) === 'on' && here.web.isOpen());
    expect(here.web.faults).toEqual([]);
  });

  it('is kept while the store cannot say who holds it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const here = await talking();
    let asked = 0;
    here.host.holdReceiver = () => Promise.reject(new Error(`away ${++asked}`));
    vi.advanceTimersByTime(caps.lease / 3);
    await until(() => asked > 0);
    expect([here.web.isOpen(), here.channel.session?.holds()]).toEqual([true, true]);
    here.host.holdReceiver = () => Promise.resolve(true);
  });

  it('is not opened while another process has it', async () => {
    const here = await stand((_web, host) => host.limited.add('receiver'));
    await until(() => here.paused.length > 3);
    expect(here.web.opened).toBe(0);
    expect(here.channel.session?.holds()).toBe(false);
    expect(await here.state()).toBeUndefined();
    let held = 0;
    here.channel.session?.onHeld(() => (held += 1));
    here.host.limited.delete('receiver');
    await until(() => here.web.isOpen());
    expect([here.channel.session?.holds(), held]).toEqual([true, 1]);
  });

  it('tries a browser that does not stay less and less often, and tells staff of the third time', () => {
    expect([1, 2, 3, 4, 20].map((failures) => waitOf('BROKEN', failures))).toEqual([
      ...[1_000, 2_000, 4_000, 8_000],
      caps.longestWait,
    ]);
    expect([1, 2, 3, 4].map((failures) => tellsStaff('BROKEN', failures))).toEqual([false, false, true, false]);
    expect(waitOf('SMB_TOS_BLOCK', 0)).toBe(caps.bannedWait);
    expect([isUnpaired('LOGOUT'), isUnpaired('CONFLICT'), tellsStaff('CONFLICT', 0)]).toEqual([true, false, true]);
    expect([1, caps.idleRounds, caps.idleRounds + 1].map((rounds) => waitOf('idle', rounds))).toEqual([
      ...[caps.firstWait, caps.firstWait],
      caps.longestWait,
    ]);
    expect([tellsStaff('idle', 0), tellsStaff('stopped', 0), tellsStaff('lease', 0)]).toEqual([false, false, false]);
  });
});
