// Markdown as it is said in a chat: no sign is left, no word is lost, and what is no Markdown stays as it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainMarkdown } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

describe('markdown in a chat', () => {
  it.each([
    ['- الهوية\n- التقرير', '• الهوية\n• التقرير'],
    ['* one\n  + two', '• one\n  • two'],
    ['# العنوان\nنص', 'العنوان\nنص'],
    ['### Papers ###', 'Papers'],
    ['نستقبلكم **كل يوم** من *الثامنة*', 'نستقبلكم كل يوم من الثامنة'],
    ['__مهم__ و`رمز`', 'مهم ورمز'],
    ['[موقعنا](https://example.org/a) أو [920](tel:920)', 'موقعنا (https://example.org/a) أو 920'],
    ['> اقتباس', 'اقتباس'],
    ['a\n\n---\n\nb', 'a\n\n\nb'],
    ['```\nx\n```', 'x'],
    ['``` مهم\nx\n```', 'مهم\nx'],
    ['```7', '7'],
  ])('%j is said as %j', (written, said) => {
    expect(plainMarkdown(written)).toBe(said);
  });

  it.each([
    '٣ * ٤ = ١٢',
    '5 * 4 * 3',
    'snake_case_name',
    'C# و #وسم',
    '[بلا رابط]',
    '(أ) [ب](ج)',
    '1 - 2',
    'a > b',
    '• نقطة',
    '{charity.phone}',
    '** ليس بارزًا **',
  ])('leaves %j', (text) => {
    expect(plainMarkdown(text)).toBe(text);
  });

  it('leaves every article of the packs as it is', () => {
    const bodies = ['safe-treatment', 'qutoof'].flatMap((charity) =>
      pack(charity).articles.flatMap(({ body }) => Object.values(body)),
    );
    for (const body of bodies) expect(plainMarkdown(body)).toBe(body);
  });

  it('takes no time for any text, and loses no letter or digit', () => {
    const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '_', '`', '#', ' ', '\n', 'أ', 'b', '7', '-', '>'), maxLength: 200 }),
        (text) => {
          expect(letters(plainMarkdown(text))).toBe(letters(text));
        },
      ),
      { numRuns: 2_000 },
    );
    for (const sign of ['*', '[', '**a', '[a](', '`', '_ ', '# '])
      expect(plainMarkdown(sign.repeat(5_000)).length).toBeLessThanOrEqual(30_000);
  });
});
