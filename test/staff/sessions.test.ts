// Sessions that administrators open by hand, and codes for people who must change the channel, as the console's API gives them.
import { describe, expect, it } from 'vitest';
import type { ChannelSession, SessionState } from '../../channels/channel.js';
import { sessionDesk } from '../../src/conversation/session-desk.js';
import { HUDA, started, tellAll } from '../conversation/harness.js';
import { uuid } from '../support/fake-data.js';
import { harness } from '../support/staff-harness.js';

const session = (state: SessionState | null): ChannelSession => ({
  state: () => Promise.resolve(state),
  holds: () => true,
  onHeld: () => undefined,
});
const pairing: SessionState = { state: 'pairing', since: 1, code: { text: '2@abc', until: 60_000 } };

async function withSession(state: SessionState | null) {
  const { sila } = await started({ session: session(state) });
  return harness('https://staff.example', false, false, sessionDesk(sila.house));
}

describe('sessions', () => {
  it('show administrators alone the code to scan, and write down who saw it', async () => {
    const house = await withSession(pairing);
    const admin = await house.as('admin');
    const { status, body } = await admin.get('/channels');
    expect(status).toBe(200);
    expect(body.channels).toMatchObject([{ channel: 'fake', now: pairing }]);
    expect(house.audit.filter(({ act }) => act === 'session_code_shown')).toMatchObject([{ subject: 'fake' }]);
    for (const login of ['hind', 'salem'] as const) {
      const reply = await (await house.as(login)).get('/channels');
      expect([reply.status, JSON.stringify(reply.body)]).toEqual([404, expect.not.stringContaining('2@abc')]);
    }
    expect((await house.browser().get('/channels')).status).toBe(401);
  });

  it('that stand, or that nobody holds, are no secret', async () => {
    for (const state of [{ state: 'on', since: 1, number: '966500000001' } as const, null]) {
      const house = await withSession(state);
      const { body } = await (await house.as('admin')).get('/channels');
      expect(body.channels).toMatchObject([{ now: state }]);
      expect(house.audit.filter(({ act }) => act === 'session_code_shown')).toEqual([]);
    }
  });

  it('come with words for the website and the other channels, in every language, with where we are', async () => {
    const { sila } = await started({ session: session(null) });
    sila.house.channels.set('website', {
      ...sila.channels[0]!,
      name: 'website',
      session: session({ state: 'on', since: 1 }),
      reach: () => Promise.resolve('https://chat.charity.example'),
    });
    const gone = { name: 'telegram', session: session({ state: 'lost', since: 1 }) };
    sila.house.channels.set('telegram', {
      ...sila.channels[0]!,
      ...gone,
      reach: () => Promise.resolve('https://t.me/x'),
    });
    const [line] = await sessionDesk(sila.house).list();
    expect(line?.moved.map(({ language }) => language)).toEqual(['ar', 'en']);
    for (const { text } of line?.moved ?? []) {
      expect(text).toContain('https://chat.charity.example');
      expect(text).not.toMatch(/[{}]|t\.me/);
    }
  });

  it('have a place in the console only where there are any', async () => {
    const permissions = async (house: Awaited<ReturnType<typeof harness>>) => {
      const { body } = await (await house.as('admin')).get('/session');
      return (body.me.permissions as string[]).includes('connect');
    };
    expect(await permissions(await withSession(null))).toBe(true);
    expect(await permissions(await harness())).toBe(false);
    const { sila } = await started();
    expect(sessionDesk(sila.house).any).toBe(false);
  });
});

describe('a code that staff make for a person', () => {
  it('brings the draft of a channel that is gone to the one where it is written', async () => {
    const h = await started();
    await tellAll(h, 'banned', ['السلام عليكم', 'طلب مساعدة', 'أوافق', 'عملية', 'لي']);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    const { code } = await h.sila.desk.linkCode(row!.id, HUDA, 'ar');
    await h.tell('web', 'السلام عليكم');
    expect((await h.tell('web', code)).join('\n')).toContain('هل نربطه بهذه المحادثة؟');
    expect((await h.tell('web', 'نعم')).at(-1)).toContain('ما اسمك الكامل');
    const acts = (await h.store.staff.auditTrail({ subject: row!.id, limit: 9 })).map(({ act }) => act);
    expect(acts).toContain('link.code_made');
  });

  it('is refused where too many were made, and for a person who was erased', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم');
    const [row] = await h.store.turns.conversations({ limit: 1 });
    const make = () => h.sila.desk.linkCode(row!.id, HUDA, 'ar');
    for (let times = 0; times < 6; times++) await make();
    await expect(make()).rejects.toMatchObject({ code: 'conflict' });
    await h.sila.desk.erase(row!.id, { ...HUDA, role: 'administrator' });
    await expect(make()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is given by the API to whoever talks with people', async () => {
    const house = await harness();
    const reply = await (await house.as('hind')).post(`/conversations/${uuid(1)}/code`, { language: 'ar' });
    expect(reply.body).toMatchObject({ code: { code: '1234 5678' } });
    expect(house.desk.calls).toContainEqual(expect.objectContaining({ act: 'linkCode', id: uuid(1) }));
  });
});
