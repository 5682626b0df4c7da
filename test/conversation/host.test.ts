// What channels get of the house, and what staff see of confidential words.
import { describe, expect, it } from 'vitest';
import { HUDA, started, tellAll } from './harness.js';
import { lastOptions, picture } from './request.js';

describe('the host of a channel', () => {
  it('shows a person their own transcript, from any point on', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم', { messageId: 'client-7' });
    const host = h.sila.host('fake');
    const all = await host.transcript('main', 'p', 0, 100);
    expect(all[0]).toMatchObject({ seq: 1, from: 'person', text: 'السلام عليكم', clientId: 'client-7' });
    expect(all.at(-1)?.options.length).toBeGreaterThan(3);
    expect(await host.transcript('main', 'p', 1, 1)).toEqual([all[1]]);
    expect(await host.transcript('main', 'somebody-else', 0, 100)).toEqual([]);
    expect(await host.transcript('other-account', 'p', 0, 100)).toEqual([]);
  });

  it('shows the label of a tapped option, and names the member of staff', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم');
    const [option] = lastOptions(h, 'p');
    await h.tell('p', '', { choice: option!.id });
    const host = h.sila.host('fake');
    const tapped = (await host.transcript('main', 'p', 0, 100)).filter(({ from }) => from === 'person').at(-1);
    expect(tapped).toMatchObject({ text: option!.label, choice: option!.id });
    const [row] = await h.store.turns.conversations({ limit: 1 });
    await h.sila.desk.reply(row!.id, HUDA, 'أهلًا', 'client-id-1');
    await h.settle();
    expect((await host.transcript('main', 'p', 0, 100)).at(-1)).toMatchObject({ from: 'staff', name: HUDA.name });
  });

  it('hints at new messages, also to those who listened before the first', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    let early = 0;
    let others = 0;
    const end = host.onMessages('main', 'p', () => early++);
    host.onMessages('main', 'q', () => others++);
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'طلب مساعدة');
    expect(early).toBeGreaterThan(0);
    expect(others).toBe(0);
    end();
    const heard = early;
    await h.tell('p', 'القائمة');
    expect(early).toBe(heard);
  });

  it('lends a receiver to one process at a time, until its time is over or it is given back', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    const other = (ms: number) => h.store.leases.hold('receiver:fake:bot', 'other', h.clock.at, h.clock.at + ms);
    expect(await host.holdReceiver('bot', 1_000)).toBe(true);
    expect(await host.holdReceiver('bot', 1_000)).toBe(true);
    expect(await other(1_000)).toBe(false);
    await host.releaseReceiver('bot');
    expect(await other(1_000)).toBe(true);
    expect(await host.holdReceiver('bot', 1_000)).toBe(false);
    h.clock.pass(1_001);
    expect(await host.holdReceiver('bot', 1_000)).toBe(true);
    expect(await h.sila.host('other-channel').holdReceiver('bot', 1_000)).toBe(true);
  });

  it('shares words with every process, sealed, until their time is over or others take their place', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    const hints: string[] = [];
    h.sila.house.hints.watch(({ kind, id }) => hints.push(`${kind} ${id}`));
    expect(await host.shared()).toBeNull();
    await host.share('pairing: 2@abc', 1_000);
    expect(await h.store.leases.holder('shared:fake', h.clock.at)).not.toContain('2@abc');
    await host.share('on', 1_000);
    expect(await h.sila.host('fake').shared()).toBe('on');
    expect(await h.sila.host('other-channel').shared()).toBeNull();
    expect(hints).toEqual(['channel fake', 'channel fake']);
    h.clock.pass(1_001);
    expect(await host.shared()).toBeNull();
  });

  it('tells staff of a channel that needs them, once in six hours', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    for (let times = 0; times < 3; times++) await host.trouble();
    const told = async () => (await h.store.notices.list({ limit: 9 })).map(({ kind }) => kind);
    expect(await told()).toEqual(['channel_trouble']);
    h.clock.pass(6 * 3_600_000);
    await host.trouble();
    expect(await told()).toEqual(['channel_trouble', 'channel_trouble']);
  });

  it('keeps a file that comes before the first message, for this person only', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    const file = await host.keepFile('main', 'p', 'تقرير.png', await picture('x'));
    if ('refused' in file) throw new Error(file.refused);
    expect(await host.readFile('main', 'p', file.id)).toBeNull();
    await h.tell('p', '', { files: [file] });
    expect((await host.readFile('main', 'p', file.id))?.ref).toMatchObject({ id: file.id, name: 'تقرير.png' });
    expect(await host.readFile('main', 'q', file.id)).toBeNull();
    const [row] = await h.store.turns.conversations({ limit: 1 });
    expect((await h.store.files.get(file.id))?.owner).toBe(row?.address);
  });

  it('refuses a file of a wrong kind with a key for a courteous word', async () => {
    const h = await started();
    const refused = await h.sila.host('fake').keepFile('main', 'p', 'x.jpg', Buffer.from('<script>'));
    expect(refused).toHaveProperty('refused');
  });

  it('counts within a window, apart for every channel and key', async () => {
    const h = await started();
    const host = h.sila.host('fake');
    const tries = [];
    for (let i = 0; i < 4; i++) tries.push(await host.within('posts', 'ip', 3, 60_000));
    expect(tries).toEqual([true, true, true, false]);
    expect(await host.within('posts', 'other', 3, 60_000)).toBe(true);
    expect(await h.sila.host('web').within('posts', 'ip', 3, 60_000)).toBe(true);
    h.clock.pass(60_001);
    expect(await host.within('posts', 'ip', 3, 60_000)).toBe(true);
  });

  it('gives each channel a secret of its own that a restart does not change', async () => {
    const h = await started();
    const secret = h.sila.host('fake').secret('tokens');
    expect(secret).toHaveLength(32);
    expect(h.sila.host('fake').secret('tokens')).toEqual(secret);
    expect(h.sila.host('web').secret('tokens')).not.toEqual(secret);
  });

  it('refuses what breaks the contract before anything is written', async () => {
    const h = await started();
    await expect(h.write('', 'x')).rejects.toThrow();
    await expect(h.write('p', 'x', { messageId: '' })).rejects.toThrow();
    expect(await h.store.turns.waiting(h.clock.at, 10)).toEqual([]);
  });
});

describe('confidential words', () => {
  it('leave staff a marker, the person their own words, and a rating without a way back', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'تقييم الخدمة', '2', 'تأخر الرد كثيرًا']);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    const lines = await h.sila.desk.transcript(row!.id, HUDA);
    expect(JSON.stringify(lines)).not.toContain('تأخر الرد');
    const hidden = lines.filter(({ confidential, author }) => confidential && author === 'person');
    expect(hidden).toHaveLength(2);
    expect(hidden.every(({ text, chosen }) => text === '' && chosen === null)).toBe(true);
    const own = await h.sila.host('fake').transcript('main', 'p', 0, 100);
    expect(own.map(({ text }) => text)).toContain('تأخر الرد كثيرًا');
    expect(await h.sila.desk.ratings({ ...HUDA, role: 'researcher' })).toEqual([
      { service: 'chat', channel: 'fake', month: '2026-03', count: 1, sum: 2 },
    ]);
  });
});
