// Timers: once each, not at night, not when their reason is gone.
import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/conversation/quiet-hours.js';
import { Clock, HUDA, MORNING, started, tellAll } from './harness.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('silence', () => {
  it('ends the waiting once, however often the sweeper looks', async () => {
    const h = await started({ clock: new Clock(MORNING + 3 * HOUR) });
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    const [before] = await h.store.turns.conversations({ limit: 1 });
    const told = h.channel.said('p').length;
    expect(before).toMatchObject({ dueKind: 'reminder' });
    h.clock.at = before!.dueAt!;
    await Promise.all([h.sila.sweepOnce(), h.sila.sweepOnce(), h.sila.sweepOnce()]);
    await h.settle();
    expect(h.channel.said('p').length).toBe(told + 1);
    const [reminded] = await h.store.turns.conversations({ limit: 1 });
    expect(reminded).toMatchObject({ flow: 'aid-request', dueKind: 'silence' });
    h.clock.at = reminded!.dueAt!;
    await Promise.all([h.sila.sweepOnce(), h.sila.sweepOnce(), h.sila.sweepOnce()]);
    await h.settle();
    for (let i = 0; i < 5; i++) {
      h.clock.pass(MINUTE);
      await h.sila.sweepOnce();
      await h.settle();
    }
    const [after] = await h.store.turns.conversations({ limit: 1 });
    expect(after).toMatchObject({ flow: null, dueAt: null });
    expect(h.channel.said('p').length).toBe(told + 2);
    const record = await h.sila.house.records.sessionOf(after!);
    expect(record?.session.parked).toHaveLength(1);
  });

  it('does not end the waiting when the person wrote meanwhile', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة']);
    const [before] = await h.store.turns.conversations({ limit: 1 });
    h.clock.at = before!.dueAt! - 1;
    await h.write('p', 'أوافق');
    h.clock.pass(1);
    await h.sila.sweepOnce();
    await h.settle();
    const [after] = await h.store.turns.conversations({ limit: 1 });
    expect(after?.flow).toBe('aid-request');
    expect(after!.dueAt).toBeGreaterThan(h.clock.at);
  });

  it('waits for the morning before it speaks', async () => {
    const h = await started();
    // Twenty hours after 05:00 in Riyadh is 01:00; the reminder came at nine.
    h.clock.at = MORNING - 6 * HOUR;
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    h.clock.pass(4 * HOUR + MINUTE);
    await h.sila.sweepOnce();
    await h.settle();
    const told = h.channel.said('p').length;
    h.clock.pass(16 * HOUR);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.said('p')).toHaveLength(told);
    const [night] = await h.store.turns.conversations({ limit: 1 });
    expect(night).toMatchObject({ flow: 'aid-request', dueKind: 'silence' });
    expect(new Date(night!.dueAt!).toISOString()).toBe('2026-03-02T05:00:00.000Z');
    h.clock.at = night!.dueAt!;
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.said('p')).toHaveLength(told + 1);
  });
});

describe('a reminder', () => {
  it('waits for the morning, comes once a request, and never after the request was filed or left', async () => {
    const h = await started();
    // Four hours after 21:00 in Riyadh is 01:00.
    h.clock.at = MORNING + 10 * HOUR;
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    const told = h.channel.said('p').length;
    h.clock.pass(4 * HOUR + MINUTE);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.said('p')).toHaveLength(told);
    const [night] = await h.store.turns.conversations({ limit: 1 });
    expect(night).toMatchObject({ dueKind: 'reminder' });
    expect(quietUntil('Asia/Riyadh', night!.dueAt!)).toBeNull();
    h.clock.at = night!.dueAt!;
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.said('p')).toHaveLength(told + 1);
    expect(h.channel.said('p').at(-1)).toContain(h.sila.house.texts.say('engine.reminder', 'ar'));
    await h.write('p', '1');
    await h.settle();
    const [after] = await h.store.turns.conversations({ limit: 1 });
    expect(after).toMatchObject({ flow: 'aid-request', dueKind: 'silence' });
    await tellAll(h, 'p', ['القائمة']);
    const [menu] = await h.store.turns.conversations({ limit: 1 });
    expect(menu).toMatchObject({ flow: 'menu', dueKind: 'silence' });
  });
});

describe('a hand-off', () => {
  it('silences the bot, says so when nobody comes in time, and tells staff', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'موظف']);
    const [row] = await h.store.turns.conversations({ hold: 'waiting', limit: 1 });
    expect(row).toBeDefined();
    const deadline = row!.dueAt! - h.clock.at;
    expect(deadline).toBe(h.sila.house.charity.handoffDeadline);
    h.clock.pass(deadline);
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.said('p').at(-1)).toBe(h.sila.house.texts.say('engine.handoff.late', 'ar'));
    const kinds = (await h.store.notices.list({ limit: 10 })).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['handoff', 'handoff_late']));
  });

  it('taken by staff: the bot is silent until it is handed back', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'موظف']);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    await h.sila.desk.take(row!.id, HUDA);
    await h.settle();
    expect(await h.store.turns.conversation(row!.id)).toMatchObject({ hold: 'taken', heldBy: HUDA.id });
    expect(await h.tell('p', 'القائمة')).toEqual([]);
    expect(await h.tell('p', 'هل أنتم هنا؟')).toEqual([]);
    await h.sila.desk.reply(row!.id, HUDA, 'نعم، أهلًا بك.', 'client-1');
    await h.sila.desk.reply(row!.id, HUDA, 'نعم، أهلًا بك.', 'client-1');
    await h.settle();
    expect(h.channel.said('p').filter((text) => text === 'نعم، أهلًا بك.')).toHaveLength(1);
    expect(h.channel.sent.at(-1)).toMatchObject({ author: 'staff' });
    await h.sila.desk.handBack(row!.id, HUDA);
    await h.settle();
    expect(await h.store.turns.conversation(row!.id)).toMatchObject({ hold: 'none', heldBy: null });
    expect((await h.tell('p', 'القائمة')).length).toBeGreaterThan(0);
  });
});

describe('quiet hours', () => {
  it('run from ten at night to eight in the morning where the charity is', () => {
    const at = (hour: number, minute = 0) => quietUntil('Asia/Riyadh', Date.UTC(2026, 2, 1, hour - 3, minute));
    expect(at(21, 59)).toBeNull();
    expect(at(22)).toBe(Date.UTC(2026, 2, 2, 5));
    expect(at(24)).toBe(Date.UTC(2026, 2, 2, 5));
    expect(at(7, 59)).toBe(Date.UTC(2026, 2, 1, 5));
    expect(at(8)).toBeNull();
  });
});
