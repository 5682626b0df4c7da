// A code that somebody was talked into sending is not kept; sums, dates, phones and requests stay as they are.
import { expect, test } from 'vitest';
import { hideCodes } from '../../../src/inquiries/index.js';

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
