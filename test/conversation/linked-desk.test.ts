// Linked conversations as staff see and undo them, and erasing one of them or all.
import { expect, it } from 'vitest';
import { HUDA, SARA, started, tellAll, type Harness } from './harness.js';
import { FATIMA, fileRequest, picture } from './request.js';

const CODE = /رمز المتابعة: \u2068?(\d{4} \d{4})/;

/** The conversation of `to` is linked with that of `from`. */
async function link(h: Harness, from: string, to: string): Promise<void> {
  const first = (await tellAll(h, from, ['أكمل على قناة أخرى'])).join('\n');
  const said = CODE.test(first) ? first : (await h.tell(from, 'نعم الآن')).join('\n');
  await tellAll(h, to, ['السلام عليكم', CODE.exec(said)?.[1] ?? 'none', 'نعم']);
}

async function homeOf(h: Harness, user: string) {
  const key = h.sila.house.vault.hash('address', 'main', user);
  const home = await h.store.addresses.conversationOf('main', key);
  if (!home) throw new Error(`${user} has no conversation`);
  return home;
}

/** Begun on the phone, its paper sent on Telegram, finished on the web. */
async function overThree(h: Harness): Promise<{ number: string; ids: string[] }> {
  const paper = { name: 'هوية.png', bytes: await picture('id') };
  await fileRequest(h, { ...FATIMA, user: 'phone' }, 'need');
  await link(h, 'phone', 'chat');
  await fileRequest(h, { ...FATIMA, user: 'chat', file: paper }, 'check');
  await link(h, 'chat', 'web');
  const number = await fileRequest(h, { ...FATIMA, user: 'web' });
  const homes = await Promise.all(['phone', 'chat', 'web'].map((user) => homeOf(h, user)));
  return { number, ids: homes.map(({ conversation }) => conversation) };
}

it('one request over three conversations is one case, with all of them in order', async () => {
  const h = await started();
  const { number, ids } = await overThree(h);
  const detail = await h.sila.desk.case(number, SARA);
  expect(detail.passages.map(({ conversation }) => conversation)).toEqual(ids);
  expect(await h.sila.desk.cases({ limit: 9 }, SARA)).toHaveLength(1);
  expect(detail.answers.find(({ name }) => name === 'applicant_name')?.value).toBe(FATIMA.name);
  expect(detail.consent?.given).toBe(true);
  expect(detail.files).toHaveLength(1);
  expect(await h.sila.desk.file(detail.files[0]!.id, SARA)).not.toBeNull();
  // What was said on the way can be read by staff, in each of them.
  const words = await Promise.all(
    ids.map(async (id) => (await h.sila.desk.transcript(id, SARA)).map(({ text }) => text).join('\n')),
  );
  expect(words[0]).toContain(FATIMA.name);
  expect(words[2]).toContain('رقم الطلب');
  // And its state is told in full in each.
  for (const user of ['phone', 'chat', 'web']) {
    const told = (await tellAll(h, user, ['القائمة', 'متابعة طلب'])).join('\n');
    expect(told).toContain(number.slice(0, 4));
  }
});

it('staff see what is linked, undo it, and the person hears of it on both sides', async () => {
  const h = await started();
  const { ids } = await overThree(h);
  const [phone = '', chat = '', web = ''] = ids;
  const seen = await h.sila.desk.conversation(web, HUDA);
  expect(seen.linked.map(({ conversation }) => conversation)).toEqual([phone, chat]);
  expect(seen.cases).toHaveLength(1);
  await h.sila.desk.separate(web, HUDA);
  await h.settle();
  expect((await h.sila.desk.conversation(web, HUDA)).linked).toEqual([]);
  expect((await h.sila.desk.conversation(phone, HUDA)).linked).toMatchObject([{ conversation: chat }]);
  for (const user of ['phone', 'chat', 'web'])
    expect(h.channel.said(user).filter((text) => text.includes('فُصلت هذه المحادثة'))).toHaveLength(1);
  const trail = await h.store.staff.auditTrail({ subject: web, limit: 50 });
  expect(trail).toContainEqual(expect.objectContaining({ act: 'link.ended', staff: HUDA.id }));
  expect((await tellAll(h, 'phone', ['القائمة', 'متابعة طلب'])).join('\n')).toContain('لا نجد طلبًا');
});

it('news of a case reaches the person where they can hear it', async () => {
  const HOUR = 3_600_000;
  const h = await started({ limits: { replyWindow: 24 * HOUR } });
  const number = await fileRequest(h, { ...FATIMA, user: 'phone' });
  await link(h, 'phone', 'chat');
  const told = async (to: 'under_research' | 'committee') => {
    const before = { phone: h.channel.said('phone').length, chat: h.channel.said('chat').length };
    await h.sila.desk.changeStatus(number, SARA, { to, tell: true });
    await h.settle();
    return (['phone', 'chat'] as const).filter((user) => h.channel.said(user).length > before[user]);
  };
  expect(await told('under_research')).toEqual(['phone']);
  // The first one's window is over; on the other they wrote an hour ago.
  h.clock.pass(29 * HOUR);
  await h.tell('chat', 'السلام عليكم');
  h.clock.pass(HOUR);
  expect(await told('committee')).toEqual(['chat']);
});

it('erasing asks which: one alone leaves the others and their case whole', async () => {
  const h = await started();
  const { number, ids } = await overThree(h);
  const [phone = '', chat = '', web = ''] = ids;
  await h.sila.desk.erase(chat, SARA);
  // The paper was sent there, but belongs to the case.
  const detail = await h.sila.desk.case(number, SARA);
  const paper = await h.sila.desk.file(detail.files[0]!.id, SARA);
  expect(paper.bytes.length).toBeGreaterThan(0);
  expect((await h.sila.desk.conversation(web, SARA)).linked).toMatchObject([{ conversation: phone }]);
  await expect(h.sila.desk.erase(web, SARA, [chat])).rejects.toMatchObject({ code: 'invalid' });
  expect(await h.sila.desk.erase(phone, SARA, [web])).toMatchObject({ cases: 1 });
  await expect(h.sila.desk.case(number, SARA)).rejects.toMatchObject({ code: 'not_found' });
  expect(await h.store.files.ids()).toEqual([]);
});
