/** Numbers written as words, in standard Arabic, Saudi speech and English. */
import { plain } from '../text/normalise.js';

const WORDS: readonly (readonly [number, string])[] = [
  [0, 'صفر zero'],
  [1, 'واحد واحدة وحدة one'],
  [2, 'اثنان اثنين اثنتان اثنتين ثنتين ثنين two'],
  [3, 'ثلاث ثلاثة تلاتة three'],
  [4, 'أربع أربعة four'],
  [5, 'خمس خمسة five'],
  [6, 'ست ستة six'],
  [7, 'سبع سبعة seven'],
  [8, 'ثمان ثماني ثمانية ثمانيه تمانية eight'],
  [9, 'تسع تسعة nine'],
  [10, 'عشر عشرة ten'],
  [11, 'أحدعشر احدعش حدعش احداشر eleven'],
  [12, 'اثناعشر اثنعش اطنعش اثنعشر twelve'],
  [13, 'ثلاثةعشر ثلاثطعش ثلطعش thirteen'],
  [14, 'أربعةعشر اربعطعش اربعتعش fourteen'],
  [15, 'خمسةعشر خمسطعش خمستعش fifteen'],
  [16, 'ستةعشر ستعش سطعش sixteen'],
  [17, 'سبعةعشر سبعطعش سبعتعش seventeen'],
  [18, 'ثمانيةعشر ثمنطعش ثمنتعش eighteen'],
  [19, 'تسعةعشر تسعطعش تسعتعش nineteen'],
  [20, 'عشرون عشرين twenty'],
  [30, 'ثلاثون ثلاثين thirty'],
  [40, 'أربعون أربعين forty'],
  [50, 'خمسون خمسين fifty'],
  [60, 'ستون ستين sixty'],
  [70, 'سبعون سبعين seventy'],
  [80, 'ثمانون ثمانين eighty'],
  [90, 'تسعون تسعين ninety'],
  [100, 'مئة مائة مية ميه hundred'],
  [200, 'مئتان مئتين مائتان مائتين ميتين'],
  [300, 'ثلاثمئة ثلاثمائة ثلاثمية ثلاثميه'],
  [400, 'أربعمئة أربعمائة أربعمية أربعميه'],
  [500, 'خمسمئة خمسمائة خمسمية خمسميه'],
  [600, 'ستمئة ستمائة ستمية ستميه'],
  [700, 'سبعمئة سبعمائة سبعمية سبعميه'],
  [800, 'ثمانمئة ثمانمائة ثمانيمئة ثمانمية ثمنمية'],
  [900, 'تسعمئة تسعمائة تسعمية تسعميه'],
  [1000, 'ألف آلاف الالف thousand k'],
  [2000, 'ألفان ألفين'],
  [1_000_000, 'مليون ملايين million'],
];

/** The second half of eleven to nineteen where it is written apart: خمسة عشر. */
export const TEEN: ReadonlySet<string> = new Set(['عشر', 'عشره'].map(plain));
/** Words that join the parts of one number. */
export const AND: ReadonlySet<string> = new Set(['و', 'and']);
/** Words between a score and the best score: ٤ من ٥, 4 out of 5. */
export const OUT_OF: ReadonlySet<string> = new Set(['من', 'of']);

const values = new Map(
  WORDS.flatMap(([value, words]) => words.split(' ').map((word) => [plain(word), value] as const)),
);

/** The value of a plain word, with or without a leading و; undefined when it is no number. */
export function numberWord(word: string): { value: number; joined: boolean } | undefined {
  const value = values.get(word);
  if (value !== undefined) return { value, joined: false };
  const rest = word.startsWith('و') ? values.get(word.slice(1)) : undefined;
  return rest === undefined ? undefined : { value: rest, joined: true };
}
