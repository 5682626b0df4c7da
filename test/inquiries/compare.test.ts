// Two models side by side: what is taught well may answer, what contradicts or poisons may not; groups of questions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, compare, drops, harms, mayAnswer, STRAY, train, worth } from '../../src/inquiries/index.js';
import type { Change, Comparison, Example, Lessons } from '../../src/inquiries/index.js';

const said: Record<string, string[]> = {
  donate: [
    'كيف أتبرع لكم',
    'أبي أتبرع بمبلغ',
    'رقم حساب التبرع',
    'طريقة التبرع بالبنك',
    'ابغى اتبرع شهريا',
    'وين أحول التبرع',
    'how can I donate money',
    'تبرع نقدي للجمعية',
    'حساب الجمعية للتبرعات',
  ],
  place: [
    'أين مقركم',
    'وين موقعكم بالضبط',
    'عنوان الجمعية',
    'ارسلوا اللوكيشن',
    'where is your office',
    'في أي حي أنتم',
    'كيف أوصل لكم',
    'موقع الجمعية على الخريطة',
    'أي شارع مقر الجمعية',
  ],
  hours: [
    'متى تفتحون',
    'أوقات الدوام',
    'ساعات العمل عندكم',
    'متى تقفلون اليوم',
    'opening hours',
    'تداومون السبت',
    'كم ساعة دوامكم',
    'الدوام في رمضان',
    'متى يبدأ دوامكم الصباح',
  ],
  [STRAY]: [
    'كم سعر الذهب',
    'متى مباراة الهلال',
    'كيف أجدد الجواز',
    'أبي أشتري سيارة',
    'the weather today',
    'طريقة الكبسة',
    'سعر الدولار اليوم',
    'متى موعد الرحلة',
    'حجز فندق في مكة',
  ],
};
const pack: Lessons = {
  intents: ['donate', 'place', 'hours'].map((name) => ({ name, kind: 'article' as const, ar: name, en: name })),
  withheld: [],
  examples: Object.entries(said).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent }))),
  lexicon: { words: { أريد: ['ابغى', 'ابي'] }, english: ['the', 'how', 'can', 'where', 'is', 'your'] },
};
const taught = (intent: string, texts: readonly string[]): Example[] =>
  texts.map((text) => ({ text, intent, weight: 1 / 3 }));
const contest = (candidate: Example[], current: Example[] = []): Comparison =>
  compare({
    pack,
    current,
    candidate,
    border: train({ ...pack, examples: [...pack.examples, ...current] }).bands.answer,
  });

describe('a comparison', () => {
  it('of the same with the same changes nothing, and is the same every time', () => {
    const lessons = taught('hours', ['هل أنتم موجودون يوم الجمعة']);
    const same = contest(lessons, lessons);
    expect(same).toMatchObject({ top1: { lost: 0, won: 0 }, strays: { lost: 0, won: 0 }, torn: [] });
    expect(same.current).toEqual(same.candidate);
    expect(mayAnswer(same)).toBe(true);
    expect(contest(lessons, lessons)).toEqual(same);
  });

  it('lets answer what is taught well', () => {
    expect(mayAnswer(contest(taught('hours', ['تفتحون متى بالليل', 'الدوام يوم الخميس'])))).toBe(true);
  });

  it.each([
    ['the very words of an example', 'متى تفتحون', 'donate'],
    ['an example typed otherwise', 'متـى  تفتحونَ؟', 'donate'],
    ['an example said nearly so', 'متى تفتحون ؟؟ متى', 'donate'],
    ['a stray as an answer', 'كم سعر الذهب', 'place'],
    ['an answer as a stray', 'أين مقركم', STRAY],
  ])('refuses what contradicts the pack: %s', (_, text, intent) => {
    const refused = contest(taught(intent, [text]));
    expect(refused.torn).toEqual([text]);
    expect(mayAnswer(refused)).toBe(false);
  });

  it.each([
    ['the same words', 'نبي نعرف عن الوقف عندكم', 'نبي نعرف عن الوقف عندكم؟'],
    ['nearly the same words', 'نبي نعرف عن الوقف عندكم', 'نبي نعرف عن وقف عندكم'],
  ])('refuses what contradicts itself: %s', (_, one, other) => {
    const both = [...taught('donate', [one]), ...taught('hours', [other])];
    const refused = contest(both);
    expect([...refused.torn].sort()).toEqual([one, other].sort());
    expect(mayAnswer(refused)).toBe(false);
  });

  it('changes nothing else where what is taught is answered by its words alone', () => {
    const byWords = taught('hours', ['هل توصلون طرود تمور', 'نبي زيارة ميدانية للمستودع']).map((one) => ({
      ...one,
      weight: 0,
    }));
    const same = contest(byWords);
    expect(same).toMatchObject({ top1: { lost: 0, won: 0 }, strays: { lost: 0, won: 0 }, torn: [] });
    expect(mayAnswer(same)).toBe(true);
  });

  it('refuses a poisoned lot by its figures alone', () => {
    const poison = [
      'متى',
      'دوام',
      'الدوام',
      'ساعات',
      'تفتحون',
      'تقفلون',
      'تداومون',
      'opening',
      'ساعة',
      'يبدأ',
      'الصباح',
      'السبت',
      'رمضان',
      'اليوم',
    ];
    const lot = poison.flatMap((one) => [`${one} هنا`, `عن ${one} لو سمحت`, `${one} يا جماعة الخير`, `بخصوص ${one}`]);
    const refused = contest(
      [...lot, ...lot.map((text) => `${text} الله يسعدكم`)].map((text) => ({ text, intent: 'place' })),
    );
    expect(refused.candidate.top1).toBeLessThan(refused.current.top1);
    expect(mayAnswer({ ...refused, torn: [] })).toBe(false);
  });
});

describe('a drop', () => {
  it('is one more lost than won, however many changed sides', () => {
    const counts = fc.record({ lost: fc.nat(500), won: fc.nat(500) });
    fc.assert(fc.property(counts, (one: Change) => drops(one) === one.lost > one.won));
    fc.assert(
      fc.property(counts, counts, (top1, strays) => {
        const figures = { top1: 0.9, strays: 0, taught: null };
        const fit = mayAnswer({ current: figures, candidate: figures, top1, strays, torn: [] });
        expect(fit).toBe(top1.lost <= top1.won && strays.lost <= strays.won);
      }),
    );
  });
});

describe('harm', () => {
  it('is a drop that no chance explains', () => {
    expect(
      [
        { lost: 9, won: 3 },
        { lost: 1, won: 0 },
        { lost: 0, won: 0 },
      ].map(harms),
    ).toEqual([false, false, false]);
    expect(
      [
        { lost: 9, won: 0 },
        { lost: 60, won: 20 },
      ].map(harms),
    ).toEqual([true, true]);
    const counts = fc.record({ lost: fc.nat(500), won: fc.nat(500) });
    fc.assert(fc.property(counts, (one) => drops(one) || !harms(one)));
  });
});

describe('groups', () => {
  it('hold every question once, the most asked first', () => {
    const likeness = (a: string, b: string): number => (a[0] === b[0] ? 1 : 0);
    const question = fc.record({
      text: fc.string({ minLength: 1, maxLength: 3 }),
      count: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(question), (all) => {
        const groups = cluster(all, likeness);
        expect(groups.flat().sort(byAll)).toEqual([...all].sort(byAll));
        for (const group of groups) expect(group[0]?.count).toBe(Math.max(...group.map(({ count }) => count)));
      }),
    );
    expect(
      cluster(
        [
          { text: 'ab', count: 1 },
          { text: 'b', count: 2 },
          { text: 'ac', count: 3 },
        ],
        likeness,
      ),
    ).toEqual([
      [
        { text: 'ac', count: 3 },
        { text: 'ab', count: 1 },
      ],
      [{ text: 'b', count: 2 }],
    ]);
  });

  it('are worth more when asked more, and when the model wavers', () => {
    expect(worth(4, 0.1)).toBeGreaterThan(worth(3, 0.1));
    expect(worth(2, 0.1)).toBeGreaterThan(worth(2, 1));
  });
});

function byAll(a: { text: string; count: number }, b: { text: string; count: number }): number {
  return a.count - b.count || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
}
