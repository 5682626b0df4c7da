// One person, two conversations: a code, a plain yes, and the draft and the cases follow; undone, nothing new does.
import { describe, expect, it } from 'vitest';
import { started, tellAll, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const MINUTE = 60_000;
const CODE = /رمز المتابعة: \u2068?(\d{4} \d{4})/;

/** Begins an aid request and stops at the applicant's name. */
const begin = (h: Harness, user: string) => tellAll(h, user, ['السلام عليكم', 'طلب مساعدة', 'أوافق', 'عملية', 'لي']);

/** A code of this person's conversation. */
async function codeOf(h: Harness, user: string): Promise<string> {
  const said = await tellAll(h, user, ['أكمل على قناة أخرى']);
  const again = CODE.test(said.join('\n')) ? said : await h.tell(user, 'نعم الآن');
  return CODE.exec(again.join('\n'))?.[1] ?? 'none';
}

async function link(h: Harness, from: string, to: string): Promise<string[]> {
  const code = await codeOf(h, from);
  await h.tell(to, 'السلام عليكم');
  const asked = await h.tell(to, code);
  expect(asked.join('\n')).toContain('هل نربطه بهذه المحادثة؟');
  return h.tell(to, 'نعم');
}

describe('a draft', () => {
  it('goes on where the code was written, and the other side is told', async () => {
    const h = await started();
    await begin(h, 'phone');
    const told = await link(h, 'phone', 'web');
    expect(told[0]).toContain('تم الربط مع');
    expect(told.join('\n')).toContain('وصل طلبك غير المكتمل');
    expect(told.at(-1)).toContain('ما اسمك الكامل');
    const left = h.channel.said('phone').at(-1) ?? '';
    expect(left).toContain('وانتقل إليها طلبك غير المكتمل');
    expect(left).toContain('افصل القنوات');
    // Here it goes on, there nothing is left of it.
    expect((await h.tell('web', 'فاطمة أحمد العتيبي')).join('\n')).toContain('رقم هويتك');
    expect((await h.tell('phone', 'القائمة')).join('\n')).not.toContain('إكمال طلبي');
  });

  it('comes back by a code, with what was answered meanwhile', async () => {
    const h = await started();
    await begin(h, 'phone');
    await link(h, 'phone', 'web');
    await h.tell('web', 'فاطمة أحمد العتيبي');
    h.clock.pass(MINUTE);
    const told = await link(h, 'web', 'phone');
    expect(told.at(-1)).toContain('رقم هويتك');
  });

  it('waits among the drafts of somebody who is in the middle of another, and neither is lost', async () => {
    const h = await started();
    await begin(h, 'phone');
    await begin(h, 'web');
    const code = await codeOf(h, 'phone');
    await h.tell('web', 'لدي رمز');
    await h.tell('web', 'نعم الآن');
    await h.tell('web', code);
    const told = await h.tell('web', 'نعم');
    expect(told.join('\n')).toContain('ما اسمك الكامل');
    const record = await sessionOf(h, 'web');
    expect([...(record.parked ?? []), record.stack].filter(([bottom]) => bottom?.flow === 'aid-request')).toHaveLength(
      2,
    );
  });

  it('is none when nothing is unfinished: both hear that they are linked', async () => {
    const h = await started();
    await h.tell('phone', 'السلام عليكم');
    const told = await link(h, 'phone', 'web');
    expect(told.join('\n')).toContain('بإمكانك الآن متابعة طلباتك من هنا أيضًا');
    expect(h.channel.said('phone').at(-1)).toContain('رُبطت هذه المحادثة');
  });
});

describe('a code', () => {
  it('is hidden from staff, on both sides', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    await h.tell('web', 'السلام عليكم');
    await h.tell('web', code);
    for (const user of ['phone', 'web']) {
      const { conversation } = await h.write(user, 'القائمة');
      await h.settle();
      const messages = await h.store.messages.list(conversation, 0, 100);
      const address = (await h.store.turns.conversation(conversation))!.address;
      for (const message of messages.filter((one) => one.class !== 'confidential')) {
        const body = await h.sila.house.records.message.open(address, message.id, message.sealed);
        expect(body.text).not.toContain(code);
      }
    }
  });

  it('links nothing without a plain yes', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    await h.tell('web', 'السلام عليكم');
    await h.tell('web', code);
    expect((await h.tell('web', 'لا')).join('\n')).toContain('لم نربط شيئًا');
    expect((await h.tell('phone', 'إكمال طلبي')).join('\n')).toContain('ما اسمك الكامل');
  });

  it('finds nothing when it is wrong, late, used, or tried too often, all with one answer', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    const answer = async (user: string, digits: string) => {
      h.clock.pass(10_000);
      await h.tell(user, 'السلام عليكم');
      return (await h.tell(user, digits)).join('\n');
    };
    const wrong = await answer('stranger', '0000 0000');
    expect(wrong).toContain('لم نتمكن من استخدام هذا الرمز');
    h.clock.pass(16 * MINUTE);
    expect(await answer('late', code)).toBe(wrong);
    const fresh = await codeOf(h, 'phone');
    await answer('guesser', '0000 0000');
    for (let n = 1; n < 5; n++) expect((await h.tell('guesser', `0000 000${n}`)).join('\n')).toBe(wrong);
    expect((await h.tell('guesser', fresh)).join('\n')).toBe(wrong);
    await h.tell('web', 'السلام عليكم');
    await h.tell('web', fresh);
    await h.tell('web', 'نعم');
    expect(await answer('second', fresh)).toBe(wrong);
  });

  it('guessed from everywhere rests for all, and staff are told', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    const { house } = h.sila;
    for (let n = 0; n < 99; n++) await house.contacts.check('00000000', `stranger-${n}`);
    await h.tell('web', 'السلام عليكم');
    await h.tell('web', '0000 0001');
    expect((await h.store.notices.list({ limit: 9 })).map(({ kind }) => kind)).toContain('codes_guessed');
    await h.tell('other', 'السلام عليكم');
    expect((await h.tell('other', code)).join('\n')).toContain('لم نتمكن من استخدام هذا الرمز');
  });

  it('runs out between the reading back and the yes', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    await h.tell('web', 'السلام عليكم');
    await h.tell('web', code);
    h.clock.pass(16 * MINUTE);
    expect((await h.tell('web', 'نعم')).join('\n')).toContain('لم نتمكن من استخدام هذا الرمز');
  });

  it('written where it was made is kindly sent on', async () => {
    const h = await started();
    await begin(h, 'phone');
    const code = await codeOf(h, 'phone');
    expect((await h.tell('phone', code)).join('\n')).toContain('من هذه المحادثة نفسها');
  });

  it('reads names back by their first letters only', async () => {
    const h = await started();
    await h.tell('phone', 'السلام عليكم', { name: 'فاطمة العتيبي' });
    const code = await codeOf(h, 'phone');
    await h.tell('web', 'السلام عليكم');
    const asked = (await h.tell('web', code)).join('\n');
    expect(asked).toContain('ف*** ا***');
    expect(asked).not.toContain('فاطمة');
  });
});

describe('cases', () => {
  it('are seen in full from a linked conversation, and no more after it was undone', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await link(h, FATIMA.user, 'web');
    expect((await h.tell('web', 'متابعة طلب')).join('\n')).toContain(number.slice(0, 4));
    await h.tell('web', 'افصل القنوات');
    expect((await h.tell('web', 'نعم')).join('\n')).toContain('تم الفصل');
    expect(h.channel.said(FATIMA.user).at(-1)).toContain('فُصلت هذه المحادثة');
    expect((await h.tell('web', 'متابعة طلب')).join('\n')).toContain('لا نجد طلبًا');
    expect((await h.tell(FATIMA.user, 'متابعة طلب')).join('\n')).toContain(number.slice(0, 4));
    expect((await h.tell(FATIMA.user, 'افصل القنوات')).join('\n')).toContain('غير مرتبطة');
  });

  it('do not follow a phone number that somebody types, nor a contact card', async () => {
    const h = await started();
    await fileRequest(h, FATIMA);
    await tellAll(h, 'stranger', ['السلام عليكم', FATIMA.phone]);
    await h.tell('stranger', '', { media: 'contact' });
    expect((await h.tell('stranger', 'متابعة طلب')).join('\n')).toContain('لا نجد طلبًا');
  });
});

async function sessionOf(h: Harness, user: string) {
  const { conversation } = await h.write(user, '', { media: 'reaction' });
  await h.settle();
  const row = (await h.store.turns.conversation(conversation))!;
  return (await h.sila.house.records.sessionOf(row))!.session;
}
