// One's own link to the staff group, as the console asks for it.
import { describe, expect, it } from 'vitest';
import { STAFF } from '../support/fake-data.js';
import { harness } from '../support/staff-harness.js';

interface Links {
  links: { channel: string; bot: string | null; since: number | null }[];
}

describe('the link of an account', () => {
  it('is made by a code, shown, and removed; all of it is written down', async () => {
    const house = await harness();
    const salem = await house.as('salem');
    const links = async () => ((await salem.get('/links')).body as unknown as Links).links;
    expect(await links()).toEqual([{ channel: 'telegram', bot: 'sila_test_bot', since: null }]);
    const { body } = await salem.post('/links', { channel: 'telegram' });
    const { code, until } = body as unknown as { code: string; until: number };
    expect(until).toBe(house.clock.now + 600_000);
    expect(await house.links.use(code, 'telegram', '42')).toMatchObject({ id: STAFF.reception });
    expect((await links())[0]?.since).toBe(house.clock.now);
    expect((await salem.post('/links/remove', { channel: 'telegram' })).status).toBe(200);
    expect((await links())[0]?.since).toBeNull();
    expect(await house.links.whoIs('telegram', '42')).toBeNull();
    const acts = house.audit.filter(({ staff }) => staff === STAFF.reception).map(({ act }) => act);
    expect(acts).toEqual(['signed_in', 'link_code_made', 'linked', 'link_removed']);
  });

  it('is nobody else’s, and only for channels that have a group', async () => {
    const house = await harness();
    const salem = await house.as('salem');
    expect((await salem.post('/links', { channel: 'whatsapp' })).status).toBe(404);
    expect((await salem.post('/links', { channel: 'telegram', staff: STAFF.admin })).status).toBe(400);
    expect((await house.browser().post('/links', { channel: 'telegram' })).status).toBe(401);
  });
});

describe('an approved message', () => {
  it('is sent by the composer’s own route, once for one id', async () => {
    const house = await harness();
    const salem = await house.as('salem');
    const opened = await salem.get('/conversations');
    const rows = (opened.body as unknown as { conversations: { id: string; channel: string }[] }).conversations;
    const id = rows.findLast(({ channel }) => channel === 'whatsapp')!.id;
    const body = { template: 'continue', parameters: ['إيصال التبرع'], clientId: '0123456789abcdef0' };
    for (let n = 0; n < 2; n++) expect((await salem.post(`/conversations/${id}/template`, body)).status).toBe(200);
    expect(house.desk.calls.filter(({ act }) => act === 'sendTemplate')).toHaveLength(1);
    for (const wrong of [
      { template: '../x' },
      { parameters: [''] },
      { parameters: [] },
      { template: 'other' },
      { more: 1 },
    ])
      expect(
        (await salem.post(`/conversations/${id}/template`, { ...body, ...wrong, clientId: 'fedcba98765432100' }))
          .status,
      ).toBe(400);
  });
});
