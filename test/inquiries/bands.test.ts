// Borders are found by leaving out whole voices: what one hand wrote does not vouch for itself.
import { describe, expect, test } from 'vitest';
import { findBands } from '../../src/inquiries/classifier/bands.js';
import { featuresOf } from '../../src/inquiries/classifier/features.js';
import { createLexicon } from '../../src/inquiries/classifier/index.js';
import { STRAY } from '../../src/inquiries/index.js';
import type { Sighted } from '../../src/inquiries/classifier/model.js';

const lexicon = createLexicon({ words: { أريد: ['ابي'] }, english: ['the'] });
const ALPHABET = 'بتثجحخدذرزسشصضطظعغفقكلمن';
/** Thirty different words that one hand uses for an intent and nobody else does. */
const wordsOf = (hand: number, intent: number): string[] =>
  Array.from({ length: 30 }, (_, at) =>
    [hand * 3 + intent, at, at * 7 + hand, at * 11 + intent].map((n) => ALPHABET.charAt(n % ALPHABET.length)).join(''),
  );
const said = (hand: number, voices: boolean): Sighted[] =>
  ['place', 'hours', STRAY].flatMap((intent, n) => {
    const words = wordsOf(hand, n);
    return words.map((_, at) => {
      const text = [0, 1, 2].map((more) => words[(at + more) % words.length]).join(' ');
      return { text, intent, features: featuresOf(text, lexicon), ...(voices && { voice: `hand-${hand}` }) };
    });
  });

describe('borders', () => {
  test('of hands that share no word are further up when each is judged without its own sentences', () => {
    const [mixed, apart] = [false, true].map((voices) =>
      findBands(
        [0, 1, 2].flatMap((hand) => said(hand, voices)),
        lexicon,
        1,
      ),
    );
    const answered = (bands: typeof mixed): number => Math.max(...(bands?.curve ?? []).map((point) => point.answered));
    expect(answered(mixed)).toBeGreaterThan(0.9);
    expect(answered(apart)).toBeLessThan(0.7);
  });

  test('are the same whatever the order of the voices in the lessons', () => {
    const [one, other] = [
      [0, 1, 2],
      [2, 0, 1],
    ].map((hands) =>
      findBands(
        hands.flatMap((hand) => said(hand, true)),
        lexicon,
        1,
      ),
    );
    expect(one?.curve.map(({ answered }) => answered)).toEqual(other?.curve.map(({ answered }) => answered));
  });
});
