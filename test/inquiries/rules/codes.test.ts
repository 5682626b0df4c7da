// A code that somebody was talked into sending is not kept; sums, dates, phones and requests stay as they are.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hideCodes, hideNamedCodes, withDigits } from '../../../src/inquiries/index.js';

const training = resolve(import.meta.dirname, '../../../flows/training');

test.each([
  ['الكود اللي وصلني 482913', 'الكود اللي وصلني ••••••'],
  ['رمز التحقق ٤٨٢٩ وطلبوه مني', 'رمز التحقق •••• وطلبوه مني'],
  ['my OTP is 482 913', 'my OTP is ••• •••'],
  ['الرقم السري 1234، والمبلغ 5000 ريال', 'الرقم السري ••••، والمبلغ 5000 ريال'],
  ['كلمة المرور 12345678', 'كلمة المرور ••••••••'],
  ['الكود على جوالي 0551234567', 'الكود على جوالي 0551234567'],
  ['الكود لطلبي 7304881520969', 'الكود لطلبي 7304881520969'],
  ['حولت له 5000 ومعه 250', 'حولت له 5000 ومعه 250'],
  ['الكود 12', 'الكود 12'],
  ['the code came at 10.30', 'the code came at 10.30'],
])('%s', (said, kept) => {
  expect(hideCodes(said)).toBe(kept);
});

describe('where nobody asked for one, what stands beside a word of codes', () => {
  test.each([
    ['code: 482910', 'code: ••••••'],
    ['تفضل الرمز 883211', 'تفضل الرمز ••••••'],
    ['رقم التحقق حقي 5521 وين اكتبه', 'رقم التحقق حقي •••• وين اكتبه'],
    ['الرمز هو ٤٨٢٩١٠', 'الرمز هو ••••••'],
    ['رمزي 5521', 'رمزي ••••'],
    ['883211 هذا الرمز', '•••••• هذا الرمز'],
    ['482910 is my code', '•••••• is my code'],
    ['OTP 482 913', 'OTP ••• •••'],
    ['طلبت مساعده برقم 7304881520969 والكود اللي وصلني 5521', 'طلبت مساعده برقم 7304881520969 والكود اللي وصلني ••••'],
  ])('is hidden: %s', (said, kept) => {
    expect(hideNamedCodes(said)).toBe(kept);
  });

  test.each([
    'الكود لطلبي 7304881520969',
    'كود طلبي 7304-8815-2096-9',
    'الرمز للطلب 7304 8815 2096 9',
    'الكود على جوالي 0551234567',
    'جوالي 055 123 4567 والكود ما وصل',
    'هويتي 1012345678 وما جاني الرمز',
    'الرمز البريدي 13321',
    'postal code 11564',
    'رمز العنوان RRRD2929',
    'رمز الدولة 00966',
    'كود المستفيد 48213',
    'ابي سداد فاتورة رمزها 4821',
    'كود الخصم 5000',
    'error code 5001',
    'الباركود 12345678',
    'دخلت نفاذ وراتبي 4200',
    'الرمز وصلني سنة 2023',
    'رمز التحويل SA0380000000608010167519',
    'مبلغ 5000 وما عندي رمز',
    '482910',
  ])('stays where it is a code of something else, or a longer number: %s', (said) => {
    expect(hideNamedCodes(said)).toBe(said);
  });

  test.each([
    'عندي موعد قلب في المستشفى كود الحجز 558210 وكود الموافقة من التأمين 991203',
    'كود المريض 483920 في مستشفى الملك فهد',
    'كود الموافقة من التأمين 558210',
    'رمز الدواء 20145 في الوصفة',
    'كود الوصفة 558210',
    'كود الإحالة 558210',
    'رمز الموعد 1445',
    'رمز الحجز 558210 موعد القلب',
    'كود العيادة 4412',
    'كود الجهاز 7766',
    'كود التسجيل 20241',
    'رمز الخدمة 1234',
    'رقم العداد 558210 كود الكهرباء 9921',
    'الكود حق الحجز 558210',
    'الكود 558210 للحجز في العيادة',
    'رمز تأكيد الحجز 558210',
    'booking code 558210',
    'the referral code is 558210',
    'prescription code 20145',
    'patient code: 483920',
    'my approval code 558210',
    'the door code is 4455 for the visit',
    'the code 4455 for the door',
    '558210 is the booking code',
  ])('stays where a word says what it is of: %s', (said) => {
    expect(hideNamedCodes(said)).toBe(said);
  });

  test.each([
    ['كود التحقق 482910', 'كود التحقق ••••••'],
    ['رمز التفعيل هو 482910', 'رمز التفعيل هو ••••••'],
    ['رمز الدخول 5521', 'رمز الدخول ••••'],
    ['رمز نفاذ 55213', 'رمز نفاذ •••••'],
    ['الرمز السري 4821', 'الرمز السري ••••'],
    ['كلمة المرور 48213', 'كلمة المرور •••••'],
    ['رقمي السري كود سري 4821', 'رقمي السري كود سري ••••'],
    ['رمزي في ابشر 883211', 'رمزي في ابشر ••••••'],
    ['رقم الصك 558210 ورمز التحقق 4412', 'رقم الصك 558210 ورمز التحقق ••••'],
    ['كود الحجز 558210 ورمز التحقق 4412', 'كود الحجز 558210 ورمز التحقق ••••'],
    ['كود الحجز ورمز التحقق 4412', 'كود الحجز ورمز التحقق ••••'],
    ['verification code 482910', 'verification code ••••••'],
    ['my one-time code is 482910', 'my one-time code is ••••••'],
    ['otp: 4821', 'otp: ••••'],
    ['pin 4821', 'pin ••••'],
    ['password is 48213', 'password is •••••'],
    ['482910 is my verification code', '•••••• is my verification code'],
  ])('is hidden where it is named as secret, wherever it is told: %s', (said, kept) => {
    expect(hideNamedCodes(said)).toBe(kept);
    expect(hideNamedCodes(said, { told: true })).toBe(kept);
  });

  test.each([
    ['الكود 482910', 'الكود ••••••'],
    ['عندي رمز 883211', 'عندي رمز ••••••'],
    ['الكود وصلني من البنك 4829', 'الكود وصلني من البنك ••••'],
    ['my code 482910', 'my code ••••••'],
    ['the code i got 482910', 'the code i got ••••••'],
    ['here is the code: 482 910', 'here is the code: ••• •••'],
    ['الكود 482910 لكم', 'الكود •••••• لكم'],
  ])('is hidden where it is called a code and no more, but not where much is told: %s', (said, kept) => {
    expect(hideNamedCodes(said)).toBe(kept);
    expect(hideNamedCodes(said, { told: true })).toBe(said);
  });

  test('nothing is hidden of what people ask, want and fill in', () => {
    const lessons = readdirSync(training).flatMap((name) => {
      const { examples } = parse(readFileSync(join(training, name), 'utf8')) as { examples?: Record<string, string[]> };
      return Object.values(examples ?? {}).flat();
    });
    expect(lessons.length).toBeGreaterThan(10_000);
    expect(lessons.filter((text) => hideNamedCodes(text) !== text)).toEqual([]);
  });
});

test('what was hidden is still known to be a number', () => {
  expect(withDigits('الكود •••••• و ••• •••')).toBe('الكود 000000 و 000 000');
  expect(withDigits('• طلب •• هنا')).toBe('• طلب •• هنا');
});

test.each(['رمز '.repeat(20_000), '4821 '.repeat(20_000), 'code 4821 '.repeat(10_000)])(
  'a long message is read in bounded time',
  (text) => {
    const began = performance.now();
    hideNamedCodes(text);
    expect(performance.now() - began).toBeLessThan(1_000);
  },
);
