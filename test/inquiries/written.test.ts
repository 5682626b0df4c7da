// Articles of staff among the lessons: their questions are examples, and what contradicts is found before it is taught.
import { describe, expect, it } from 'vitest';
import { conflictsOf, gatherLessons, withWritten } from '../../src/inquiries/index.js';
import type { Article, Lessons } from '../../src/inquiries/index.js';

const article = (id: string, ...questions: string[]): Article => ({
  ...{ id, title: { ar: `عنوان ${id}`, en: `Title ${id}` }, questions: { ar: questions } },
  body: { ar: 'جواب', en: 'Answer' },
});
const shipped = [article('hours', 'متى تفتحون', 'أوقات الدوام'), article('donate', 'كيف أتبرع')];
const files: Record<string, string> = {
  'flows/intents.yaml': `intents:
  - { name: hours, kind: article, ar: الدوام, en: Opening hours, articles: [hours] }
  - { name: donate, kind: deed, ar: التبرع, en: Donating, articles: [donate], flow: donate }`,
  'flows/training.yaml':
    'examples: { hours: [تداومون السبت], donate: [ودي أدعمكم بمبلغ شهري] }\nstrays: [كم سعر الذهب]',
  'flows/dialect.yaml': 'words: { أريد: [ابغى] }\nenglish: [the]',
};
const pack = gatherLessons((path) => files[path], {}, shipped).lessons as Lessons;
const said = ({ examples }: Lessons, intent: string): string[] =>
  examples.filter((one) => one.intent === intent).map(({ text }) => text);

describe('an article of staff', () => {
  it('that is new gets an intent of its own', () => {
    const lessons = withWritten(pack, shipped, [article('answer-1', 'هل توصلون طرود تمور')]);
    expect(said(lessons, 'article-answer-1')).toEqual(['هل توصلون طرود تمور']);
    expect(lessons.intents.at(-1)).toMatchObject({ kind: 'article', ar: 'عنوان answer-1', articles: ['answer-1'] });
    expect(said(lessons, 'hours')).toEqual(said(pack, 'hours'));
  });

  it('in the place of one of the pack teaches its own questions under the same intent, and no longer the old ones', () => {
    const lessons = withWritten(pack, shipped, [article('hours', 'متى تفتحون', 'الدوام في رمضان')]);
    expect(lessons.intents).toEqual(pack.intents);
    expect(said(lessons, 'hours')).toContain('الدوام في رمضان');
    expect(said(lessons, 'hours')).toContain('تداومون السبت');
    expect(said(lessons, 'hours')).not.toContain('أوقات الدوام');
    expect(said(lessons, 'hours').filter((text) => text === 'متى تفتحون')).toHaveLength(1);
  });

  it('that is none leaves the lessons as they are', () => {
    expect(withWritten(pack, shipped, [])).toEqual(pack);
  });

  it.each([
    ['متى تفتحونَ؟', 'متى تفتحون', true],
    ['كم سعر الذهب', 'كم سعر الذهب', true],
    ['تداومون يوم السبت', 'تداومون السبت', false],
    ['متى تفتحون متى', 'متى تفتحون', false],
    ['هل توصلون طرود تمور', undefined, false],
  ])('with the question %s contradicts %s', (question, other, exact) => {
    const one = article('answer-1', question);
    const found = conflictsOf(one, withWritten(pack, shipped, [one]));
    expect(found.map((conflict) => [conflict.other.text, conflict.exact])).toEqual(
      other === undefined ? [] : [[other, exact]],
    );
  });

  it('does not contradict what its own intent says', () => {
    const one = article('hours', 'تداومون السبت');
    expect(conflictsOf(one, withWritten(pack, shipped, [one]))).toEqual([]);
  });
});
