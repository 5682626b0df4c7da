// Statuses: they find their message, by the provider's id or by ours, and settle what nobody knew.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SendError, StatusReport } from '../../channels/channel.js';
import { Clock, harness, started, type Harness } from './harness.js';

const unclear: SendError = { code: 'network', retry: true, slow: 'message', tellStaff: true, optOut: false };
const MINUTE = 60_000;

async function outbox(h: Harness) {
  const [row] = await h.store.turns.conversations({ limit: 1 });
  return (await h.store.messages.list(row!.id, 0, 100)).filter(({ direction }) => direction === 'out');
}
const report = (h: Harness, providerId: string, state: StatusReport['state'], more: Partial<StatusReport> = {}) =>
  h.sila.host('fake').status({ account: 'main', providerId, state, at: h.clock.at, ...more });

describe('statuses', () => {
  it('move forward only, in whatever order they come', async () => {
    const h = await started();
    h.channel.answer = ({ seq }) => Promise.resolve({ result: 'sent', providerId: `w${seq}` });
    await h.tell('p', 'السلام عليكم');
    for (const state of ['read', 'sent', 'delivered', 'failed', 'read'] as const) await report(h, 'w2', state);
    expect((await outbox(h))[0]).toMatchObject({ state: 'read', error: null });
  });

  it('settle an unclear send before it is made again', async () => {
    const h = await started({ limits: { reconcile: 15_000 }, random: () => 0 });
    h.channel.answer = () => Promise.resolve({ result: 'ambiguous', error: unclear });
    await h.write('p', 'السلام عليكم');
    await h.settle();
    const [first] = await outbox(h);
    expect(first).toMatchObject({ state: 'queued', attempts: 1 });
    h.clock.pass(14_000);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.sent).toHaveLength(1);
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    await report(h, 'wamid.late', 'delivered', { id: first!.id });
    await h.settle();
    expect((await outbox(h)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 1],
      ['sent', 1],
    ]);
  });

  it('that never come leave the unclear send to be made again', async () => {
    const h = await started({ limits: { reconcile: 15_000 } });
    let answers = 0;
    h.channel.answer = () =>
      Promise.resolve(answers++ === 0 ? { result: 'ambiguous', error: unclear } : { result: 'sent' });
    await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(15_000);
    await h.settle();
    expect((await outbox(h))[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('that never come through an outage of an hour leave nothing unsent', async () => {
    const h = await started({ limits: { reconcile: 15_000, replyWindow: 24 * 60 * MINUTE } });
    let hanging = true;
    h.channel.answer = () =>
      Promise.resolve(hanging ? { result: 'ambiguous', error: unclear } : { result: 'sent', providerId: 'w' });
    await h.write('p', 'السلام عليكم');
    for (let gone = 0; gone < 60; gone++) {
      await h.sila.sweepOnce();
      await h.settle();
      h.clock.pass(MINUTE);
    }
    hanging = false;
    h.clock.pass(5 * MINUTE);
    await h.sila.sweepOnce();
    await h.settle();
    expect((await outbox(h)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('of an account touch no message of another', async () => {
    const h = await started();
    h.channel.answer = () => Promise.resolve({ result: 'ambiguous', error: unclear });
    await h.write('p', 'السلام عليكم');
    await h.settle();
    const [first] = await outbox(h);
    await report(h, 'x', 'read', { id: first!.id, account: 'other' });
    expect((await outbox(h))[0]).toMatchObject({ state: 'queued', providerKey: null });
  });

  it('that overtake our own note of the send are kept for it', async () => {
    const h = await started();
    h.channel.answer = async ({ seq }) => {
      await report(h, `w${seq}`, 'delivered');
      return { result: 'sent', providerId: `w${seq}` };
    };
    await h.tell('p', 'السلام عليكم');
    expect((await outbox(h)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('that overtake it are kept through a restart too', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const clock = new Clock();
    const first = await harness({ dir, clock });
    await report(first, 'w2', 'read');
    await report(first, 'w2', 'sent');
    const [row] = await first.store.unclaimed.list('status', 1);
    expect(Buffer.from(row!.sealed).includes('read')).toBe(false);
    await first.stop();
    clock.pass(9 * MINUTE);
    const h = await started({ dir, clock });
    h.channel.answer = ({ seq }) => Promise.resolve({ result: 'sent', providerId: `w${seq}` });
    await h.tell('p', 'السلام عليكم');
    expect((await outbox(h)).map(({ state }) => state)).toEqual(['read', 'sent']);
    expect(await h.store.unclaimed.list('status', 9)).toEqual([]);
  });

  it('of unknown messages are dropped after ten minutes, and counted', async () => {
    const h = await started();
    await report(h, 'nobody', 'sent');
    await report(h, 'nobody', 'read');
    h.clock.pass(9 * MINUTE);
    await report(h, 'younger', 'sent');
    h.clock.pass(MINUTE);
    await h.sila.sweepOnce();
    expect(await h.sila.house.meter.page()).toMatch(/^sila_statuses_dropped_total 2$/m);
    expect(h.logged).toContainEqual({ event: 'status.dropped', facts: { count: 2 } });
  });

  it('that say it failed tell staff once, and not after it was delivered', async () => {
    const h = await started();
    h.channel.answer = ({ seq }) => Promise.resolve({ result: 'sent', providerId: `w${seq}` });
    await h.tell('p', 'السلام عليكم');
    const [first, second] = await outbox(h);
    const error = { ...unclear, code: 'window_closed' as const };
    await report(h, 'w3', 'delivered', { id: second!.id });
    for (const [providerId, id] of [
      ['w2', first!.id],
      ['w2', first!.id],
      ['w3', second!.id],
    ] as const)
      await report(h, providerId, 'failed', { id, error });
    expect((await outbox(h)).map(({ state, error: code }) => [state, code])).toEqual([
      ['failed', 'window_closed'],
      ['delivered', null],
    ]);
    const notices = (await h.store.notices.list({ limit: 10 })).filter(({ kind }) => kind === 'send_failed');
    expect(notices.map(({ id }) => id)).toEqual([`send_failed.${first!.id}`]);
  });
});

describe('a channel in trouble', () => {
  it('is told to staff once, while its messages wait', async () => {
    const h = await started();
    const auth: SendError = { code: 'auth', retry: true, slow: 'account', tellStaff: true, optOut: false };
    let broken = true;
    h.channel.answer = () =>
      Promise.resolve(broken ? { result: 'error', error: auth, retryAfter: 15 * MINUTE } : { result: 'sent' });
    for (const user of ['p', 'q', 'r']) await h.write(user, 'السلام عليكم');
    await h.settle();
    const tries = h.channel.sent.length;
    for (let i = 0; i < 14; i++) {
      h.clock.pass(MINUTE);
      await h.sila.sweepOnce();
      await h.settle();
    }
    expect(h.channel.sent).toHaveLength(tries);
    expect((await h.store.notices.list({ limit: 10 })).map(({ kind }) => kind)).toEqual(['channel_trouble']);
    broken = false;
    h.clock.pass(MINUTE);
    await h.settle();
    expect((await outbox(h)).every(({ state }) => state === 'sent')).toBe(true);
  });
});

describe('reading', () => {
  it('is shown while the bot has the conversation, once a message, and never breaks a turn', async () => {
    const h = await started();
    const seen: string[] = [];
    Object.assign(h.channel, { reading: ({ messageId }: { messageId: string }) => void seen.push(messageId) });
    await h.write('p', 'السلام عليكم', { messageId: 'one' });
    await h.write('p', 'موظف', { messageId: 'two' });
    await h.settle();
    await h.write('p', 'أين أنتم؟', { messageId: 'three' });
    await h.settle();
    expect(seen).toEqual(['one', 'two']);
  });
});
