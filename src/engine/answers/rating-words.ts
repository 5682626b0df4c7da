/** Scores in a word: the words on the buttons of a rating, and those that plainly mean the same. */
import { plain, tokens } from '../text/normalise.js';

const BY_SCORE: readonly (readonly [number, readonly string[]])[] = [
  [5, ['ممتاز', 'ممتازة', 'ممتازين', 'رائع', 'رائعة', 'excellent', 'perfect']],
  [4, ['جيد', 'جيدة', 'good']],
  [3, ['مقبول', 'مقبولة', 'عادي', 'عادية', 'متوسط', 'متوسطة', 'acceptable', 'average']],
  [2, ['أقل من المتوقع', 'ضعيف', 'ضعيفة', 'below expectation', 'poor']],
  [1, ['لم تكن كما نرجو', 'سيئ', 'سيئة', 'سيء', 'سيئه', 'not as we hope', 'bad', 'terrible']],
];
/** What may stand around such a word and changes nothing. Not a negation: that is another answer. */
const AROUND: ReadonlySet<string> = new Set(
  ['الخدمة', 'خدمة', 'خدمتكم', 'خدمتك', 'كانت', 'كان', 'هي', 'التجربة', 'تقييمي', 'التقييم', 'جدا', 'مرة', 'والله', 'شكرا', 'the', 'service', 'was', 'is', 'it', 'your', 'very', 'really', 'thanks'].map(plain),
); // prettier-ignore
const SCORES: ReadonlyMap<string, number> = new Map(
  BY_SCORE.flatMap(([score, words]) => words.map((word) => [plain(word), score] as const)),
);

/** The score that a plain text says in so many words; undefined for anything else. */
export function scoreInWords(text: string): number | undefined {
  const said = SCORES.get(text);
  return (
    said ??
    SCORES.get(
      tokens(text)
        .filter((word) => !AROUND.has(word))
        .join(' '),
    )
  );
}
