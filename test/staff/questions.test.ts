// Who may teach, try and promote, and with which words.
import { describe, expect, it } from 'vitest';
import { uuid } from '../support/fake-data.js';
import { harness } from '../support/staff-harness.js';

const PROMOTE = `/models/${uuid(3)}/promote`;
const BACK = `/models/${uuid(3)}/go-back`;

describe('questions', () => {
  it('are taught by reception and administrators, promoted by administrators alone', async () => {
    const house = await harness();
    const roles = { admin: await house.as('admin'), hind: await house.as('hind'), salem: await house.as('salem') };
    const statuses = async (ask: (who: (typeof roles)['admin']) => Promise<{ status: number }>) => {
      const all = [];
      for (const [login, who] of Object.entries(roles)) all.push([login, (await ask(who)).status]);
      return Object.fromEntries(all) as Record<keyof typeof roles, number>;
    };
    const rows = await house.staff.all();
    const roleOf = (login: string) => rows.find((row) => row.login === login)?.role;
    const expected = (allowed: readonly string[]) =>
      Object.fromEntries(Object.keys(roles).map((login) => [login, allowed.includes(roleOf(login) ?? '') ? 200 : 404]));
    const teaching = expected(['reception', 'administrator']);
    const deciding = expected(['administrator']);
    expect(new Set(Object.values(teaching))).toEqual(new Set([200, 404]));
    const questions = [uuid(1), uuid(2)];
    expect(await statuses((who) => who.get('/questions'))).toEqual(teaching);
    expect(await statuses((who) => who.post('/questions/teach', { questions, intent: 'donate' }))).toEqual(teaching);
    expect(await statuses((who) => who.post('/questions/drop', { questions }))).toEqual(teaching);
    expect(await statuses((who) => who.post(`/lessons/${uuid(4)}/take-back`, {}))).toEqual(teaching);
    expect(await statuses((who) => who.post('/models', {}))).toEqual(teaching);
    expect(await statuses((who) => who.post(PROMOTE, { sure: uuid(3) }))).toEqual(deciding);
    expect(await statuses((who) => who.post(BACK, { sure: uuid(3) }))).toEqual(deciding);
    const acts = house.learning.calls.map(([act]) => act);
    for (const act of ['teach', 'drop', 'takeBack', 'train']) expect(acts.filter((one) => one === act)).toHaveLength(2);
    for (const act of ['promote', 'goBack']) expect(acts.filter((one) => one === act)).toHaveLength(1);
  });

  it.each([
    ['/questions/teach', { questions: [], intent: 'donate' }],
    ['/questions/teach', { questions: [uuid(1)], intent: '../up' }],
    ['/questions/teach', { questions: ['x'], intent: 'donate' }],
    [PROMOTE, {}],
    [PROMOTE, { sure: uuid(4) }],
    [BACK, { sure: uuid(4) }],
  ])('%s %j is refused', async (path, body) => {
    const house = await harness();
    expect((await (await house.as('admin')).post(path, body)).status).toBe(400);
    expect(house.learning.calls).toEqual([]);
  });
});
