// Two wishes in one message: where it may be cut, when both are taken, and that one wish never becomes two.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain, tokens } from '../../src/engine/text/normalise.js';
import type { Guess } from '../../src/inquiries/classifier/model.js';
import { STRAY } from '../../src/inquiries/lessons.js';
import { cutsOf, partsOf } from '../../src/inquiries/split.js';
import { wishesIn } from '../../src/inquiries/wishes.js';

/** The border of a direct answer. */
const ANSWER = 4;
/** What each intent is known by, as whole words in plain form. */
const KNOWN: Record<string, readonly string[]> = {
  papers: ['الاوراق', 'المستندات', 'papers', 'documents', 'awra8'],
  'how-long': ['المده', 'يستغرق', 'تطول', 'take', 'ta5eth'],
  location: ['موقعكم', 'مقركم', 'office', 'mawqe3kom'],
  donate: ['اتبرع', 'التبرع', 'donate', 'atbara3'],
  someone_else: ['لامي', 'لجاري', 'neighbour'],
};

/** Hears words alone: an intent is sure where one of its words stands and none of another, and torn where both do. */
function ask(text: string): Guess[] {
  const said = tokens(plain(text)).flatMap((word) => [word, word.replace(/^و/, '')]);
  const ranked = Object.entries(KNOWN).map(([intent, words]) => ({
    intent,
    score: words.some((word) => said.includes(word)) ? 1 : -1,
  }));
  return [...ranked, { intent: STRAY, score: -0.5 }].sort((a, b) => b.score - a.score);
}

const wishes = (text: string): readonly string[] => wishesIn(text, ask(text), ask, ANSWER);

describe('two wishes are both heard', () => {
  test.each([
    ['two sentences', 'وين موقعكم؟ كيف اتبرع لكم؟', ['location', 'donate']],
    ['a remark between them', 'وين موقعكم؟ انا من الدمام. كيف اتبرع لكم؟', ['location', 'donate']],
    ['"and" before a word that asks', 'وش الاوراق وكم يستغرق الرد', ['papers', 'how-long']],
    ['"and" before a noun', 'ابغى اعرف الاوراق والمدة', ['papers', 'how-long']],
    ['an Arabic comma', 'وين موقعكم، كيف اتبرع', ['location', 'donate']],
    ['a comma and "and"', 'ابي اقدم لامي، وايش الاوراق', ['someone_else', 'papers']],
    ['"also"', 'وين موقعكم وكمان المستندات اللي تبونها', ['location', 'papers']],
    ['"then"', 'اتبرع لكم بعدين علموني كم يستغرق', ['donate', 'how-long']],
    ['nothing but a word that asks', 'ابي اقدم لامي وش الاوراق اللازمه', ['someone_else', 'papers']],
    ['nothing but a word that wants', 'وينكم موقعكم بالضبط ابي اتبرع لكم', ['location', 'donate']],
    ['English "and"', 'where is your office and how can I donate', ['location', 'donate']],
    ['English contractions', "where is your office, what's the list of papers", ['location', 'papers']],
    ['a plus sign', 'your office + how to donate', ['location', 'donate']],
    ['Latin letters', 'wain mawqe3kom w keef atbara3', ['location', 'donate']],
    ['a slip before "and"', 'وين موقعكم و كيف اتبرع', ['location', 'donate']],
  ])('after %s', (_, text, expected) => {
    expect(wishes(text)).toEqual(expected);
  });
});

describe('one wish stays one', () => {
  test.each([
    ['"and" between words of the same wish', 'وش الاوراق والمستندات المطلوبه'],
    ['"or"', 'تبون الاوراق ولا المستندات'],
    ['a word that begins with the letter of "and"', 'وين وصل وقت الدوام في موقعكم'],
    ['a remark behind it', 'كيف اتبرع لكم وانا برا المملكه'],
    ['thanks behind it', 'كيف اتبرع لكم وجزاكم الله خير'],
    ['nothing known', 'وش سعر الذهب وكم الدولار'],
  ])('with %s', (_, text) => {
    expect(wishes(text).length).toBeLessThan(2);
  });

  test('and is heard among remarks that hide it', () => {
    expect(wishes('مرحبا يا جماعة الخير. انا ابو فهد من حايل. كيف اتبرع لكم')).toEqual(['donate']);
    expect(wishes('مرحبا يا جماعة الخير')).toEqual([]);
  });
});

describe('what is half clear', () => {
  const [first, second] = ['الاوراق لازمه', 'المده طويله'];
  const half = (likelier: string, other: string): Guess[] => [
    { intent: likelier, score: 0.6 },
    { intent: other, score: -0.6 },
    { intent: STRAY, score: -0.8 },
  ];
  /** The whole message says the second wish with this score; its halves say one each, and none surely. */
  const heard = (joiner: string, agreed: number): readonly string[] => {
    const whole = [
      { intent: 'papers', score: 2 },
      { intent: 'how-long', score: agreed },
      { intent: STRAY, score: -0.8 },
    ];
    const halves = (text: string): Guess[] =>
      text.startsWith('الاوراق') ? half('papers', 'how-long') : half('how-long', 'papers');
    return wishesIn(`${first}${joiner}${second}`, whole, halves, ANSWER);
  };

  test('is two wishes where the whole message agrees', () => {
    expect(heard(' و', 1.5)).toEqual(['papers', 'how-long']);
    expect(heard(' و', 1.3)).toEqual([]);
  });

  test('is two wishes sooner where a sign says that another question begins', () => {
    expect(heard('. ', 0.6)).toEqual(['papers', 'how-long']);
    expect(heard(' وكمان ', 0.6)).toEqual(['papers', 'how-long']);
    expect(heard('. ', 0.4)).toEqual([]);
  });
});

const intent = fc.constantFrom(...Object.keys(KNOWN));
const joiner = fc.constantFrom(' و', '، ', '، و', '؟ ', '. ', ' وكمان ', ' ثم ', ' and ', ', ', ' w ');
const filler = fc.constantFrom('لو سمحتم', 'اليوم', 'عندكم', 'please', 'بالضبط', 'حق الجمعيه');
const wish = fc
  .tuple(intent, fc.nat(4), filler)
  .map(([name, at, more]) => ({ name, text: `${KNOWN[name]?.[at % KNOWN[name].length] ?? ''} ${more}` }));

describe('whatever is said', () => {
  test('two different wishes are the same two in either order; the same one twice is not two', () => {
    fc.assert(
      fc.property(wish, wish, joiner, (one, other, join) => {
        const there = wishes(`${one.text}${join}${other.text}`);
        const back = wishes(`${other.text}${join}${one.text}`);
        if (one.name === other.name) expect([there.length < 2, back.length < 2]).toEqual([true, true]);
        else expect([there, back]).toEqual([[one.name, other.name], [other.name, one.name]]); // prettier-ignore
      }),
    );
  });

  test('words of a single wish, in any order and number, joined by anything, are never two', () => {
    const words = intent.chain((name) =>
      fc.array(fc.tuple(fc.constantFrom(...(KNOWN[name] ?? [])), filler, joiner), { minLength: 1, maxLength: 9 }),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.map(([word, more, join]) => `${word} ${more}${join}`).join('');
        expect(wishes(text).length).toBeLessThan(2);
      }),
    );
  });

  test('a cut takes nothing from a message but what joins it, and there are few', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(filler, joiner, fc.string()), { maxLength: 60 }), (pieces) => {
        const text = pieces.join(' ');
        const cuts = cutsOf(text);
        expect(cuts.length).toBeLessThanOrEqual(14);
        expect(partsOf(text).length).toBeLessThanOrEqual(4);
        for (const { parts } of cuts) for (const part of parts) expect(text).toContain(part);
      }),
    );
  });

  test.each([
    ['a megabyte of "and"', 'و '.repeat(500_000)],
    ['a megabyte of questions', 'وين موقعكم؟ '.repeat(80_000)],
    ['a megabyte of commas', '،'.repeat(1_000_000)],
  ])('%s asks little of the classifier', (_, text) => {
    let asked = 0;
    const counted = (part: string): Guess[] => {
      asked++;
      return ask(part);
    };
    wishesIn(text, ask(text.slice(0, 2000)), counted, ANSWER);
    expect(asked).toBeLessThan(40);
  });
});
