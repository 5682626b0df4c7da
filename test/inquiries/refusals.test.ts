// A wish that is refused is known as refused, in Arabic, Saudi speech, Latin letters and English; what only looks like a refusal is not.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createLexicon } from '../../src/inquiries/index.js';
import type { LexiconData } from '../../src/inquiries/index.js';
import { Refusals } from '../../src/inquiries/refusals.js';
import { wordingFile } from '../../src/inquiries/wording.js';

const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));
const lexicon = createLexicon(read('flows/dialect.yaml') as LexiconData, ['تتصلون علي', 'تلغون طلبي']);
const refusals = new Refusals(wordingFile.parse(read('flows/wording.yaml')), lexicon);

describe('a refusal', () => {
  it.each([
    ['apply', 'ما ابي اقدم بس ابي اسال'],
    ['apply', 'مش عايز اقدم طلب'],
    ['apply', 'ما راح اقدم عندكم'],
    ['apply', 'مو قصدي اقدم طلب'],
    ['apply', 'ma abi aqadem'],
    ['apply', 'I do not want to apply, just asking'],
    ['donate', 'لا اريد التبرع'],
    ['donate', 'لن اتبرع لكم'],
    ['donate', 'ليس لدي رغبة في التبرع'],
    ['donate', 'هونت عن التبرع'],
    ['donate', 'mabi atbara3'],
    ['donate', 'i would rather not donate'],
    ['volunteer', 'لست راغبًا في التطوع'],
    ['volunteer', 'ما عاد ابي اتطوع'],
    ['volunteer', "i'm not interested in volunteering"],
    ['complaint', 'ما ابي اشتكي بس وين ردكم'],
    ['complaint', 'ما لي نية اقدم شكوى'],
    ['complaint', 'I have no intention of complaining'],
    ['rating', 'ما ابي اقيم الخدمة'],
    ['visit', 'ماله داعي تزوروني'],
    ['visit', 'مو حابة احد يزورني'],
    ['call', 'لا تتصلون علي انا بالدوام'],
    ['call', 'ما يحتاج تتصلون علي'],
    ['call', 'ارفض ان تتصلوا بي'],
    ['call', 'la tet9lon 3alay'],
    ['call', 'please do not call me'],
    ['call', 'stop calling me'],
    ['withdraw', 'لا تلغون طلبي'],
    ['withdraw', 'مابي اسحب الطلب خلوه'],
    ['withdraw', 'ما طلبت الغاء طلبي'],
    ['withdraw', "cancel? no don't cancel it"],
    ['my-data', 'ما ابي احذف بياناتي'],
    ['my-data', 'لا تمسحون معلوماتي من عندكم'],
    ['my-data', "don't delete my data"],
  ])('of %s: %s', (intent, text) => {
    expect(refusals.left(text, intent)).toBeDefined();
  });

  it.each([
    ['apply', 'ما ابي الا اقدم'],
    ['apply', 'ليش ما اقدر اقدم'],
    ['apply', 'ما قدرت اقدم طلب'],
    ['apply', 'ما عندي فلوس ابي مساعدة'],
    ['medicine', 'لا أستطيع شراء الدواء'],
    ['donate', "i don't know how to donate"],
    ['volunteer', 'لا مانع من التطوع'],
    ['complaint', 'لا احد يرد علي ابي اشتكي'],
    ['status', 'لا تنسون طلبي'],
    ['call', 'ليش ما تتصلون علي'],
    ['call', "why don't you call me"],
    ['call', 'they never call me back'],
    ['rating', 'نتيجة رأيي تروح لمين بعد ما اقيم'],
    ['sponsor', 'لو بطلت اكفل المريض بنص السنه عادي'],
    // Withdrawing and deleting are asked for by refusing what is there.
    ['withdraw', 'غيرت رايي ما ابي اكمل الطلب الغوه'],
    ['withdraw', "i don't need the aid anymore, cancel my request"],
    ['withdraw', 'ما عجبني شرط التعهد، خلاص لا ترفعون معاملتي'],
    ['my-data', 'ما ابي بياناتي عندكم احذفوها'],
    ['my-data', "i don't want you to keep my data"],
  ])('is not heard of %s in: %s', (intent, text) => {
    expect(refusals.left(text, intent)).toBeUndefined();
  });

  it.each([
    ['ما ابي صدقة ابي اقدم على علاج', 'apply', 'ابي اقدم علي علاج'],
    ['ما ابي اطول عليكم، ابي اقدم طلب', 'apply', 'ابي اقدم طلب'],
    ['ابي اتبرع وما ابي احد يعرف', 'donate', 'ابي اتبرع'],
    ['ما ابي اقدم بس ابي اسال', 'apply', 'بس ابي اسال'],
    ["I don't want money, I want to apply", 'apply', 'i want to apply'],
    ['لا تتصلون علي', 'call', ''],
  ])('leaves the rest of a message: %s', (text, intent, left) => {
    expect(refusals.left(text, intent)).toBe(left);
  });

  it('is looked for in any text, and quickly in a long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('apply', 'withdraw', '__proto__'), (text, intent) => {
        expect(['string', 'undefined']).toContain(typeof refusals.left(text, intent));
      }),
    );
    expect(refusals.left('ما ابي '.repeat(100_000), 'apply')).toBe('');
  });
});
