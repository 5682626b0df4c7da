// Exact rules in a whole conversation: each is answered at once, wherever the person stands, and nothing secret is kept.
import { describe, expect, it } from 'vitest';
import { pack } from '../support/pack.js';
import { SARA, started, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const text = (key: string, language = 'ar') => pack('safe-treatment').texts[key]?.[language] ?? key;
const kinds = async (h: Harness) => (await h.store.notices.list({ limit: 99 })).map(({ kind }) => kind);
const stand = async (h: Harness, conversation: string) => (await h.store.turns.conversation(conversation))!;

async function met(h: Harness, language = 'ar') {
  const { conversation } = await h.write('p', language === 'ar' ? 'السلام عليكم' : 'Hello', { language });
  await h.settle();
  return conversation;
}

describe('at the menu', () => {
  it.each([
    ['كم حبة بنادول اعطي ولدي', 'ar', 'engine.rule.medical_advice', []],
    ['can i fast with diabetes', 'en', 'engine.rule.medical_advice', []],
    ['انتم نصابين', 'ar', 'engine.rule.insult', []],
    ['واحد اتصل وقال انه من الجمعيه وطلب الكود اللي جاني', 'ar', 'engine.rule.fraud', ['fraud']],
    ['he asked me for money to approve my request', 'en', 'engine.rule.fraud', ['fraud']],
  ])('%s', async (words, language, key, notices) => {
    const h = await started();
    await met(h, language);
    const said = await h.tell('p', words);
    expect(said[0]).toBe(text(key, language));
    expect(await kinds(h)).toEqual(notices);
  });

  it('the wish for a human in a sentence of its own is a hand-off', async () => {
    const h = await started();
    const conversation = await met(h);
    await h.tell('p', 'طفشت من الرد الالي ابي انسان');
    expect((await stand(h, conversation)).hold).toBe('waiting');
  });

  it('asking us to stop, in any words, stops us', async () => {
    const h = await started();
    await met(h);
    expect(await h.tell('p', 'احذفوا رقمي من القائمة')).toEqual([text('engine.rest.begun')]);
    expect(await kinds(h)).toEqual(['opted_out']);
  });

  it('a number of a request opens its status', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await h.tell(FATIMA.user, 'القائمة');
    const said = await h.tell(FATIMA.user, `هذا رقم طلبي ${number} وش صار عليه`);
    expect(said.join('\n')).toContain(text('status.submitted.full').slice(0, 10));
    const { conversation } = (await h.store.cases.get(number))!;
    expect((await stand(h, conversation)).flow).toBe('case-status');
  });

  it('a number from somebody else is not asked for again, only the four digits that go with it', async () => {
    const h = await started();
    const conversation = await met(h);
    expect(await h.tell('p', 'وش صار على الطلب 7304-8815-2096-9')).toHaveLength(1);
    expect((await stand(h, conversation)).step).toBe('digits');
  });

  it('a number with a slip is told so, and asked for again', async () => {
    const h = await started();
    const conversation = await met(h);
    const said = await h.tell('p', '7304-8815-2096-5');
    expect(said[0]).toContain(text('answers.case_number.check'));
    expect((await stand(h, conversation)).step).toBe('number');
  });

  it('what says nothing is answered by no article, and no question is kept of it', async () => {
    const h = await started();
    const conversation = await met(h);
    for (const noise of ['؟؟؟؟؟', 'asdfghjkl']) await h.tell('p', noise);
    expect(await kinds(h)).not.toContain('unanswered');
    expect((await stand(h, conversation)).flow).toBe('menu');
  });
});

it('at the very first message a rule comes before the menu', async () => {
  const h = await started();
  const said = await h.tell('p', 'وصلتني رسالة برابط تحديث بيانات باسمكم');
  expect(said).toContain(text('engine.rule.fraud'));
  expect(await kinds(h)).toEqual(['fraud']);
});

it('in the inquiry flow a rule is heeded before articles are looked for', async () => {
  const h = await started();
  const conversation = await met(h);
  await h.tell('p', 'استفسار');
  const said = await h.tell('p', 'متى اخذ الانسولين قبل الاكل ولا بعده');
  expect(said[0]).toBe(text('engine.rule.medical_advice'));
  expect((await stand(h, conversation)).flow).toBe('inquiry');
});

describe('beside danger', () => {
  it.each([
    ['ابوي ما يتنفس كم حبة بنادول اعطيه', 'engine.rule.medical_advice', ['danger']],
    ['زوجي يضربني وواحد طلب مني الكود اللي جاني', 'engine.rule.fraud', ['danger', 'fraud']],
  ])('a rule is answered after the safety text, and no menu follows: %s', async (words, key, notices) => {
    const h = await started();
    await met(h);
    const said = await h.tell('p', words);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(text('engine.danger.more'));
    expect(said[1]).toBe(text(key));
    expect((await kinds(h)).sort()).toEqual(notices);
  });

  it('so it is in a very first message, and in a form, where the request stays', async () => {
    const h = await started();
    const first = await h.tell('p', 'ابوي ما يتنفس كم حبة بنادول اعطيه');
    expect(first.slice(-1)).toEqual([text('engine.rule.medical_advice')]);
    expect(first[0]).toContain(text('engine.danger.more'));
    await fileRequest(h, FATIMA, 'applicant_name');
    const { conversation } = await h.write(FATIMA.user, 'ابوي ما يتنفس كم حبة بنادول اعطيه');
    await h.settle();
    expect(h.channel.said(FATIMA.user).slice(-1)).toEqual([text('engine.rule.medical_advice')]);
    expect((await stand(h, conversation)).step).toBe('applicant_name');
  });

  it('whoever wants no more messages is asked first, and staff are called', async () => {
    const h = await started();
    await met(h);
    const said = await h.tell('p', 'ابي اموت وقفوا الرسايل');
    expect(said[0]).toContain(text('engine.danger.more'));
    expect(said[1]).toContain(text('engine.rest.ask'));
    expect(await kinds(h)).toEqual(['danger']);
    expect(await h.tell('p', 'نعم')).toEqual([text('engine.rest.begun')]);
  });

  it.each(['ابي اموت انتم نصابين', 'ابي احد يسمعني قبل لا انتحر'])(
    'an insult, or the wish for a human, has the human who is called: %s',
    async (words) => {
      const h = await started();
      await met(h);
      const said = await h.tell('p', words);
      expect(said[0]).toContain(text('engine.danger.more'));
      expect(said).not.toContain(text('engine.rule.insult'));
      expect(await kinds(h)).toEqual(['danger']);
    },
  );
});

describe('a code that somebody was talked into sending', () => {
  it('is in nothing that we keep or say', async () => {
    const h = await started();
    const conversation = await met(h);
    const records: Uint8Array[] = [];
    const commit = h.store.turns.commit.bind(h.store.turns);
    h.store.turns.commit = (turn) => (records.push(turn.record), commit(turn));
    const { item } = await h.write('p', 'قالوا ارسل الكود اللي وصلني 482913');
    await h.settle();
    expect(h.channel.said('p')).toContain(text('engine.rule.fraud'));
    expect(h.channel.said('p').join()).not.toContain('482913');
    const { address } = await stand(h, conversation);
    const record = await h.sila.house.records.turn.open(address, item, records[0]!);
    const lines = await h.sila.desk.transcript(conversation, SARA);
    for (const kept of [record, lines]) {
      expect(JSON.stringify(kept)).toContain('الكود اللي وصلني ••••••');
      expect(JSON.stringify(kept)).not.toContain('482913');
    }
  });
});

describe('a code that nobody asked for', () => {
  it.each([
    ['تفضل الرمز 883211', ['fraud']],
    ['نسيت وش سويت، رمزي في ابشر 883211', []],
  ])('is in nothing that we keep, whether it sounds like fraud or not: %s', async (words, notices) => {
    const h = await started();
    const conversation = await met(h);
    await h.tell('p', words);
    expect(await kinds(h)).toEqual(notices);
    expect(h.channel.said('p').join()).not.toContain('883211');
    const lines = JSON.stringify(await h.sila.desk.transcript(conversation, SARA));
    expect(lines).toContain('••••••');
    expect(lines).not.toContain('883211');
  });

  it('is hidden in a form too, where the number of a need, a phone or a postcode stays', async () => {
    const h = await started();
    await fileRequest(h, FATIMA, 'need');
    const { conversation } = await h.write(
      FATIMA.user,
      'نحتاج علاج لأبوي بمبلغ 45000 والرمز البريدي 13321 ورمز نفاذ حقي 5521 وجوالي 0551234567',
    );
    await h.settle();
    const lines = JSON.stringify(await h.sila.desk.transcript(conversation, SARA));
    for (const kept of ['45000', '13321', '0551234567', 'رمز نفاذ حقي ••••']) expect(lines).toContain(kept);
  });

  it.each(['code: 482910', 'code 482910', 'my code 482910'])(
    'is warned about and asked for no more: %s',
    async (words) => {
      const h = await started();
      const { conversation } = await h.write('p', words, { language: 'en' });
      await h.settle();
      expect(h.channel.said('p')).toContain(text('engine.rule.fraud', 'en'));
      expect((await stand(h, conversation)).flow).toBe('menu');
      await h.tell('p', words);
      expect((await stand(h, conversation)).flow).toBe('menu');
      expect(await kinds(h)).toEqual(['fraud', 'fraud']);
    },
  );

  it.each(['code 482910', 'عندي رمز 883211'])('parks no request and opens nothing: %s', async (words) => {
    const h = await started();
    await h.tell('p', words);
    const conversation = await met(h);
    await h.tell('p', words);
    expect((await stand(h, conversation)).flow).toBe('menu');
    await fileRequest(h, FATIMA, 'applicant_name');
    const before = await h.write(FATIMA.user, words);
    await h.settle();
    expect(await stand(h, before.conversation)).toMatchObject({ flow: 'aid-request', step: 'applicant_name' });
  });

  it('of a booking stays in what is told at length, a bare one too, and what is named as secret does not', async () => {
    const h = await started();
    await fileRequest(h, FATIMA, 'need');
    const { conversation } = await h.write(
      FATIMA.user,
      'عندي موعد قلب في المستشفى كود الحجز 558210 وكود الموافقة من التأمين 991203 ونحتاج الأشعة بالكود 771204 ورمز نفاذ حقي 5521',
    );
    await h.settle();
    const lines = JSON.stringify(await h.sila.desk.transcript(conversation, SARA));
    for (const kept of ['558210', '991203', '771204', 'رمز نفاذ حقي ••••']) expect(lines).toContain(kept);
  });

  it('is taken where it is one of ours', async () => {
    const h = await started();
    const conversation = await met(h);
    await h.tell('p', 'الرمز 48291033');
    expect((await stand(h, conversation)).flow).toBe('link-code');
    expect(await kinds(h)).not.toContain('fraud');
  });
});

describe('in the middle of a request', () => {
  it('the question comes back after the answer, and the wish for a human is heeded', async () => {
    const h = await started();
    await fileRequest(h, FATIMA, 'for_whom');
    const said = await h.tell(FATIMA.user, 'سمسار يقول ادفع خمسمية واضمن لك القبول');
    expect(said[0]).toBe(text('engine.rule.fraud'));
    expect(said.at(-1)).toContain(text('engine.question.back'));
    await h.tell(FATIMA.user, 'حولوني على المدير');
    expect(await kinds(h)).toEqual(expect.arrayContaining(['fraud', 'handoff']));
  });

  it.each([
    'والدي يعاني من نزيف متكرر وجلطة سابقة وضيق في التنفس ويحتاج عملية قلب مفتوح، والتقرير مرفق',
    'أمي أصيبت بجلطة قبل سنتين وتاخذ حبوب سيولة وضغط كل يوم ولا نقدر على ثمنها',
    'ولدي مصاب بالصرع وتجيه نوبات تشنج أحيانا ونحتاج دواء كيبرا كل شهر',
    'بموت من الحر والمكيف خربان، وأموت عليكم إذا ساعدتوني في علاج ابني من ضمور العضلات',
    'محتاج حبوب السكر والإنسولين، كم حبة ياخذها الطبيب حددها ثلاث في اليوم',
    'شخص من أهلي يتكلم عني لأني ما أسمع، ونحتاج سماعة وموظف التأمين رفض',
  ])('a need is filed as it is told: %s', async (need) => {
    const h = await started();
    await fileRequest(h, FATIMA, 'need');
    const { conversation } = await h.write(FATIMA.user, need);
    await h.settle();
    expect(await kinds(h)).toEqual([]);
    const { step, hold } = await stand(h, conversation);
    expect(step).not.toBe('need');
    expect(hold).toBe('none');
  });

  it('danger in a need is heard, and the need is filed all the same', async () => {
    const h = await started();
    await fileRequest(h, FATIMA, 'need');
    const { conversation } = await h.write(FATIMA.user, 'نحتاج علاج لأبوي وهو الحين طاح في الحمام وما يرد علينا');
    await h.settle();
    expect(await kinds(h)).toEqual(['danger']);
    expect((await stand(h, conversation)).step).not.toBe('need');
  });
});
