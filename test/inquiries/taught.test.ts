// What staff taught is answered by its words and by what says the same; words that nobody taught are not drawn along.
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../src/inquiries/classifier/features.js';
import { createLexicon } from '../../src/inquiries/classifier/lexicon.js';
import { learnVocabulary } from '../../src/inquiries/classifier/vectors.js';
import { Taught } from '../../src/inquiries/taught.js';
import type { Example } from '../../src/inquiries/index.js';

const lexicon = createLexicon({ words: { أريد: ['ابغى', 'ابي'] }, english: ['the', 'how'] });
const written = ['كيف أتبرع لكم', 'هل تفتحون السبت', 'أين مقركم'].map((text) => ({ text, intent: 'written' }));
const vocabulary = learnVocabulary(written.map(({ text }) => featuresOf(text, lexicon)));
const over = (...lessons: Example[]): Taught => new Taught([...written, ...lessons], vocabulary, lexicon);
const dates = { text: 'هل توصلون طرود تمور رمضانية', intent: 'donate', weight: 0 };

describe('what was taught', () => {
  it.each(['هل توصلون طرود تمور رمضانية', 'هل توصلون طرود التمور الرمضانية', 'توصلون طرود تمور رمضانية ؟'])(
    'answers %s',
    (asked) => {
      expect(over(dates).meaningOf(asked)).toBe('donate');
    },
  );

  it.each(['هل تفتحون السبت', 'هل', 'هل توصلون الأدوية للبيت', 'تمور', ''])('leaves %j to the model', (asked) => {
    expect(over(dates).meaningOf(asked)).toBeUndefined();
  });

  it('of one unknown word is not every other unknown word', () => {
    expect(over({ text: 'زقزق', intent: 'donate', weight: 0 }).meaningOf('شقشق بقبق')).toBeUndefined();
  });

  it('says nothing where two lessons that say the same mean two things, and each by its very words', () => {
    const torn = over(dates, { text: 'هل توصلون طرود التمور الرمضانية', intent: 'visit', weight: 0 });
    expect(torn.meaningOf('توصلون طرود تمور الرمضانية')).toBeUndefined();
    expect(torn.meaningOf(dates.text)).toBe('donate');
  });

  it('is nothing of what the pack wrote', () => {
    expect(over().meaningOf('كيف أتبرع لكم')).toBeUndefined();
  });
});
