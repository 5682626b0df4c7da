// What staff do through the API: conversations, cases with masked answers, files, live changes, the audit.
import { once } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { STAFF, uuid } from '../support/fake-data.js';
import { harness } from '../support/staff-harness.js';
import type { Harness } from '../support/staff-harness.js';

let house: Harness;
beforeEach(async () => {
  house = await harness();
});

const NUMBER = '7304881520964';
const CLIENT = 'client-id-0123456789';

describe('conversations', () => {
  it('are listed, filtered and paged', async () => {
    const browser = await house.as('salem');
    const all = (await browser.get('/conversations')).body.conversations as { id: string; lastMessageAt: number }[];
    const waiting = (await browser.get('/conversations', { query: { hold: 'waiting' } })).body.conversations;
    const first = (await browser.get('/conversations', { query: { limit: '3' } })).body.conversations as typeof all;
    const rest = await browser.get('/conversations', { query: { before: String(first[2]!.lastMessageAt) } });
    expect(waiting).toHaveLength(2);
    expect(rest.body.conversations).toEqual(all.slice(3));
  });

  it('are taken, answered once and handed back under the name of whoever is signed in', async () => {
    const browser = await house.as('hind');
    const path = `/conversations/${uuid(1)}`;
    await browser.post(`${path}/take`);
    const words = { text: ' أهلًا بك\u0000، معك هند ', clientId: CLIENT };
    await browser.post(`${path}/reply`, words);
    await browser.post(`${path}/reply`, words);
    const { body } = await browser.get(path);
    expect(body.conversation).toMatchObject({ hold: 'taken', heldBy: STAFF.researcher });
    const mine = (body.lines as { text: string; author: string; by: string | null }[]).filter(
      (l) => l.author === 'staff',
    );
    expect(mine).toMatchObject([{ text: 'أهلًا بك، معك هند', by: STAFF.researcher }]);
    await browser.post(`${path}/hand-back`);
    expect((await browser.get(path)).body.conversation).toMatchObject({ hold: 'none', heldBy: null });
  });

  it('take a file beside the words or alone, as bytes, and refuse what is none in a key of the texts', async () => {
    const browser = await house.as('hind');
    const path = `/conversations/${uuid(1)}`;
    const upload = (bytes: Buffer) =>
      browser.post(`${path}/files`, undefined, {
        bytes,
        headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('قرار.pdf') },
      });
    expect((await upload(Buffer.from('short'))).body).toEqual({ refused: { refused: 'file_kind' } });
    const { file } = (await upload(Buffer.alloc(64, 1))).body;
    expect(file).toMatchObject({ name: 'قرار.pdf' });
    expect((await browser.post(`${path}/reply`, { file: file.id, clientId: CLIENT })).status).toBe(200);
    expect((await browser.post(`${path}/reply`, { clientId: `${CLIENT}2` })).status).toBe(400);
    const { lines } = (await browser.get(path)).body;
    expect((lines as { files: object[] }[]).at(-1)?.files).toEqual([file]);
  });

  it('a conflict says so', async () => {
    const [one, other] = [await house.as('hind'), await house.as('salem')];
    await one.post(`/conversations/${uuid(1)}/take`);
    expect((await other.post(`/conversations/${uuid(1)}/take`)).body).toEqual({ error: { code: 'conflict' } });
  });

  it('confidential words do not come', async () => {
    const browser = await house.as('admin');
    const { lines } = (await browser.get(`/conversations/${uuid(5)}`)).body;
    expect(lines[1]).toMatchObject({ confidential: true, text: '' });
  });
});

describe('cases', () => {
  it('come masked, and whole only when asked and written down', async () => {
    const browser = await house.as('salem');
    const masked = (await browser.get(`/cases/${NUMBER}`)).body;
    const text = JSON.stringify(masked);
    for (const secret of ['1093384756', '123 4567', 'SA03 8000', 'عملية خلال شهر', 'عبدالله بن فهد'])
      expect(text).not.toContain(secret);
    expect(masked.case.answers[2]).toMatchObject({ name: 'national_id', value: '•••••756', masked: true });
    expect(house.audit.some((one) => one.act === 'answers_revealed')).toBe(false);

    const whole = (await browser.post(`/cases/${NUMBER}/reveal`)).body;
    expect(whole.case.answers[2]).toMatchObject({ value: '1093384756', masked: false });
    expect(house.audit.at(-1)).toMatchObject({ staff: STAFF.reception, act: 'answers_revealed', subject: NUMBER });
  });

  it('are not revealed when it cannot be written down', async () => {
    const browser = await house.as('salem');
    vi.spyOn(house.staff, 'audit').mockRejectedValueOnce(new Error('disk'));
    await expect(browser.post(`/cases/${NUMBER}/reveal`)).rejects.toThrow('disk');
  });

  it('are found by number however it is written, noted, assigned, moved', async () => {
    const browser = await house.as('hind');
    const found = await browser.post('/cases/search', { search: '7304-8815-2096-4' });
    expect(found.body.cases).toMatchObject([{ number: NUMBER }]);
    const noted = await browser.post(`/cases/${NUMBER}/note`, { text: 'سطر\nوسطر' });
    expect((noted.body.case.events as object[]).at(-1)).toMatchObject({
      type: 'note_added',
      by: STAFF.researcher,
      text: 'سطر\nوسطر',
    });
    const assigned = await browser.post(`/cases/${NUMBER}/assign`, { assignee: STAFF.reception });
    expect(assigned.body.case.assignedTo).toBe(STAFF.reception);
    expect((await browser.post(`/cases/${NUMBER}/assign`, { assignee: null })).body.case.assignedTo).toBeNull();
    await browser.post(`/cases/${NUMBER}/message`, { text: 'نرجو إرسال التقرير', clientId: CLIENT });
    const again = await browser.post(`/cases/${NUMBER}/message`, { text: 'نرجو إرسال التقرير', clientId: CLIENT });
    const told = (again.body.case.events as { text?: string }[]).filter((one) => one.text === 'نرجو إرسال التقرير');
    expect(told).toHaveLength(1);
    expect(
      (await browser.post(`/cases/${NUMBER}/status`, { to: 'closed', tell: false, note: 'تم' })).body.case.status,
    ).toBe('closed');
    expect((await browser.post(`/cases/${NUMBER}/status`, { to: 'in_service', tell: false })).status).toBe(409);
  });
});

describe('files', () => {
  it('are downloads that no browser runs, guesses or keeps', async () => {
    const browser = await house.as('hind');
    const reply = await browser.get(`/files/${uuid(803)}`);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('عرض سعر مستشفى.pdf')}`,
    );
    expect((await browser.get(`/files/${uuid(803)}`, { query: { show: '1' } })).headers['content-disposition']).toMatch(
      /^attachment/,
    );
  });

  it('pictures are drawn when asked', async () => {
    const browser = await house.as('hind');
    const shown = await browser.get(`/files/${uuid(801)}`, { query: { show: '1' } });
    expect(shown.headers['content-type']).toBe('image/jpeg');
    expect(shown.headers['content-disposition']).toMatch(/^inline; filename\*=UTF-8''[\w%.-]+$/);
    expect(Buffer.isBuffer(shown.raw)).toBe(true);
  });

  it('voice notes are played when asked, in the parts that a player asks for', async () => {
    const browser = await house.as('hind');
    const bytes = Buffer.from('OggS and so on');
    const ref = { id: uuid(1), name: 'voice.ogg', mime: 'audio/ogg', bytes: bytes.length };
    vi.spyOn(house.desk, 'file').mockResolvedValue({ ref, bytes });
    const words = (raw: unknown) => (Buffer.isBuffer(raw) ? raw.toString() : '');
    const ask = (range?: string) =>
      browser.get(`/files/${uuid(1)}`, { query: { show: '1' }, ...(range !== undefined && { headers: { range } }) });
    const whole = await ask();
    expect([whole.status, whole.headers['content-type'], whole.headers['accept-ranges']]).toEqual([
      200,
      'audio/ogg',
      'bytes',
    ]);
    const part = await ask('bytes=0-3');
    expect([part.status, part.headers['content-range'], words(part.raw)]).toEqual([206, 'bytes 0-3/14', 'OggS']);
    expect(words((await ask('bytes=5-')).raw)).toBe('and so on');
    expect(words((await ask('bytes=-2')).raw)).toBe('on');
    expect((await ask('bytes=99-')).status).toBe(416);
    expect((await ask('bytes=0-1,3-4')).status).toBe(200);
    expect((await browser.get(`/files/${uuid(1)}`)).headers['content-type']).toBe('application/octet-stream');
  });

  it('names cannot break the header', async () => {
    const browser = await house.as('hind');
    const evil = 'a"b\r\nset-cookie: x=1\u202Egpj.exe\uD800/..\\' + 'ط'.repeat(400);
    vi.spyOn(house.desk, 'file').mockResolvedValue({
      ref: { id: uuid(1), name: evil, mime: 'text/html', bytes: 1 },
      bytes: Buffer.from('<script>'),
    });
    const { headers } = await browser.get(`/files/${uuid(1)}`, { query: { show: '1' } });
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w%.!~-]+$/);
  });
});

describe('live changes', () => {
  it('are hints without anything personal, and end with the reader', async () => {
    const browser = await house.as('salem');
    const { stream, headers } = await browser.get('/changes');
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const heard: string[] = [];
    stream!.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    house.desk.hear(uuid(1), 'كلام خاص');
    await vi.waitFor(() =>
      expect(heard.join('')).toBe(`retry: 3000\n\ndata: {"about":"conversation","id":"${uuid(1)}"}\n\n`),
    );
    stream!.destroy();
    await once(stream!, 'close');
    expect(house.desk.listeners()).toBe(0);
  });

  it('beat while the session lives and stop when it is over', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const browser = await house.as('salem');
      const { stream } = await browser.get('/changes');
      stream!.resume();
      const heard: string[] = [];
      stream!.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
      await vi.advanceTimersByTimeAsync(25_000);
      await vi.waitFor(() => expect(heard.join('')).toContain(': beat'));
      await browser.post('/sign-out');
      const ended = once(stream!, 'end');
      await vi.advanceTimersByTimeAsync(25_000);
      await ended;
    } finally {
      vi.useRealTimers();
    }
  });

  it('a flood of tabs keeps the newest, a reader that lags is cut off', async () => {
    const browser = await house.as('salem');
    const streams = [];
    for (let i = 0; i < 14; i += 1) streams.push((await browser.get('/changes')).stream!);
    await vi.waitFor(() => expect(house.desk.listeners()).toBe(12));
    expect(streams.slice(0, 2).every((one) => one.destroyed)).toBe(true);
    for (let i = 0; i < 3000; i += 1) house.desk.hint({ about: 'notice', id: uuid(i) });
    await vi.waitFor(() => expect(house.desk.listeners()).toBe(0));
  });
});

describe('around the pages', () => {
  it('notices are seen once and for all', async () => {
    const browser = await house.as('salem');
    const { notices } = (await browser.get('/notices')).body;
    const unseen = (notices as { id: string; seenAt: number | null }[]).filter((one) => one.seenAt === null);
    await browser.post('/notices/seen', { ids: unseen.map((one) => one.id) });
    expect((await browser.get('/counts')).body.counts.unseenNotices).toBe(0);
    expect((await browser.post('/notices/seen', { ids: ['no-such-notice'] })).status).toBe(404);
    // What is seen stands in the audit for years: nothing but an id may come.
    expect((await browser.post('/notices/seen', { ids: ['+966501234567'] })).status).toBe(400);
  });

  it('the audit shows acts of accounts and whether its chain is whole', async () => {
    const admin = await house.as('admin');
    await admin.post('/accounts', { login: 'new.one', name: 'هيا السعد', role: 'reception', password: 'x'.repeat(12) });
    const whole = (await admin.get('/audit')).body;
    expect(whole.whole).toBe(true);
    expect((whole.entries as { act: string }[]).map((one) => one.act)).toEqual([
      'audit_read',
      'staff_added',
      'signed_in',
    ]);
    house.audit[1]!.subject = 'somebody else';
    expect((await admin.get('/audit')).body.whole).toBe(false);
  });
});
