// The classifier: the same data give the same model, odd data do no harm, Arabic in Latin letters meets Arabic.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Classifier, createLexicon, trainModel } from '../../src/inquiries/classifier/index.js';
import type { Model } from '../../src/inquiries/classifier/index.js';
import type { Example } from '../../src/inquiries/index.js';
import { isArabizi } from '../../src/inquiries/classifier/features.js';
import { orderOf } from '../../src/inquiries/classifier/random.js';
import { Sounds } from '../../src/inquiries/classifier/sounds.js';
import { skeleton } from '../../src/inquiries/classifier/skeleton.js';

const lexicon = createLexicon({
  words: { أريد: ['ابغى', 'ودي'], أين: ['وين', 'فين'] },
  english: ['where', 'is', 'your', 'office', 'the', 'how', 'do', 'i', 'apply'],
});

const examples: Example[] = [
  ...['أين مقركم', 'أين تقع الجمعية', 'عنوان المكتب', 'where is your office'].map(as('place')),
  ...['كيف أقدم طلب مساعدة', 'أريد التقديم على مساعدة', 'طريقة التسجيل', 'how do i apply'].map(as('apply')),
  ...['كيف أتبرع لكم', 'أريد التبرع', 'رقم حساب التبرعات'].map(as('donate')),
];

describe('a model', () => {
  test('names the intent of messages that it never saw', () => {
    const classifier = new Classifier(trainModel(examples, lexicon, 1), lexicon);
    const first = (text: string): string | undefined => classifier.guess(text)[0]?.intent;
    expect(first('وين مقر الجمعيه')).toBe('place');
    expect(first('ابغى اقدم على مساعده')).toBe('apply');
    expect(first('ودي اتبررررع')).toBe('donate');
  });

  test('finds Arabic that is typed in Latin letters without one such example', () => {
    const classifier = new Classifier(trainModel(examples, lexicon, 1), lexicon);
    expect(classifier.guess('abgha atabara3 lakom')[0]?.intent).toBe('donate');
    expect(classifier.guess('kef aqadem 6alab mosa3dah')[0]?.intent).toBe('apply');
  });

  test('is the same, number by number, for the same data and seed, and another for another seed', () => {
    const text = fc.string({
      unit: fc.constantFrom('ا', 'ب', 'ت', 'ح', 'ر', 'ع', 'ل', 'ه', ' ', 'a', 'b', '3'),
      maxLength: 20,
    });
    const rows = fc.array(fc.record({ text, intent: fc.constantFrom('a', 'b', 'c') }), { maxLength: 12 });
    fc.assert(
      fc.property(rows, (some) => {
        expect(numbersOf(trainModel(some, lexicon, 7))).toEqual(numbersOf(trainModel(some, lexicon, 7)));
      }),
      { numRuns: 25 },
    );
    expect(numbersOf(trainModel(examples, lexicon, 1))).not.toEqual(numbersOf(trainModel(examples, lexicon, 2)));
  });

  test('of no example, one intent or two intents with the same examples is a model', () => {
    const guess = (some: Example[], text: string): (string | undefined)[] =>
      new Classifier(trainModel(some, lexicon, 1), lexicon).guess(text).map(({ intent }) => intent);
    expect(guess([], 'أين أنتم')).toEqual([]);
    expect(guess([{ text: '', intent: 'a' }], 'أين أنتم')).toEqual([]);
    expect(guess(['أين أنتم'].map(as('a')), 'أين أنتم')).toEqual(['a']);
    const both = ['أين أنتم', 'أين المقر'].flatMap((text) => [as('a')(text), as('b')(text)]);
    expect(guess(both, 'أين المقر').sort()).toEqual(['a', 'b']);
  });

  test('takes a message of a million letters, ten thousand emoji, or bidi tricks in bounded time', () => {
    const classifier = new Classifier(trainModel(examples, lexicon, 1), lexicon);
    const odd = [
      'أين المقر '.repeat(100_000),
      '🌙'.repeat(10_000),
      'ا'.repeat(1_000_000),
      '\u202eأين\u202c <b>مقركم</b>',
    ];
    const started = performance.now();
    for (const text of odd) expect(Array.isArray(classifier.guess(text))).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(classifier.guess(odd[3] ?? '')[0]?.intent).toBe('place');
    expect(classifier.guess(odd[1] ?? '')).toEqual([]);
  });
});

describe('the order of rows in a round', () => {
  test('holds each row once, is another in each round, and a further row moves none of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 50 }), fc.nat(), (seeds, further) => {
        const order = [...orderOf(Uint32Array.from(seeds), 3)];
        expect([...order].sort((a, b) => a - b)).toEqual(seeds.map((_, at) => at));
        expect([...orderOf(Uint32Array.from([...seeds, further]), 3)].filter((at) => at < seeds.length)).toEqual(order);
      }),
    );
    const many = Uint32Array.from({ length: 50 }, (_, at) => at);
    expect(orderOf(many, 1)).not.toEqual(orderOf(many, 2));
  });
});

describe('Latin letters', () => {
  test.each([
    ['where is your office', false],
    ['wen mawqe3 el jam3iya', true],
    ['how do i apply pls', false],
    ['أين المقر', false],
    ['2025 12', false],
    ['ابغى اعرف status طلبي', false],
    ['شوف 6alabi wain wesel', true],
  ])('%s: Arabic in Latin letters? %s', (text, expected) => {
    expect(isArabizi(text.split(' '), lexicon)).toBe(expected);
  });

  test.each([
    ['6alab', 'طلب'],
    ['6alabi', 'طلبي'],
    ['mosa3dah', 'مساعده'],
    ['musaada', 'مساعده'],
    ['8alya', 'غاليه'],
    ['ejar', 'ايجار'],
    ['el', undefined],
    ['xyzzy', undefined],
    ['m'.repeat(100_000), undefined],
  ])('%s is heard as %s', (latin, arabic) => {
    const known = ['طلب', 'طلبي', 'طالب', 'مساعده', 'قليل', 'غاليه', 'اجر', 'ايجار', 'الى', 'apply'];
    expect(new Sounds(known).heard(latin)).toBe(arabic);
  });

  test('are heard as the word that is written most often, of two that fit alike', () => {
    expect(new Sounds(['صبر', 'سبر', 'سبر', 'سبر']).heard('sabr')).toBe('سبر');
    expect(new Sounds(['صبر', 'صبر', 'صبر']).heard('sabr')).toBe('صبر');
  });

  test.each([
    ['مساعدة', ['mosa3da', 'musaada', 'mosa3adah']],
    ['تبرع', ['tabaro3', 'tabarra3']],
    ['شكرا', ['shokran', 'shukran'].map((word) => word.replace(/n$/, ''))],
    ['خطاب', ['khitab', '5etab']],
    ['قطوف', ['qutoof', '8otof', 'gtoof']],
  ])('%s has the consonants of %j', (arabic, latin) => {
    for (const word of latin) expect(skeleton(word)).toBe(skeleton(arabic.replace('ة', 'ه')));
  });
});

function as(intent: string): (text: string) => Example {
  return (text) => ({ text, intent });
}

function numbersOf({ intents, vocabulary, linear, hidden, familiar }: Model): unknown {
  const { neighbours, centres } = familiar;
  const arrays = [
    ...[vocabulary.hashes, vocabulary.weights, linear.weights, linear.bias, hidden.into, hidden.out, hidden.bias],
    ...[neighbours.ends, neighbours.places, centres.ends, centres.classes, centres.values],
  ];
  return [intents, arrays.map((array) => Array.from(array))];
}
