// How familiar a message is: near what was taught, far from what nobody taught; what is kept for it is small and the same every time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sureness } from '../../src/inquiries/classifier/bands.js';
import { learnCentres, nearCentres } from '../../src/inquiries/classifier/centres.js';
import { Classifier, createLexicon, trainModel } from '../../src/inquiries/classifier/index.js';
import { learnNeighbours, meansOf, nearest, placeOf } from '../../src/inquiries/classifier/neighbours.js';
import { countCommon, learnVocabulary, Vectoriser } from '../../src/inquiries/classifier/vectors.js';
import type { Vector } from '../../src/inquiries/classifier/vectors.js';
import { featuresOf } from '../../src/inquiries/classifier/features.js';
import { STRAY } from '../../src/inquiries/index.js';
import type { Example } from '../../src/inquiries/index.js';

const lexicon = createLexicon({ words: { أريد: ['ابغى'] }, english: ['the', 'where', 'is'] });
const said: Record<string, string[]> = {
  place: ['أين مقركم', 'أين تقع الجمعية', 'عنوان المكتب', 'موقع المقر على الخريطة', 'أين المكتب'],
  donate: ['كيف أتبرع لكم', 'أريد التبرع', 'رقم حساب التبرعات', 'التبرع بمبلغ', 'طريقة التبرع'],
  hours: ['متى تفتحون', 'أوقات الدوام', 'ساعات العمل', 'متى يبدأ الدوام', 'متى تقفلون'],
};
const examples: Example[] = Object.entries(said).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent })));

describe('a message', () => {
  const classifier = new Classifier(trainModel(examples, lexicon, 1), lexicon);
  const familiar = (text: string): number => classifier.guess(text)[0]?.familiar ?? NaN;

  test.each(examples.map(({ text }) => text))('that is an example is as familiar as can be: %s', (text) => {
    expect(familiar(text)).toBeGreaterThan(-2.5);
  });

  test.each([
    ['of which half is strange', 'أين مقركم', 'أين مقركم الصيفي في برشلونة'],
    ['of which one word is known', 'متى تفتحون', 'متى تنتهي المباراة النهائية'],
    ['in another language', 'كيف أتبرع لكم', 'comment donner son sang, أتبرع'],
  ])('%s is less familiar', (_, known, strange) => {
    expect(familiar(strange)).toBeLessThan(familiar(known) - 2);
  });

  test('is the surer, the more familiar it is', () => {
    const guess = { intent: 'place', score: 0.5 };
    fc.assert(
      fc.property(
        fc.float({ min: -20, max: 5, noNaN: true }),
        fc.float({ min: Math.fround(0.01), max: 5, noNaN: true }),
        (from, more) => {
          const sure = (one: number): number =>
            sureness([
              { ...guess, familiar: one },
              { intent: STRAY, score: -0.2 },
            ]);
          expect(sure(from + more)).toBeGreaterThan(sure(from));
        },
      ),
    );
  });

  test('is never familiar as a stray: that class holds what is none of ours', () => {
    const strays = ['كم سعر الذهب', 'نتيجة المباراة'].map((text) => ({ text, intent: STRAY }));
    const both = new Classifier(trainModel([...examples, ...strays], lexicon, 1), lexicon);
    const ranked = both.guess('كم سعر الذهب');
    expect(ranked[0]).toMatchObject({ intent: STRAY });
    expect(ranked[0]).not.toHaveProperty('familiar');
    expect(ranked[1]?.familiar).toBeLessThan(familiar('أين مقركم') - 2);
  });
});

describe('neighbours', () => {
  const places = [
    placeOf(Float32Array.of(0.5, -1), Float64Array.of(1, 0, 0)),
    placeOf(Float32Array.of(-1, 0.5), Float64Array.of(0, 1, 0)),
    placeOf(Float32Array.of(-1, 0.2), Float64Array.of(0, 0, 1)),
  ];
  const kept = learnNeighbours(places, Int32Array.of(1, 0, 0), 2);

  test('are found in their own class only, to about a hundredth', () => {
    expect(nearest(kept, places[0] ?? new Float32Array(0), 1)).toBeCloseTo(1, 1);
    expect(nearest(kept, places[0] ?? new Float32Array(0), 0)).toBe(0);
    expect(nearest(kept, places[2] ?? new Float32Array(0), 0)).toBeCloseTo(1, 1);
    expect(kept.ends).toEqual(Int32Array.of(2, 3));
  });

  test('have a mean direction of length one; a class without any has none and is near nothing', () => {
    const means = meansOf(kept, 2);
    expect(means.map((mean) => Math.hypot(...mean))).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
    const none = learnNeighbours([], new Int32Array(0), 1);
    expect(nearest(none, places[0] ?? new Float32Array(0), 0)).toBe(0);
    expect(meansOf(none, 2)).toEqual([new Float32Array(2)]);
  });
});

describe('centres', () => {
  test('are the mean of their rows: the cosine with each is what a dense sum gives', () => {
    const row = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 }).chain((columns) =>
      fc.record({
        columns: fc.constant(Int32Array.from(columns)),
        values: fc
          .array(fc.float({ min: Math.fround(0.1), max: 1, noNaN: true }), {
            minLength: columns.length,
            maxLength: columns.length,
          })
          .map((values) => Float32Array.from(values)),
        known: fc.constant(1),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.nat(2)), { minLength: 1, maxLength: 8 }), row, (learned, asked) => {
        const labels = Int32Array.from(learned, ([, label]) => label);
        const rows = learned.map(([one]) => one);
        const near = nearCentres(learnCentres(rows, labels, { width: 6, classes: 3 }), asked, 3);
        for (const one of [0, 1, 2]) {
          const sum = dense(rows.filter((_, at) => labels[at] === one));
          const length = Math.hypot(...sum);
          const query = dense([asked]);
          const cosine =
            length === 0 ? 0 : sum.reduce((all, value, at) => all + (value * (query[at] ?? 0)) / length, 0);
          expect(near[one]).toBeCloseTo(cosine, 4);
        }
      }),
    );
  });
});

describe('a vocabulary', () => {
  test('puts first what several rows have, and says of a message how much of it is known', () => {
    const rows = examples.map(({ text }) => featuresOf(text, lexicon));
    const vocabulary = learnVocabulary(rows);
    const vectoriser = new Vectoriser(vocabulary);
    const vectors = rows.map((one) => vectoriser.vector(one));
    const common = countCommon(vectors, vectoriser.width);
    const holders = Array.from(
      { length: vectoriser.width },
      (_, column) => vectors.filter(({ columns }) => columns.includes(column)).length,
    );
    expect(holders.map((count) => count > 1)).toEqual(holders.map((_, column) => column < common));
    expect(common).toBeGreaterThan(0);
    for (const { known } of vectors) expect(known).toBe(1);
    const known = (text: string): number => vectoriser.vector(featuresOf(text, lexicon)).known;
    expect(known('أين مقركم يا جماعة')).toBeLessThan(1);
    expect(known('أين مقركم يا جماعة')).toBeGreaterThan(known('يا جماعة الخير أين'));
    expect(known('🌙')).toBe(0);
  });
});

function dense(rows: readonly Vector[]): number[] {
  const sums = new Array<number>(6).fill(0);
  for (const { columns, values } of rows)
    columns.forEach((column, at) => (sums[column] = (sums[column] ?? 0) + (values[at] ?? 0)));
  return sums;
}
