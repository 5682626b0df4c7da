// What /metrics shows of a whole Sila at work, and while a server is away.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Meter } from '../../src/observe/meter.js';
import { METRICS, type Metric } from '../../src/observe/metrics.js';
import { readNumbers } from '../../src/observe/numbers.js';
import { openModelStore } from '../store/model.js';
import { started, type Harness } from '../conversation/harness.js';

const page = async (h: Harness): Promise<string> => {
  await h.sila.readNumbers();
  return h.sila.house.meter.page();
};
const line = (text: string, start: string) => text.split('\n').find((one) => one.startsWith(`${start} `));

describe('the metrics', () => {
  it('are named as Prometheus asks, each with its help, and their labels are a closed list', () => {
    const labels = new Set<string>();
    for (const [name, metric] of Object.entries<Metric>(METRICS)) {
      expect(name).toMatch(/^sila_[a-z]+(_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(metric.kind === 'counter');
      if (metric.kind === 'histogram') expect(name).toMatch(/_seconds$/);
      expect(metric.help).toMatch(/^\S.{4,120}$/);
      for (const label of metric.labels) labels.add(label);
    }
    expect([...labels].sort()).toEqual([
      ...['channel', 'code', 'dependency', 'event', 'kind', 'method', 'operation', 'outcome', 'result', 'route'],
      'status',
    ]);
  });

  it('follow a message: taken in, known when it comes again, played, said', async () => {
    const h = await started();
    await h.write('p', 'السلام عليكم', { messageId: 'once' });
    await h.write('p', 'السلام عليكم', { messageId: 'once' });
    h.clock.pass(3_000);
    const before = await page(h);
    expect(line(before, 'sila_accepted_total{channel="fake"}')).toMatch(/ 1$/);
    expect(line(before, 'sila_duplicates_total{channel="fake"}')).toMatch(/ 1$/);
    expect(line(before, 'sila_mailbox')).toMatch(/ 1$/);
    expect(line(before, 'sila_mailbox_oldest_seconds')).toMatch(/ 3$/);
    expect(line(before, 'sila_bells_pending{kind="conversation"}')).toMatch(/ 1$/);
    await h.settle();
    const after = await page(h);
    expect(line(after, 'sila_mailbox_oldest_seconds')).toMatch(/ 0$/);
    expect(line(after, 'sila_turns_total{kind="message",outcome="committed"}')).toMatch(/ 1$/);
    expect(line(after, 'sila_commits_total{result="committed"}')).toMatch(/ 1$/);
    expect(line(after, 'sila_turn_lag_seconds_sum{channel="fake"}')).toMatch(/ 3$/);
    const sends = h.channel.sent.length;
    expect(sends).toBeGreaterThan(0);
    expect(line(after, 'sila_sends_total{channel="fake",outcome="sent"}')).toMatch(new RegExp(` ${sends}$`));
    expect(line(after, 'sila_send_lag_seconds_count{channel="fake"}')).toMatch(new RegExp(` ${sends}$`));
  });

  it('tell a provider that is down: tries by their code, the age of what waits, the account at rest', async () => {
    const h = await started();
    h.channel.answer = () =>
      Promise.resolve({
        result: 'error',
        error: { code: 'provider_down', retry: true, slow: 'message', tellStaff: false, optOut: false },
      });
    await h.tell('p', 'السلام عليكم');
    for (let minutes = 0; minutes < 10; minutes += 1) {
      h.clock.pass(60_000);
      await h.settle();
    }
    const text = await page(h);
    expect(Number(line(text, 'sila_outbox_oldest_seconds')?.split(' ')[1])).toBeGreaterThanOrEqual(600);
    const retries = 'sila_send_retries_total{channel="fake",code="provider_down"}';
    expect(Number(line(text, retries)?.split(' ')[1])).toBeGreaterThanOrEqual(5);
    expect(line(text, 'sila_channel_rests_total{channel="fake"}')).toMatch(/ 1$/);
    expect((await h.sila.readiness()).channels).toEqual({ fake: 'resting' });
  });

  it('show a channel whose words do not reach us', async () => {
    const h = await started();
    let hears = true;
    Object.assign(h.channel, { hears: () => hears });
    expect((await h.sila.readiness()).channels).toEqual({ fake: 'on' });
    hears = false;
    await vi.waitFor(async () => expect((await h.sila.readiness()).channels).toEqual({ fake: 'deaf' }), 5_000);
  });

  it('count what was put aside', async () => {
    const h = await started();
    const find = (): never => {
      throw new Error('no');
    };
    Object.assign(h.sila.house.finder, { find });
    await h.tell('p', 'هل لديكم فرع في جدة؟');
    const text = await page(h);
    expect(line(text, 'sila_quarantined_total{kind="message"}')).toMatch(/ 1$/);
    expect(line(text, 'sila_quarantined')).toMatch(/ 1$/);
    expect(line(text, 'sila_turns_total{kind="message",outcome="failed"}')).toMatch(/ 3$/);
    expect(line(text, 'sila_log_events_total{event="item.quarantined"}')).toMatch(/ 1$/);
  });

  it('leave out what nobody knows while the store and the queue are away, and come all the same', async () => {
    const meter = new Meter();
    const [store, now] = [openModelStore(), () => 1];
    const queue = { pending: () => Promise.resolve(2) };
    await readNumbers({ store, queue, meter, now, room: () => Promise.resolve(7) });
    expect(line(await meter.page(), 'sila_cases')).toMatch(/ 0$/);
    expect(line(await meter.page(), 'sila_disk_free_bytes')).toMatch(/ 7$/);
    const gone = () => Promise.reject(new Error('away'));
    await readNumbers({ store: { stats: gone }, queue: { pending: gone }, meter, now });
    const text = await meter.page();
    for (const name of ['sila_cases', 'sila_outbox', 'sila_outbox_oldest_seconds', 'sila_disk_free_bytes'])
      expect(line(text, name)).toBeUndefined();
    expect(text).not.toMatch(/^sila_bells_pending{/m);
  });

  it('come within two seconds when store and queue never answer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const never = () => new Promise<never>(() => undefined);
    const read = readNumbers({ store: { stats: never }, queue: { pending: never }, meter: new Meter(), now: () => 1 });
    const come = vi.fn();
    void read.then(come);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(come).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(come).toHaveBeenCalled();
  });
});
