/** "The first", "option two", "رقم ٣": a place in a list, in words. */
import { plain } from '../text/normalise.js';

const ordinals: readonly (readonly string[])[] = [
  ['الأول', 'أول', 'الأولى', 'أول واحد', 'أول خيار', 'first', 'the first', 'first one', 'one'],
  ['الثاني', 'ثاني', 'الثانية', 'ثاني واحد', 'ثاني خيار', 'second', 'the second', 'second one', 'two'],
  ['الثالث', 'ثالث', 'الثالثة', 'ثالث واحد', 'ثالث خيار', 'third', 'the third', 'third one', 'three'],
  ['الرابع', 'رابع', 'الرابعة', 'fourth', 'the fourth', 'four'],
  ['الخامس', 'خامس', 'الخامسة', 'fifth', 'the fifth', 'five'],
  ['السادس', 'سادس', 'السادسة', 'sixth', 'the sixth', 'six'],
  ['السابع', 'سابع', 'السابعة', 'seventh', 'the seventh', 'seven'],
  ['الثامن', 'ثامن', 'الثامنة', 'eighth', 'the eighth', 'eight'],
];
const counters = ['الخيار', 'خيار', 'رقم', 'الرقم', 'الاختيار', 'اختيار', 'option', 'number', 'choice', 'no'].map(
  plain,
);
const places = new Map(ordinals.flatMap((words, index) => words.map((word) => [plain(word), index] as const)));

/** The index (from 0) that a whole message names, if that is all it does. */
export function placeNamed(text: string): number | undefined {
  const counter = counters.find((one) => text.startsWith(`${one} `));
  const rest = counter === undefined ? text : text.slice(counter.length + 1);
  return /^\d{1,2}$/.test(rest) ? Number(rest) - 1 : places.get(rest);
}
