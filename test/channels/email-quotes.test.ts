// What of an answer by e-mail its writer wrote (channels/email/quotes.ts): whatever programs quote, introduce and sign is left out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caps } from '../../channels/email/limits.js';
import { ABOVE, isAnsweredBetween, ownWords } from '../../channels/email/quotes.js';

const answer = (text: string): string => ownWords(text, 'answers');

describe('the words of an answer', () => {
  const quoted = '> -- -- -- الرد فوق هذا السطر -- -- --\n>\n> كيف يمكننا خدمتك؟\n> 1. طلب مساعدة';
  const introductions = [
    'On Sun, Nov 22, 2026 at 12:00 PM Charity <info@charity.example> wrote:',
    'On Sun, Nov 22, 2026 at 12:00 PM Charity\n<info@charity.example>\nwrote:',
    'في الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة الجمعية <info@charity.example>:',
    'في الأحد، ٢٢ نوفمبر ٢٠٢٦ في ١٢:٠٠ م تمت كتابة ما يلي بواسطة ‪الجمعية‬‏ <‪info@charity.example‬‏>:‬',
    'في ٢٢ نوفمبر ٢٠٢٦، الساعة ١٢:٠٠ م، كتب الجمعية <info@charity.example>:',
    'كتب الجمعية <info@charity.example> في الأحد 22 نوفمبر 2026:',
    '2026-11-22 12:00 GMT+03:00 Charity <info@charity.example>:',
    '-----Original Message-----\nFrom: Charity',
    '-----الرسالة الأصلية-----',
    '________________________________\nFrom: Charity <info@charity.example>',
    'From: Charity <info@charity.example>\nSent: Sunday, November 22, 2026 12:00\nTo: Fatima\nSubject: RE: x',
    'من: الجمعية <info@charity.example>\nتم الإرسال: 22/11/2026 12:00\nإلى: فاطمة\nالموضوع: x',
    '*From:* Charity\n*Date:* Sunday\n*To:* Fatima',
  ];
  const plainQuote = quoted.replaceAll('> ', '').replaceAll('>', '');

  it.each(introductions)('end above %j, quoted with signs or without', (introduction) => {
    expect(answer(`أوافق\n\n${introduction}\n\n${quoted}\n`)).toBe('أوافق');
    expect(answer(`2\r\n${introduction.replaceAll('\n', '\r\n')}\r\n\r\n${plainQuote}`)).toBe('2');
  });

  it('end above our own line, whatever a program writes before it', () => {
    const french = 'Le dim. 22 nov. 2026 à 12:00, Association <info@charity.example> a écrit :';
    expect(answer(`نعم\n\n${french}\n\n> ${ABOVE} الرد فوق هذا السطر ${ABOVE}\n> نص`)).toBe('نعم');
  });

  it('stand below or between what is quoted', () => {
    expect(answer(`${introductions[0]!}\n\n${quoted}\n\nمحمد أحمد`)).toBe('محمد أحمد');
    expect(answer('> ما اسمك؟\nمحمد أحمد\n> ما مدينتك؟\nالرياض')).toBe('محمد أحمد\nالرياض');
  });

  it('of a letter that is passed on are all of it', () => {
    const passed =
      '---------- Forwarded message ---------\nFrom: Hospital <h@example.com>\nDate: Sun\nSubject: x\nTo: F\n\nالتقرير جاهز';
    expect(answer(passed)).toContain('التقرير جاهز');
  });

  it.each([
    '-- \nمحمد\n0550000000',
    'Sent from my iPhone',
    'أُرسلت من الـ iPhone الخاص بي',
    'مرسل من هاتفي',
    'Get Outlook for iOS',
  ])('end above the signature %j', (signature) => expect(answer(`الرياض\n\n${signature}`)).toBe('الرياض'));

  it('lose no ordinary line', () => {
    for (const line of [
      'On Sunday I wrote:',
      'في يوم الأحد كتبت لكم',
      'من: الرياض',
      'From: my heart',
      '- - -',
      'كتب ابني هذا',
    ])
      expect(answer(`${line}\nوالسلام`)).toBe(`${line}\nوالسلام`);
  });

  it('come out as they were written, below any introduction', () => {
    const words = fc.stringMatching(/^[\u0621-\u064Aa-z0-9]{1,12}( [\u0621-\u064Aa-z0-9]{1,12}){0,6}$/);
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...introductions),
        (lines, introduction) => {
          expect(answer(`${lines.join('\n')}\n\n${introduction}\n\n${quoted}`)).toBe(lines.join('\n'));
        },
      ),
    );
  });

  it('are read in a time that grows with their length, at most so many', () => {
    for (const evil of [
      '> '.repeat(200_000),
      'في '.repeat(200_000),
      'On '.repeat(200_000),
      '\n'.repeat(400_000),
      `${' '.repeat(79_000)}x`,
      'من:'.repeat(100_000),
      'من:\n'.repeat(100_000),
      `${'_'.repeat(20)}\n`.repeat(20_000),
      'On 1 wrote:\n'.repeat(20_000),
      'في 22 كتب '.repeat(30_000),
      `${'يوم كتب '.repeat(45)}\n`.repeat(1_000),
      '> \n1 2222:\n'.repeat(20_000),
      '---- forwarded message ----\n'.repeat(20_000),
      `${ABOVE}\n`.repeat(20_000),
      'Sent from my iPhone\n'.repeat(20_000),
      'Sent from my '.repeat(10_000),
    ])
      for (const standing of ['begins', 'answers', 'passes_on'] as const) {
        const from = performance.now();
        expect(ownWords(evil, standing).length).toBeLessThanOrEqual(caps.words);
        expect(isAnsweredBetween(evil)).toBeTypeOf('boolean');
        expect(performance.now() - from).toBeLessThan(5_000);
      }
  });
});
