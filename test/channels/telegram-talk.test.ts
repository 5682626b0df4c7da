// What people meet on Telegram: buttons, commands, files, albums, groups (channels/telegram/ before a whole Sila).
import { describe, expect, it } from 'vitest';
import { createIds } from '../../src/ids.js';
import { HUDA } from '../conversation/harness.js';
import { picture } from '../conversation/request.js';
import * as people from '../providers/telegram-people.js';
import { buttonsOf, openTalk, until, type Talk } from './telegram-talk.js';

const textOf = ({ whole }: Talk, key: string, language = 'ar') => whole.sila.host('telegram').say(key, language);
const rowOf = async ({ whole }: Talk) => (await whole.store.turns.conversations({ limit: 9 }))[0]!;
const filesOf = async (talk: Talk) => {
  const shown = await talk.whole.sila.host('telegram').transcript('telegram:123456789', '5001', 0, 1_000);
  return shown.filter(({ from }) => from === 'person').map(({ files, text }) => ({ files: files.length, text }));
};

describe('buttons', () => {
  it('stand under the question, answer it, stop spinning and go', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const labels = buttonsOf(talk.fake, 5_001);
    expect(labels.length).toBeGreaterThan(4);
    await talk.tap(labels[0]!);
    expect((await rowOf(talk)).flow).not.toBe('menu');
    await until(() => talk.fake.calls('editMessageReplyMarkup').length === 1);
    expect([...talk.fake.state.queries.values()]).toEqual(['answered']);
    expect(
      talk.fake
        .said(5_001)
        .filter(({ text = '' }) => text.includes('كيف يمكننا'))
        .every(({ keyboard }) => keyboard.length === 0),
    ).toBe(true);
  });

  it('of a rating are five stars in a row, and the tapped one is the score', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const asked = await talk.tap('تقييم الخدمة');
    expect(asked.join('\n')).toContain('كيف كانت خدمتنا لك؟');
    const rows = talk.fake
      .said(5_001)
      .at(-1)!
      .keyboard.map((row) => row.map(({ text }) => text));
    expect(rows).toEqual([['1 ⭐', '2 ⭐', '3 ⭐', '4 ⭐', '5 ⭐'], [textOf(talk, 'engine.skip')]]);
    const [stars] = talk.fake.said(5_001).at(-1)!.keyboard;
    const under = talk.fake.said(5_001).at(-1)!.message_id;
    await talk.tap('4 ⭐');
    // Tapped again at the next question, it is no answer to that one.
    people.tapData(talk.fake, talk.person, under, stars![0]!);
    expect((await talk.heard()).join('\n')).toContain(textOf(talk, 'engine.stale'));
    await talk.write(textOf(talk, 'engine.skip'));
    expect(await talk.whole.store.ratings.summary()).toMatchObject([{ channel: 'telegram', count: 1, sum: 4 }]);
  });

  it('that are old are told to be old, also after a restart', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const menu = talk.fake.said(5_001).findLast(({ keyboard }) => keyboard.length > 0)!;
    const [button] = menu.keyboard.flat();
    await talk.tap(button!.text);
    await talk.whole.restart();
    people.tapData(talk.fake, talk.person, menu.message_id, button!);
    expect((await talk.heard()).join('\n')).toContain(textOf(talk, 'engine.stale'));
  });

  it('of nobody are told to be old, and never reach into another conversation', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const stranger = { id: 6_006 };
    people.write(talk.fake, stranger, 'سلام');
    await talk.heard(stranger);
    for (const data of ['o.zzzzzzzzzz.0', 'o.2.zz', 'o.-1.0', '!/word/person', 'x']) {
      people.tapData(talk.fake, stranger, 1, { text: '', callback_data: data });
      expect((await talk.heard(stranger)).length, data).toBeGreaterThan(0);
    }
    expect((await rowOf(talk)).flow).toBe('menu');
  });
});

describe('commands', () => {
  it('stand in the menu of the bot in both languages', async () => {
    const talk = await openTalk();
    await until(() => talk.fake.state.commands.size === 2);
    const names = (language: string) => talk.fake.state.commands.get(language)!.map(({ command }) => command);
    expect(names('')).toEqual(['menu', 'staff', 'language', 'cancel', 'help']);
    expect(names('en')).toEqual(names(''));
    expect(talk.fake.state.commands.get('')![0]!.description).toMatch(/\p{Script=Arabic}/u);
    expect(talk.fake.state.commands.get('en')![0]!.description).toMatch(/^[A-Z]/);
  });

  it.each([
    ['ar', /\p{Script=Arabic}/u],
    ['en', /^[A-Z]/],
    ['ur', /\p{Script=Arabic}/u],
  ])('/start greets somebody new in %s', async (language, script) => {
    const talk = await openTalk();
    talk.person.language = language;
    const said = await talk.write('/start');
    expect(said.join('\n')).toMatch(script);
    expect(buttonsOf(talk.fake, 5_001)[0]).toMatch(script);
    expect((await rowOf(talk)).flow).toBe('menu');
  });

  it('/start with a code of a linked conversation writes it, and a link of ours opens Telegram so', async () => {
    const talk = await openTalk();
    expect((await talk.write('/start 12345678')).join('\n')).toContain('لم نتمكن من استخدام هذا الرمز');
    expect((await rowOf(talk)).flow).toBe('link-code');
    const [telegram] = talk.whole.sila.channels;
    expect(await telegram?.reach?.('12345678')).toBe('https://t.me/sila_test_bot?start=12345678');
    expect(await telegram?.reach?.()).toBe('https://t.me/sila_test_bot');
  });

  it('/language, /help and /staff do what they say, and /menu comes back from staff', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    await talk.write('/language');
    expect(buttonsOf(talk.fake, 5_001)).toEqual(['العربية', 'English']);
    await talk.tap('English');
    expect((await rowOf(talk)).language).toBe('en');
    expect((await talk.write('/help')).join('\n')).toContain(textOf(talk, 'engine.help', 'en').slice(0, 30));
    await talk.write('/staff');
    expect((await rowOf(talk)).hold).toBe('waiting');
    await talk.write('/menu');
    expect(await rowOf(talk)).toMatchObject({ hold: 'none', flow: 'menu' });
  });

  it('stand in the transcript as words that staff can read', async () => {
    const talk = await openTalk();
    await talk.write('/staff');
    expect((await filesOf(talk))[0]).toMatchObject({ text: textOf(talk, 'telegram.command.person') });
  });
});

describe('files', () => {
  it('of an album become one answer, and one turn', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    for (let n = 0; n < 3; n++)
      people.photo(talk.fake, talk.person, await picture(`ص${n}`), {
        media_group_id: 'album-1',
        ...(n === 0 && { caption: 'أوراقي' }),
      });
    people.write(talk.fake, talk.person, 'بعد الألبوم');
    expect(await talk.bring()).toEqual([200, 200, 200, 200]);
    await talk.whole.queue.drain();
    expect(await filesOf(talk)).toHaveLength(1);
    await settled(talk);
    expect((await filesOf(talk)).slice(1)).toEqual([
      { files: 3, text: 'أوراقي' },
      { files: 0, text: 'بعد الألبوم' },
    ]);
    expect(await talk.whole.store.turns.items((await rowOf(talk)).id, 9)).toEqual([]);
  });

  it('of an album wait for 1.5 s after the last of them', async () => {
    const talk = await openTalk();
    const { clock, queue } = talk.whole;
    const part = async () => {
      people.photo(talk.fake, talk.person, await picture('ص'), { media_group_id: 'album-3' });
      await talk.bring();
      await queue.drain();
    };
    await part();
    clock.pass(1_400);
    await part();
    clock.pass(1_499);
    await talk.whole.sila.sweepOnce();
    await queue.drain();
    expect(talk.fake.calls('getFile')).toEqual([]);
    clock.pass(1);
    await settled(talk);
    expect((await filesOf(talk)).map(({ files }) => files)).toEqual([2]);
  });

  it('of an album survive a crash between its parts, and a part that comes late is not lost', async () => {
    const talk = await openTalk();
    const part = async () => people.photo(talk.fake, talk.person, await picture('ص'), { media_group_id: 'album-2' });
    await part();
    await part();
    await talk.bring();
    await talk.whole.restart();
    await part();
    await talk.bring();
    await settled(talk);
    await part();
    await talk.bring();
    await settled(talk);
    expect((await filesOf(talk)).map(({ files }) => files)).toEqual([3, 1]);
  });

  it('that the line loses are asked for again only after several tries', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    people.photo(talk.fake, talk.person, await picture('ص'));
    talk.fake.fail({ kind: 'status', status: 500 }, 2, 'download');
    await talk.bring();
    await settled(talk);
    expect((await filesOf(talk)).at(-1)).toMatchObject({ files: 1 });
    people.photo(talk.fake, talk.person, await picture('ص'));
    talk.fake.fail({ kind: 'status', status: 500 }, 3, 'getFile');
    await talk.bring();
    await settled(talk);
    expect((await filesOf(talk)).at(-1)).toMatchObject({ files: 0 });
    expect(talk.fake.said(5_001).at(-1)!.text).toContain(textOf(talk, 'edge.file_not_fetched'));
  });

  it('that are no picture and no paper are refused with a word', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const id = people.keepAtTelegram(talk.fake, 'malware.pdf', Buffer.from('MZ not a pdf'));
    people.send(talk.fake, talk.person, { document: { file_id: id, file_unique_id: 'x', file_name: 'malware.pdf' } });
    await talk.bring();
    await settled(talk);
    expect(talk.fake.said(5_001).at(-1)!.text).toContain(textOf(talk, 'edge.file_kind'));
  });

  it('of voice are kept, and the person hears that staff will listen', async () => {
    const talk = await openTalk();
    await talk.write('السلام عليكم');
    const id = people.keepAtTelegram(talk.fake, 'voice.oga', Buffer.concat([Buffer.from('OggS'), Buffer.alloc(200)]));
    people.send(talk.fake, talk.person, { voice: { file_id: id, file_unique_id: 'v', duration: 3 } });
    await talk.bring();
    await settled(talk);
    expect((await filesOf(talk)).at(-1)).toMatchObject({ files: 1 });
    expect(talk.fake.said(5_001).at(-1)!.text).toContain(textOf(talk, 'engine.wrong.voice').slice(0, 20));
  });

  it('go to the person under their Arabic names', async () => {
    const talk = await openTalk();
    await talk.write('/staff');
    const row = await rowOf(talk);
    await talk.whole.sila.desk.take(row.id, HUDA);
    const file = await talk.whole.sila.house.files.keep(row.address, 'خطاب الموافقة.png', await picture('x'));
    if ('refused' in file) throw new Error(file.refused);
    const id = createIds().next();
    await talk.whole.store.turns.put(row.id, {
      id,
      kind: 'staff',
      dedupeKey: id,
      at: talk.whole.clock.at,
      sealed: await talk.whole.sila.house.records.item.seal('', id, {
        v: 1,
        kind: 'within',
        input: { kind: 'staff', act: 'reply', by: HUDA.id, name: HUDA.name, text: 'هذا خطابك', file },
      }),
    });
    await talk.whole.sila.sweepOnce();
    await talk.whole.settle();
    const sent = talk.fake.said(5_001).at(-1);
    expect(sent).toMatchObject({ caption: 'هذا خطابك', file: { as: 'photo', name: 'خطاب الموافقة.png' } });
  });
});

describe('groups', () => {
  it('hear one line, and then nothing', async () => {
    const talk = await openTalk();
    const group = { id: -100_200, type: 'supergroup' as const };
    for (const text of ['سلام', 'طلب مساعدة', '/start@sila_test_bot']) {
      talk.fake.push({ message: people.messageOf(talk.fake.state, talk.person, group, { text }) });
      await talk.heard();
    }
    await until(() => talk.fake.said(group.id).length > 0);
    expect(talk.fake.said(group.id)).toHaveLength(1);
    expect(talk.fake.said(group.id)[0]!.text).toContain('@sila_test_bot');
    expect(await talk.whole.store.turns.conversations({ limit: 9 })).toEqual([]);
  });
});

/** Files are fetched beside the turns: until the mailbox is empty. */
async function settled(talk: Talk): Promise<void> {
  await until(async () => {
    await talk.whole.settle();
    return (await talk.whole.store.turns.waiting(talk.whole.clock.at, 9)).length === 0;
  });
}
