// Nothing that tells who asked stays in a question that is kept; what it asks stays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskQuestion } from '../../src/inquiries/index.js';
import { words } from '../../src/inquiries/terms.js';

const known = new Set(
  words(
    'and ابغى اعرف متى تفتحون محتاج مساعدة كيف اتبرع لكم عندي سؤال من اهل الرياض وابي دوام مريض و اولاد 3 997 هل الطلب حاب اسال عندكم وصل طلب او على علي حصه دعاء ايه عليه ديون انا كرسي متحرك السلام الارشاد',
  ),
);
const mask = (text: string, names: string[] = []): string =>
  maskQuestion(text, {
    names,
    isWord: (word) => known.has(word) || (word.startsWith('و') && known.has(word.slice(1))),
  });

describe('a question that is kept', () => {
  it.each([
    ['رقمي 0551234567 متى تفتحون', 'رقمي ••• متى تفتحون'],
    ['رقمي ٠٥٥ ١٢٣ ٤٥٦٧ متى تفتحون', 'رقمي ••• متى تفتحون'],
    ['هويتي 1098765439', 'هويتي •••'],
    ['+966 55-123-4567', '•••'],
    ['ايباني SA03 8000 0000 6080 1016 7519 كيف اتبرع', 'ايباني ••• كيف اتبرع'],
    ['sa0380000000608010167519', '•••'],
    ['ايميلي sara.q@example.org متى', 'ايميلي ••• متى'],
    ['https://example.org/u/99 وش هذا', '••• وش هذا'],
    ['الكود 4821 وصلني', 'الكود ••• وصلني'],
    ['الكود AB7K2Q9', 'الكود •••'],
    ['رقمي صفر خمسه خمسه واحد اثنين', 'رقمي •••'],
    ['اسمي كريم وابي مساعدة', 'اسمي ••• وابي مساعدة'],
    ['أنا دحيم بن ثنيان الفلاني محتاج مساعدة', 'أنا ••• محتاج مساعدة'],
    ['أنا محتاج مساعدة', 'أنا محتاج مساعدة'],
    ['ابني ثامر مريض', 'ابني ••• مريض'],
    ['my name is Bertram and متى تفتحون', 'my name ••• and متى تفتحون'],
    ['هل محمد العتيبي عندكم', 'هل ••• عندكم'],
    ['عندي 3 اولاد و 997 متى تفتحون', 'عندي 3 اولاد و 997 متى تفتحون'],
    ['انا علي ديون', 'انا علي ديون'],
    ['ولدي علي كرسي متحرك', 'ولدي علي كرسي متحرك'],
    ['ايه ابغى حصه ودعاء', 'ايه ابغى حصه ودعاء'],
    ['اسمي علي وابي مساعدة', 'اسمي ••• وابي مساعدة'],
    ['اسمها دعاء متى تفتحون', 'اسمها ••• متى تفتحون'],
    ['محمد علي العتيبي عندكم', '••• عندكم'],
    ['هل علي الشمري عندكم', 'هل ••• عندكم'],
    ['علي بن ثنيان عندكم', '••• عندكم'],
    ['هل ابو علي عندكم', 'هل ابو ••• عندكم'],
    ['abi mosa3ada 7aga', 'abi mosa3ada 7aga'],
  ])('%s', (given, kept) => {
    const masked = mask(given);
    expect(masked).toBe(kept);
    expect(mask(masked)).toBe(masked);
  });

  it('leaves out the names that the person gave, with what is written before them', () => {
    expect(mask('هل وصل طلب لثنيان او وغيث', ['ثنيان غيث'])).toBe('هل وصل طلب ••• او •••');
  });

  it('has no row of four digits, of whatever script, and is bounded', () => {
    const digit = fc.constantFrom('0', '5', '٣', '۷', '９');
    const glue = fc.constantFrom('', ' ', '-', ' - ', '.', '/');
    const number = fc
      .array(fc.tuple(digit, glue), { minLength: 4, maxLength: 24 })
      .map((all) => all.map((one) => one.join('')).join(''));
    fc.assert(
      fc.property(number, fc.string({ maxLength: 20 }), (digits, text) => {
        const masked = mask(`${text} ${digits}`);
        expect(masked).not.toMatch(/\p{Nd}(?:[\s\-./]{0,3}\p{Nd}){3}/u);
      }),
    );
    expect(mask('كيف '.repeat(300_000)).length).toBeLessThan(400);
  });
});
