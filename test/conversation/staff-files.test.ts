// Files that staff send: checked like a person's, sent by the channel with words or alone, readable by the person they are for only.
import { expect, it } from 'vitest';
import { HUDA, SARA, started } from './harness.js';
import { picture } from './request.js';

const client = (n: number) => `client-${String(n).padStart(12, '0')}`;

it('go out with a reply, once, and belong to the person', async () => {
  const h = await started();
  const { desk } = h.sila;
  await h.tell('sara', 'السلام عليكم');
  await h.tell('omar', 'السلام عليكم');
  const rows = await desk.conversations({ limit: 9 });
  const [omar, sara] = [rows[0]!.id, rows[1]!.id];
  expect(await desk.keepFile(sara, HUDA, 'x.exe', Buffer.from('MZ'))).toMatchObject({ refused: 'file_kind' });
  const kept = await desk.keepFile(sara, HUDA, 'قرار اللجنة.png', await picture('decision'));
  const file = 'id' in kept ? kept.id : '';

  await expect(desk.reply(omar, HUDA, 'للاطلاع', client(1), file)).rejects.toMatchObject({ code: 'invalid' });
  await expect(desk.reply(sara, HUDA, '', client(1))).rejects.toMatchObject({ code: 'invalid' });
  await desk.reply(sara, HUDA, 'مرفق القرار', client(2), file);
  await desk.reply(sara, HUDA, 'مرفق القرار', client(2), file);
  await desk.reply(sara, HUDA, ' ', client(3), file);
  await h.settle();
  const sent = h.channel.sent.filter((message) => message.user === 'sara' && message.file);
  expect(sent.map(({ text, file: one }) => [text, one?.id])).toEqual([
    ['مرفق القرار', file],
    ['', file],
  ]);
  const host = h.sila.host('fake');
  expect((await host.readFile('main', 'sara', file))?.ref.name).toBe('قرار اللجنة.png');
  expect(await host.readFile('main', 'omar', file)).toBeNull();
  await expect(desk.keepFile(sara, SARA, 'x.png', await picture('x'))).rejects.toMatchObject({ code: 'conflict' });

  await desk.handBack(sara, HUDA);
  await h.settle();
  expect(await desk.erase(sara, SARA)).toMatchObject({ files: 1 });
  expect(await h.store.files.get(file)).toBeNull();
});
