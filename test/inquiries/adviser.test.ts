// Three bands over a small trained pack: answers, offers, honest silence; two questions, courtesy, follow-ups, expiry.
import { beforeAll, describe, expect, test } from 'vitest';
import { createAdviser, decode, encode, lessonsKey, STRAY, train } from '../../src/inquiries/index.js';
import { Courtesies } from '../../src/inquiries/courtesy.js';
import type { Adviser, Article, FoundArticles, Intent, Lessons, Trained } from '../../src/inquiries/index.js';

const NOW = Date.UTC(2025, 10, 2);

const said: Record<string, string[]> = {
  place: ['أين مقركم', 'وين موقعكم', 'عنوان الجمعية', 'ارسلوا اللوكيشن', 'where is your office', 'في أي حي أنتم'],
  hours: ['متى تفتحون', 'أوقات الدوام', 'ساعات العمل', 'متى تقفلون اليوم', 'opening hours', 'تداومون السبت'],
  donate: ['كيف أتبرع', 'أبي أتبرع لكم', 'رقم حساب التبرع', 'طريقة التبرع', 'how can I donate', 'ابغى اتبرع بمبلغ'],
  'how-long': [
    'كم يستغرق الرد',
    'متى تردون علي',
    'كم مدة الانتظار',
    'كم يوم يأخذ الطلب',
    'how long does it take',
    'وكم يستغرق',
  ],
  rent: [
    'محتاج إيجار البيت',
    'عليّ إيجار متأخر',
    'ساعدوني في الإيجار',
    'help with rent',
    'ما عندي إيجار',
    'المالك يطالب بالإيجار',
  ],
  thanks: ['شكرا لكم', 'جزاكم الله خيرا', 'مشكورين', 'الله يعطيكم العافية', 'thank you', 'شكرا جزيلا'],
  [STRAY]: [
    'كم سعر الذهب',
    'متى مباراة الهلال',
    'كيف أجدد الجواز',
    'أبي أشتري سيارة',
    'the weather today',
    'طريقة الكبسة',
  ],
};

const kinds: Record<string, Intent['kind']> = { donate: 'deed', thanks: 'courtesy' };

const articles: Article[] = [
  article('contact', 'العنوان والدوام', ['أين أنتم']),
  article('donate', 'التبرع', ['كيف أتبرع']),
  article('how-long', 'مدة الرد', ['كم يستغرق الرد']),
  article('services', 'خدماتنا', ['ماذا تقدمون']),
  article('parking', 'مواقف السيارات', ['هل عندكم مواقف للسيارات', 'وين أوقف سيارتي']),
  { ...article('hours', 'الدوام', ['متى تفتحون']), validUntil: '2025-11-01' },
];

const lessons: Lessons = {
  intents: [
    intent('place', ['contact']),
    intent('hours', ['hours', 'contact']),
    { ...intent('donate', ['donate']), flow: 'donate' },
    intent('how-long', ['how-long']),
    { ...intent('rent', ['services']), given: 'social' },
    intent('thanks'),
  ],
  withheld: ['rent'],
  examples: Object.entries(said).flatMap(([name, texts]) => texts.map((text) => ({ text, intent: name }))),
  lexicon: {
    words: { أين: ['وين', 'فين'] },
    english: ['where', 'is', 'your', 'how', 'the', 'can', 'i', 'help', 'with'],
  },
};

let trained: Trained;
let adviser: Adviser;

beforeAll(() => {
  // So few examples cannot give borders of their own; these are for the tests.
  trained = { ...train(lessons), bands: { answer: 1.6, offer: 0.2, curve: [] } };
  adviser = createAdviser(lessons, trained, articles, () => NOW);
});

describe('a question', () => {
  test.each([
    ['وين مقر الجمعية؟', 'contact'],
    ['كيف اقدر اتبرع لكم', 'donate'],
    ['كم يوم وتردون علي', 'how-long'],
    ['how can I donate please', 'donate'],
  ])('%s is answered from %s', (question, id) => {
    const found = find(question);
    expect([found.outcome, found.best?.id]).toEqual(['answered', id]);
  });

  test('of two parts gets both answers', () => {
    const found = find('وين موقعكم؟ وكيف أتبرع لكم؟');
    expect([found.best?.id, ...(found.also ?? []).map(({ id }) => id)]).toEqual(['contact', 'donate']);
    expect(find('وين موقعكم وكيف أتبرع').also?.map(({ id }) => id)).toEqual(['donate']);
  });

  test.each([
    ['وين موقعكم بعدها كيف أتبرع'],
    ['أين مقركم كما أود معرفة طريقة التبرع'],
    ['عنوان الجمعية وطريقة التبرع'],
    ['where is your office and how can I donate'],
  ])('of two wishes gets both answers, whatever joins them: %s', (question) => {
    expect(adviser.read(question)).toMatchObject({ band: 'answer', intents: ['place', 'donate'] });
  });

  test.each([['كيف أتبرع لكم ولأهلكم'], ['متى تردون علي ولا ما تردون'], ['متى تفتحون وتقفلون اليوم']])(
    'with "and" or "or" inside one wish gets one answer: %s',
    (question) => {
      expect(adviser.read(question).intents).toHaveLength(1);
    },
  );

  test('loses greeting and thanks at its ends, unless it is nothing else', () => {
    const courtesies = new Courtesies(lessons);
    expect(courtesies.without('شكرا لكم، كيف أتبرع؟ جزاكم الله خيرًا')).toBe('كيف أتبرع؟');
    for (const text of ['شكرا لكم', 'شكرا لكم جدا', 'كيف أتبرع', '', '🌙']) expect(courtesies.without(text)).toBe(text);
  });

  test('in words of which few are courteous is no courtesy, whatever it looks like', () => {
    const courtesies = new Courtesies(lessons);
    for (const text of ['شكرا لكم', 'الله يعطيكم العافية يا جماعة', 'شكرا'])
      expect(courtesies.saysOnly(text)).toBe(true);
    for (const text of ['thank the weather in London', 'كم سعر الذهب شكرا'])
      expect(courtesies.saysOnly(text)).toBe(false);
    expect(find('weather of London tomorrow thank').courtesy).toBeUndefined();
  });

  test('with a courtesy is answered; the courtesy alone is returned as one', () => {
    expect(find('شكرا لكم. كيف أتبرع؟').best?.id).toBe('donate');
    expect(find('شكرا لكم جزاكم الله خيرا')).toMatchObject({ outcome: 'answered', courtesy: 'thanks' });
  });

  test('for what the charity does not give is answered with what it gives, and says so', () => {
    expect(find('ساعدوني عليّ إيجار متأخر')).toMatchObject({ outcome: 'answered', withheld: true });
    expect(find('ساعدوني عليّ إيجار متأخر').best?.id).toBe('services');
    expect(find('كيف أتبرع').withheld).toBe(false);
  });

  test('that points back is read together with the last topic, and offered by itself without one', () => {
    expect(adviser.read('والباقي؟', 'donate')).toMatchObject({
      band: 'offer',
      intents: expect.arrayContaining(['donate']) as string[],
    });
    expect(adviser.read('والباقي؟').intents).not.toContain('donate');
    expect(adviser.read('كيف أتبرع', 'place').intents).toEqual(['donate']);
  });

  test('about something else gets no direct answer', () => {
    for (const text of ['كم سعر الذهب اليوم', 'مين فاز في مباراة النصر', 'abc', '', '🌙🌙', '؟'])
      expect(find(text).outcome, text).not.toBe('answered');
  });

  test.each([
    ['a megabyte of one question', 'وين موقعكم وكيف أتبرع، '.repeat(40_000), ['place', 'donate']],
    ['a megabyte of one letter', 'ا'.repeat(1_000_000), []],
    ['a megabyte of "and"', 'و '.repeat(500_000), []],
    ['ten thousand emoji', '🌙👍🏽'.repeat(5_000), []],
    ['mixed scripts', 'کیف اتبرع donate ταχύ 捐 لكم', ['donate']],
    ['bidi tricks', '\u202eكيف\u2066 أتبرع\u202c\u200f لكم\u2069', ['donate']],
    ['HTML', '<p>كيف <b>أتبرع</b> لكم</p><script>alert(1)</script>', ['donate']],
    ['SQL and braces', `كيف أتبرع لكم'; DROP TABLE x; -- {charity.iban} {{1}}`, ['donate']],
  ])('of %s is read in bounded time, for what it says', (_, text, expected) => {
    const { intents } = adviser.read(text);
    if (expected.length > 0) expect(intents.filter((one) => expected.includes(one)).length).toBeGreaterThan(0);
    expect(['answered', 'unsure', 'none']).toContain(find(text).outcome);
  });

  test('that is nowhere near anything learnt is not met with guesses of search', () => {
    expect(find('أبي أشتري سيارة والمالك يطالب كم سعر الذهب').outcome).not.toBe('answered');
    expect(find('كم سعر الذهب')).toEqual({ outcome: 'none', others: [] });
  });

  test('that only an article without an intent answers is found by search', () => {
    expect(find('وين أوقف سيارتي').best?.id).toBe('parking');
  });

  test('is not answered from an article past its day: the next one of the intent serves', () => {
    expect(find('متى تفتحون').best?.id).toBe('contact');
    const before = createAdviser(lessons, trained, articles, () => Date.UTC(2025, 9, 30));
    expect(before.find('متى تفتحون', 'ar').best?.id).toBe('hours');
  });
});

describe('a trained model', () => {
  test('has the same bytes for the same lessons, and comes back whole from them', () => {
    const [one, two] = [encode(train(lessons)), encode(train(lessons))];
    expect(Buffer.compare(one, two)).toBe(0);
    expect(decode(one)).toEqual(train(lessons));
    // A file is read into a part of something larger.
    const within = Buffer.concat([Buffer.from('before'), one, Buffer.from('after')]).subarray(6, 6 + one.length);
    expect(decode(within)).toEqual(decode(one));
  });

  test('of cut, foreign or older bytes is none', () => {
    const bytes = encode(trained);
    for (const length of [0, 3, 20, 200]) expect(decode(bytes.slice(0, length))).toBeUndefined();
    expect(decode(new TextEncoder().encode('\x02\0\0\0{}  '))).toBeUndefined();
  });

  test('has another key for other lessons', () => {
    const other = { ...lessons, examples: lessons.examples.slice(1) };
    expect(lessonsKey(other)).not.toBe(lessonsKey(lessons));
    expect(lessonsKey({ ...lessons })).toBe(lessonsKey(lessons));
  });

  test('of an empty pack, or of one intent, harms nobody', () => {
    const empty = { ...lessons, intents: [], examples: [] };
    expect(createAdviser(empty, train(empty), [], () => NOW).find('كيف أتبرع', 'ar').outcome).toBe('none');
    const one = { ...lessons, examples: lessons.examples.filter(({ intent: name }) => name === 'donate') };
    expect(createAdviser(one, train(one), articles, () => NOW).find('كم سعر الذهب', 'ar').outcome).not.toBe('answered');
  });
});

function find(question: string): FoundArticles {
  return adviser.find(question, 'ar');
}

function intent(name: string, served?: string[]): Intent {
  return { name, kind: kinds[name] ?? 'article', ar: name, en: name, ...(served && { articles: served }) };
}

function article(id: string, title: string, questions: string[]): Article {
  return { id, title: { ar: title }, questions: { ar: questions }, body: { ar: `${title}: نص الجواب` } };
}
