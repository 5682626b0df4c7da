// What is written as an article is read back as the same article, whatever its words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkArticle, parseArticle, writeArticle } from '../../src/inquiries/index.js';
import type { Article } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const words = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      'متى تفتحون؟',
      '"quoted"',
      "- it's: #1",
      '---',
      '| > & * !',
      'yes',
      '12',
      '2026-01-01',
      'null',
      '~',
      '{a}',
    ),
  )
  .map((text) => text.replace(/[\u0000-\u001f\u007f-\u009f\ufeff\u2028\u2029]/g, '').trim())
  .filter((text) => text !== '' && text.isWellFormed());
const line = words.filter((text) => !/^##[ \t]/.test(text));
const body = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n\n').trim());
const whole = fc
  .record({
    ar: fc.tuple(words, fc.array(words, { minLength: 1, maxLength: 3 }), body),
    en: fc.tuple(words, fc.array(words, { minLength: 1, maxLength: 3 }), body),
  })
  .map(({ ar, en }) => ({
    title: { ar: ar[0], en: en[0] },
    questions: { ar: ar[1], en: en[1] },
    body: { ar: ar[2], en: en[2] },
  }));
const more = fc.record(
  {
    audience: fc.array(words, { minLength: 1, maxLength: 2 }),
    validUntil: fc.constantFrom('2026-02-28', '9999-12-31'),
    owner: words,
    placeholder: fc.constant(true),
  },
  { requiredKeys: [] },
);

describe('an article', () => {
  it('that is written is read back as it was', () => {
    fc.assert(
      fc.property(whole, more, (texts, facts) => {
        const article: Article = { id: 'answer-1', ...texts, ...facts };
        expect(parseArticle('x.md', writeArticle(article))).toEqual({ article });
      }),
    );
  });

  it.each(['safe-treatment', 'qutoof'])('of the pack %s too, and has no fault then', (charity) => {
    const { articles, set } = pack(charity);
    expect(articles.length).toBeGreaterThan(40);
    for (const article of articles) {
      const text = writeArticle(article);
      expect(parseArticle('x.md', text)).toEqual({ article });
      expect(checkArticle({ path: 'x.md', text, article }, set.languages, set.charity)).toEqual([]);
    }
  });
});
