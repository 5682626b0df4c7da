/** Numbers written as words, in standard Arabic, Saudi speech and English. */
import { near } from '../text/near.js';
import { plain } from '../text/normalise.js';

/** What a word does in a number. */
export type NumberWord =
  /** Zero to nine hundred. */
  | { kind: 'count'; value: number }
  /** Counts what stands before it, or itself once; an abbreviation or a plural never stands alone. */
  | { kind: 'scale'; value: number; alone: boolean }
  /** Two of a scale in one word: ألفين. `counted`: after a number it is the accusative of one (خمسة عشر ألفًا). */
  | { kind: 'dual'; value: number; counted: boolean }
  /** A half, a quarter. */
  | { kind: 'part'; value: number }
  /** A unit only together with {@link TEEN}: أحد, اثنا. */
  | { kind: 'stem'; value: number };

const COUNTS: readonly (readonly [number, string])[] = [
  [0, 'صفر zero'],
  [1, 'واحد واحدة وحدة one'],
  [2, 'اثنان اثنين اثنتان اثنتين ثنتين ثنين اتنين تنين two'],
  // Duals of what is counted here: ٣ بنات وولدين are not three.
  [2, 'ولدين بنتين طفلين طفلتين ابنين شخصين نفرين فردين زوجتين سنتين شهرين غرفتين مرتين'],
  [3, 'ثلاث ثلاثة تلات تلاتة three'],
  [4, 'أربع أربعة four'],
  [5, 'خمس خمسة five'],
  [6, 'ست ستة six'],
  [7, 'سبع سبعة seven'],
  [8, 'ثمان ثماني ثمانية تمان تمانية eight'],
  [9, 'تسع تسعة nine'],
  [10, 'عشر عشرة ten'],
  [11, 'أحدعشر إحدىعشرة احدعش حدعش احداشر احدعشر eleven'],
  [12, 'اثناعشر اثنيعشر اثنعش اطنعش اثنعشر اتناشر twelve'],
  [13, 'ثلاثةعشر ثلاثطعش ثلاطعش ثلطعش ثلتعش تلطعش تلتاشر thirteen'],
  [14, 'أربعةعشر اربعطعش اربعتعش اربعتاشر fourteen'],
  [15, 'خمسةعشر خمسطعش خمستعش خمستعشر خمسطعشر خمستاشر fifteen'],
  [16, 'ستةعشر ستعش سطعش ستطعش ستاشر sixteen'],
  [17, 'سبعةعشر سبعطعش سبعتعش سبعتاشر seventeen'],
  [18, 'ثمانيةعشر ثمنطعش ثمنتعش ثمانطعش تمنتاشر eighteen'],
  [19, 'تسعةعشر تسعطعش تسعتعش تسعتاشر nineteen'],
  [20, 'عشرون عشرين twenty'],
  [30, 'ثلاثون ثلاثين تلاتين thirty'],
  [40, 'أربعون أربعين forty fourty'],
  [50, 'خمسون خمسين fifty'],
  [60, 'ستون ستين sixty'],
  [70, 'سبعون سبعين seventy'],
  [80, 'ثمانون ثمانين تمانين eighty'],
  [90, 'تسعون تسعين ninety ninty'],
  [100, 'مئة مائة مية ميت hundred'],
  [200, 'مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي ميتين'],
  [300, 'ثلاثمئة ثلاثمائة ثلاثمية ثلاثميت تلتمية'],
  [400, 'أربعمئة أربعمائة أربعمية أربعميت ربعمية'],
  [500, 'خمسمئة خمسمائة خمسمية خمسميت'],
  [600, 'ستمئة ستمائة ستمية ستميت'],
  [700, 'سبعمئة سبعمائة سبعمية سبعميت'],
  [800, 'ثمانمئة ثمانمائة ثمانيمئة ثمانمية ثمنمية ثمانميت تمنمية'],
  [900, 'تسعمئة تسعمائة تسعمية تسعميت'],
];
/** Words that stand alone, words that need a number before them, words for two, and such as are also an accusative. */
const SCALES: readonly (readonly [number, string, string, string, string])[] = [
  [1000, 'ألف thousand', 'آلاف ألاف k ك', 'ألفان ألفين ألفي', 'ألفا'],
  [1_000_000, 'مليون million', 'ملايين m mn', 'مليونان مليونين مليوني', 'مليونا'],
  [1_000_000_000, 'مليار بليون billion', 'مليارات bn', 'ملياران مليارين', 'مليارا'],
];
const PARTS: readonly (readonly [number, string])[] = [
  [0.5, 'نصف نص half'],
  [0.25, 'ربع quarter'],
];
const STEMS: readonly (readonly [number, string])[] = [
  [1, 'أحد إحدى حدى'],
  [2, 'اثنا اثني اثنتا اثنتي'],
];

/** The second half of eleven to nineteen where it is written apart: خمسة عشر. */
export const TEEN: ReadonlySet<string> = new Set(['عشر', 'عشرة'].map(plain));
/** Words that join the parts of one number. */
export const AND: ReadonlySet<string> = new Set(['و', 'and']);
/** Words inside an English number that mean nothing: half a million. */
export const ARTICLES: ReadonlySet<string> = new Set(['a', 'an']);
/** Words between a score and the best score: ٤ من ٥, 4 out of 5. */
export const OUT_OF: ReadonlySet<string> = new Set(['من', 'of']);
/** Words that make the number after them negative. */
export const MINUS_WORDS: ReadonlySet<string> = new Set(['ناقص', 'سالب', 'minus'].map(plain));

const words = new Map<string, NumberWord>([
  ...COUNTS.flatMap(([value, names]) => entries(names, { kind: 'count', value })),
  ...SCALES.flatMap(([value, alone, counted, two, either]) => [
    ...entries(alone, { kind: 'scale', value, alone: true }),
    ...entries(counted, { kind: 'scale', value, alone: false }),
    ...entries(two, { kind: 'dual', value, counted: false }),
    ...entries(either, { kind: 'dual', value, counted: true }),
  ]),
  ...PARTS.flatMap(([value, names]) => entries(names, { kind: 'part', value })),
  ...STEMS.flatMap(([value, names]) => entries(names, { kind: 'stem', value })),
]);

const HUNDRED = 100;
const BEFORE_LARGE = ['بال', 'ال', 'ب'];

/**
 * What a plain word does in a number, with or without a leading و; بألف and الخمسمية keep their value, which short words
 * would not (الست is a lady). `beforeTeen`: وأحد عشر is "and eleven", though وأحد alone is written like "one". Undefined when it
 * is no number.
 */
export function numberWord(word: string, beforeTeen: boolean): { found: NumberWord; joined: boolean } | undefined {
  const stem = beforeTeen && word.startsWith('و') ? words.get(word.slice(1)) : undefined;
  if (stem?.kind === 'stem') return { found: stem, joined: true };
  const found = bare(word);
  if (found !== undefined) return { found, joined: false };
  const rest = word.startsWith('و') ? bare(word.slice(1)) : undefined;
  return rest === undefined ? undefined : { found: rest, joined: true };
}

function bare(word: string): NumberWord | undefined {
  const own = words.get(word);
  if (own !== undefined) return own;
  for (const prefix of BEFORE_LARGE) {
    const rest = word.startsWith(prefix) ? words.get(word.slice(prefix.length)) : undefined;
    if (rest !== undefined && rest.value >= HUNDRED) return rest;
  }
  return undefined;
}

/** A misspelt number word, which must not leave half of a number standing: خمصة وعشرين is not twenty. */
export function nearNumberWord(word: string): boolean {
  if (word.length < SHORTEST_GUESS || NOT_MEANT.has(word)) return false;
  return words.get(word) === undefined && arabicWords.some((known) => near(word, known));
}

const SHORTEST_GUESS = 4;
/** In debt, like مليون but for one letter. */
const NOT_MEANT: ReadonlySet<string> = new Set(['مديون', 'مديونين'].map(plain));
const arabicWords = [...words.keys()].filter((word) => word.length >= SHORTEST_GUESS && word > '\u0600');

function entries(names: string, found: NumberWord): [string, NumberWord][] {
  return names.split(' ').map((name) => [plain(name), found]);
}
