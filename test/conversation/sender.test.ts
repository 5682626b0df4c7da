// Sending: in order, one at a time, again after trouble, never after its time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendError, SendResult } from '../../channels/channel.js';
import { jitter, STALE_AFTER } from '../../src/conversation/sender.js';
import { started, type Harness } from './harness.js';

const HOUR = 3_600_000;
const error = (code: SendError['code'], more: Partial<SendError> = {}): SendError => ({
  code,
  retry: true,
  slow: 'message',
  tellStaff: true,
  optOut: false,
  ...more,
});
const failing = (code: SendError['code'], more: Partial<SendError> = {}, retryAfter?: number): SendResult => ({
  result: 'error',
  error: error(code, more),
  ...(retryAfter !== undefined && { retryAfter }),
});

async function outbox(h: Harness) {
  const [row] = await h.store.turns.conversations({ limit: 1 });
  const rows = await h.store.messages.list(row!.id, 0, 100);
  return rows.filter(({ direction }) => direction === 'out');
}

/** Moves the clock on in steps and lets the sweeper find what is due. */
async function pass(h: Harness, total: number, step: number): Promise<void> {
  for (let gone = 0; gone < total; gone += step) {
    h.clock.pass(step);
    await h.sila.sweepOnce();
    await h.settle();
  }
}

describe('sending', () => {
  it('keeps the order and waits for each before the next', async () => {
    const h = await started();
    let inFlight = 0;
    let most = 0;
    h.channel.answer = async () => {
      most = Math.max(most, ++inFlight);
      for (let i = 0; i < 3; i++) await Promise.resolve();
      inFlight -= 1;
      return { result: 'sent' };
    };
    for (const text of ['السلام عليكم', 'طلب مساعدة', 'أوافق']) await h.write('p', text);
    await h.settle();
    const seqs = h.channel.sent.map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(3);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(most).toBe(1);
  });

  it('keeps the order and loses nothing whatever a provider answers', async () => {
    const answers = fc.constantFrom<SendResult>(
      { result: 'sent' },
      failing('provider_down'),
      failing('rate_limited', { slow: 'conversation' }, 4_000),
      { result: 'ambiguous', error: error('network') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(answers, { maxLength: 12 }), async (script) => {
        const h = await started();
        const tried: number[] = [];
        h.channel.answer = ({ seq }) => {
          tried.push(seq);
          return Promise.resolve(script.shift() ?? { result: 'sent' });
        };
        for (const text of ['السلام عليكم', 'طلب مساعدة']) await h.write('p', text);
        await h.settle();
        await pass(h, 2 * HOUR, 5 * 60_000);
        expect(tried).toEqual([...tried].sort((a, b) => a - b));
        const states = (await outbox(h)).map(({ state }) => state);
        expect(states.every((state) => state === 'sent' || state === 'ambiguous')).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('tries again later and later, and gives the words the same id each time', async () => {
    const h = await started({ random: () => 1 });
    const times: number[] = [];
    h.channel.answer = () => {
      times.push(h.clock.at);
      return Promise.resolve(failing('rate_limited'));
    };
    await h.write('p', 'السلام عليكم');
    await h.settle();
    await pass(h, 60_000, 1_000);
    const waits = times.slice(1).map((time, index) => time - times[index]!);
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(new Set(h.channel.sent.map(({ id }) => id)).size).toBe(1);
    expect(h.channel.sent.map(({ attempt }) => attempt)).toEqual(h.channel.sent.map((_, index) => index + 1));
  });

  it('waits exactly as long as the provider asks', async () => {
    const h = await started();
    const times: number[] = [];
    h.channel.answer = () => {
      times.push(h.clock.at);
      return Promise.resolve(times.length === 1 ? failing('rate_limited', {}, 7_000) : { result: 'sent' });
    };
    await h.write('p', 'السلام عليكم');
    await h.settle();
    await pass(h, 6_000, 1_000);
    expect(times).toHaveLength(1);
    await pass(h, 1_000, 1_000);
    expect(times[1]! - times[0]!).toBe(7_000);
  });

  it('ends when the reply window closes, and tells staff', async () => {
    const h = await started({ limits: { replyWindow: 24 * HOUR } });
    h.channel.answer = () => Promise.resolve(failing('provider_down'));
    await h.write('p', 'السلام عليكم');
    await h.settle();
    await pass(h, 26 * HOUR, 10 * 60_000);
    const rows = await outbox(h);
    expect(rows.every(({ state }) => state === 'failed' || state === 'expired')).toBe(true);
    const tries = h.channel.sent.length;
    await pass(h, 2 * HOUR, 10 * 60_000);
    expect(h.channel.sent).toHaveLength(tries);
  });

  it('drains in order when a provider is back after an hour', async () => {
    const h = await started();
    let down = true;
    h.channel.answer = () => Promise.resolve(down ? failing('provider_down') : { result: 'sent' });
    for (const text of ['السلام عليكم', 'طلب مساعدة']) await h.write('p', text);
    await h.settle();
    await pass(h, HOUR, 5 * 60_000);
    down = false;
    const from = h.channel.sent.length;
    await pass(h, 10 * 60_000, 60_000);
    const delivered = h.channel.sent.slice(from).map(({ seq }) => seq);
    expect(delivered).toEqual((await outbox(h)).map(({ seq }) => seq));
    expect((await outbox(h)).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('stops at a refusal, tells staff once and goes on with what follows', async () => {
    const h = await started();
    h.channel.answer = ({ seq }) =>
      Promise.resolve(seq === 2 ? failing('refused', { retry: false }) : { result: 'sent' });
    await h.tell('p', 'السلام عليكم');
    expect((await outbox(h)).map(({ state, error: code }) => [state, code])).toEqual([
      ['failed', 'refused'],
      ['sent', null],
    ]);
    const notices = (await h.store.notices.list({ limit: 10 })).filter(({ kind }) => kind === 'send_failed');
    expect(notices).toHaveLength(1);
  });

  it('repeats an unclear send a bounded number of times, also when the channel throws', async () => {
    const h = await started();
    h.channel.answer = () => Promise.reject(new Error('966500000001 said …'));
    await h.write('p', 'السلام عليكم');
    await h.settle();
    await pass(h, HOUR, 60_000);
    const [first] = await outbox(h);
    expect(first).toMatchObject({ state: 'ambiguous', attempts: 3 });
    expect(JSON.stringify(h.logged)).not.toContain('966500000001');
  });

  it('takes up a send whose process died, and no second one before', async () => {
    const h = await started();
    h.channel.answer = () => new Promise(() => undefined);
    await h.write('p', 'السلام عليكم');
    void h.settle();
    while (h.channel.sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    h.clock.pass(STALE_AFTER - 1_000);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.sent).toHaveLength(1);
    h.clock.pass(2_000);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.sent.slice(0, 2).map(({ seq, attempt }) => [seq, attempt])).toEqual([
      [2, 1],
      [2, 2],
    ]);
  });

  it('tells staff once when the provider of an account is down', async () => {
    const h = await started();
    const down = { code: 'provider_down', retry: true, slow: 'message', tellStaff: false, optOut: false } as const;
    h.channel.answer = () => Promise.resolve({ result: 'error', error: down });
    for (const user of ['a', 'b', 'c', 'd']) await h.write(user, 'السلام عليكم');
    await h.settle();
    expect(await h.store.notices.list({ limit: 10 })).toEqual([]);
    await pass(h, HOUR, 60_000);
    const kinds = (await h.store.notices.list({ limit: 10 })).map(({ kind }) => kind);
    expect(kinds).toEqual(['channel_trouble']);
  });

  it("lets a provider's status find its message", async () => {
    const h = await started();
    h.channel.answer = ({ seq }) => Promise.resolve({ result: 'sent', providerId: `wamid.${seq}` });
    await h.tell('p', 'السلام عليكم');
    const key = h.sila.house.vault.hash('message', 'main', 'wamid.2');
    expect(await h.store.messages.status(key, 'read', h.clock.at)).toBe(true);
    expect((await outbox(h))[0]).toMatchObject({ state: 'read' });
  });

  it('waits for a channel that is off', async () => {
    const h = await started();
    h.sila.house.channels.delete('fake');
    await h.write('p', 'السلام عليكم');
    await h.settle();
    expect((await outbox(h)).every(({ state }) => state === 'queued')).toBe(true);
    h.sila.house.channels.set('fake', h.channel);
    await pass(h, 60_000, 60_000);
    expect((await outbox(h)).every(({ state }) => state === 'sent')).toBe(true);
  });
});

describe('the back-off', () => {
  it('lies between nothing and five minutes, and grows', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (random, attempts) => {
        const wait = jitter(random, attempts);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(5 * 60_000);
        expect(jitter(random, attempts + 1)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});
