// What a person takes back on their channel goes from our copy, and nothing moves by it.
import { expect, it } from 'vitest';
import type { FileRef } from '../../src/engine/types.js';
import { SARA, started, type Harness } from './harness.js';
import { FATIMA, fileRequest, picture } from './request.js';

const USER = 'noura';

async function said(h: Harness, text: string, messageId: string, files?: FileRef[]) {
  return h.tell(USER, text, { messageId, ...(files && { files }) });
}

const takeBack = (h: Harness, unsent: string, user = USER) =>
  h.tell(user, '', { messageId: `${unsent}:deleted`, media: 'deleted', unsent });

async function lines(h: Harness) {
  const [row] = await h.store.turns.conversations({ limit: 1 });
  return h.sila.desk.transcript(row!.id, SARA);
}

it('takes the words out of our copy, without a word and without a step', async () => {
  const h = await started();
  await said(h, 'السلام عليكم', 'a');
  await said(h, 'رقمي السري 4471', 'b');
  const [before] = await h.store.turns.conversations({ limit: 1 });
  expect((await lines(h)).map(({ text }) => text)).toContain('رقمي السري 4471');
  expect(await takeBack(h, 'b')).toEqual([]);
  const after = await lines(h);
  expect(after.map(({ text }) => text)).not.toContain('رقمي السري 4471');
  expect(after.map(({ text }) => text)).toContain('السلام عليكم');
  const [row] = await h.store.turns.conversations({ limit: 1 });
  expect([row!.flow, row!.step]).toEqual([before!.flow, before!.step]);
});

it('takes the file that came with it, unless a request needs it', async () => {
  const h = await started();
  await said(h, 'السلام عليكم', 'a');
  const kept = async (name: string) =>
    (await h.sila.host('fake').keepFile('main', USER, name, await picture(name))) as FileRef;
  const stray = await kept('stray.png');
  await said(h, '', 'b', [stray]);
  await takeBack(h, 'b');
  expect(await h.store.files.get(stray.id)).toBeNull();
});

it('leaves a paper of a filed request where staff need it', async () => {
  const h = await started();
  const number = await fileRequest(h, { ...FATIMA, user: USER, file: { name: 'p.png', bytes: await picture('p') } });
  await h.settle();
  const [paper] = await h.store.files.ofCase(number);
  const [row] = await h.store.turns.conversations({ limit: 1 });
  const messages = await h.store.messages.list(row!.id, 0, 500);
  const items = messages.filter(({ direction }) => direction === 'in').map(({ id }) => id);
  // The harness numbers what is written: every one of them is taken back.
  for (let n = 1; n <= items.length; n++) await takeBack(h, `m${n}-${USER}`);
  expect(
    (await h.store.messages.list(row!.id, 0, 500)).filter((m) => items.includes(m.id) && m.sealed.length > 0),
  ).toEqual([]);
  expect(await h.store.files.get(paper!.id)).not.toBeNull();
  expect(await h.sila.desk.case(number, SARA)).toMatchObject({ name: FATIMA.name });
});

it('knows nothing of other people’s messages, nor of those that never came', async () => {
  const h = await started();
  await said(h, 'السلام عليكم', 'a');
  await h.tell('huda', 'مرحبا', { messageId: 'x' });
  await takeBack(h, 'x');
  await takeBack(h, 'never');
  await takeBack(h, 'a', 'huda');
  const all = await h.store.turns.conversations({ limit: 9 });
  const texts = await Promise.all(all.map(({ id }) => h.sila.desk.transcript(id, SARA)));
  expect(texts.flat().map(({ text }) => text)).toEqual(expect.arrayContaining(['السلام عليكم', 'مرحبا']));
});
