// The desk through the API: over the real desk, with the guards of every route.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createStaffRoutes } from '../../src/staff/routes.js';
import { openSession } from '../../src/staff/sessions.js';
import type { StaffRow } from '../../src/store/contract.js';
import { HUDA, SARA, started, type Harness } from '../conversation/harness.js';
import { picture } from '../conversation/request.js';
import { call, type Ask } from '../support/staff-harness.js';

const CLIENT = 'client-id-0123456789';

async function desk(h: Harness, who: { id: string; name: string; role: StaffRow['role'] } = HUDA) {
  const deps = {
    store: h.store,
    desk: h.sila.desk,
    charity: { name: { ar: 'ج', en: 'C' }, zone: 'Asia/Riyadh', languages: ['ar', 'en'] },
    publicUrl: null,
    hash: (value: string) => h.sila.house.vault.hash('staff', value),
    now: h.clock.now,
    newId: () => h.sila.house.ids.next(),
    randomToken: () => randomBytes(32).toString('base64url'),
    https: false,
  };
  const routes = createStaffRoutes(deps);
  await h.store.staff.add({ ...who, login: who.role, password: 'x', disabledAt: null, createdAt: 0 });
  const { cookie, csrf } = await openSession(deps, who.id);
  const headers = { cookie: cookie.split(';')[0]!, 'x-sila-token': csrf };
  const ask = (method: 'GET' | 'POST', path: string, more: Ask = {}) =>
    call(routes, method, path, { ...more, headers: { ...headers, ...more.headers } });
  return {
    get: (path: string) => ask('GET', path),
    post: (path: string, body: object) => ask('POST', path, { body }),
    ask,
  };
}

describe('registers', () => {
  it('are added to once, listed, moved, and refuse what is none of theirs', async () => {
    const h = await started();
    const browser = await desk(h);
    const visit = { clientId: CLIENT, register: 'visits', state: 'came', name: ' سعد\u202e ', subject: 'سؤال' };
    const { entry } = (await browser.post('/registers', visit)).body;
    expect(entry).toMatchObject({ name: 'سعد', number: 1, state: 'came', next: [] });
    expect((await browser.post('/registers', visit)).body.entry.id).toBe(entry.id);
    const call_ = { ...visit, clientId: `${CLIENT}2`, register: 'calls', state: 'to_call', phone: '0551234567' };
    const made = (await browser.post('/registers', call_)).body.entry;
    const overview = (await browser.get('/registers')).body;
    expect(overview.registers).toContainEqual({ register: 'calls', open: 1, all: 1 });
    expect(overview.flows).toContainEqual({ id: 'aid-request' });
    const query = { register: 'calls', open: true, search: '0551234567' };
    expect((await browser.post('/registers/search', query)).body.entries).toMatchObject([{ id: made.id }]);
    const moved = await browser.post(`/registers/${made.id}/move`, { version: 1, to: 'later', dueAt: h.clock.at + 1 });
    expect(moved.body.entry).toMatchObject({ state: 'later', version: 2 });
    expect((await browser.post(`/registers/${made.id}/move`, { version: 1, to: 'reached' })).status).toBe(409);
    for (const wrong of [
      { ...visit, clientId: 'x'.repeat(20), state: 'reached' },
      { ...visit, clientId: 'x'.repeat(20), register: 'cases' },
      { ...visit, clientId: 'x'.repeat(20), dueAt: 5 },
      { ...visit, clientId: 'x'.repeat(20), by: SARA.id },
      { ...visit, clientId: 'x'.repeat(20), day: { iso: 'today', calendar: 'hijri' } },
    ])
      expect((await browser.post('/registers', wrong)).status).toBe(400);
  });

  it('take scans as bytes, and refuse what is no file in words', async () => {
    const h = await started();
    const browser = await desk(h);
    const letter = { clientId: CLIENT, register: 'incoming', name: 'مستشفى', subject: 'تقرير' };
    const { entry } = (await browser.post('/registers', letter)).body;
    const send = (bytes: Buffer, type = 'application/octet-stream') =>
      browser.ask('POST', `/registers/${entry.id}/files`, {
        bytes,
        headers: { 'content-type': type, 'x-file-name': encodeURIComponent('خطاب.png') },
      });
    expect((await send(await picture('L'))).body.entry.files).toMatchObject([{ name: 'خطاب.png' }]);
    expect((await send(Buffer.from('MZ'))).body.refused.refused).toMatch(/^file_/);
    expect((await send(await picture('L'), 'multipart/form-data')).status).toBe(415);
  });

  it('are erased by administrators who say the id twice', async () => {
    const h = await started();
    const [reception, admin] = [await desk(h), await desk(h, SARA)];
    const fields = { clientId: CLIENT, register: 'calls', state: 'reached', name: 'سعد', subject: 'سؤال' };
    const { entry } = (await reception.post('/registers', fields)).body;
    expect((await reception.post(`/registers/${entry.id}/erase`, { sure: entry.id })).status).toBe(404);
    expect((await admin.post(`/registers/${entry.id}/erase`, { sure: SARA.id })).status).toBe(400);
    expect((await admin.post(`/registers/${entry.id}/erase`, { sure: entry.id })).status).toBe(200);
    expect((await admin.get(`/registers/${entry.id}`)).status).toBe(404);
  });
});

describe('forms', () => {
  it('begin and answer through the API, and give a code to link with', async () => {
    const h = await started();
    const browser = await desk(h);
    const fields = { clientId: CLIENT, register: 'visits', state: 'came', name: '', subject: 'طلب مساعدة' };
    const { entry } = (await browser.post('/registers', fields)).body;
    expect((await browser.get(`/registers/${entry.id}`)).body.form).toBeNull();
    const working = setInterval(() => void h.settle(), 5);
    const form = { clientId: CLIENT, flow: 'aid-request', language: 'ar' };
    const begun = (await browser.post(`/registers/${entry.id}/form`, form)).body;
    const yes = begun.form.view.question.options[0].id as string;
    const next = await browser.post(`/registers/${entry.id}/answer`, { clientId: CLIENT, choice: yes });
    clearInterval(working);
    expect(next.body.form.view.question.step).toBe('kind');
    expect((await browser.post(`/registers/${entry.id}/answer`, { clientId: CLIENT })).status).toBe(400);
    expect((await browser.post(`/registers/${entry.id}/form`, { ...form, flow: 'menu' })).status).toBe(400);
    expect((await browser.post(`/registers/${entry.id}/code`, { language: 'ar' })).body.code.code).toMatch(
      /^\d{4} \d{4}$/,
    );
    const guess = { clientId: CLIENT, code: '0000 0000' };
    expect((await browser.post(`/registers/${entry.id}/link`, guess)).status).toBe(400);
  });
});
