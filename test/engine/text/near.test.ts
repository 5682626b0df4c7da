// Near-misses, and that none of them turns a sentence around.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasNegation, near } from '../../../src/engine/text/near.js';

test.each([
  ['the same', 'نعم', 'نعم', true],
  ['a letter missing', 'القايمه', 'القامه', true],
  ['a letter wrong', 'تبرع', 'تبرغ', true],
  ['neighbours exchanged', 'menu', 'mneu', true],
  ['a letter added', 'cancel', 'canncel', true],
  ['short words forgive nothing', 'نعم', 'نعن', false],
  ['two mistakes in a short word', 'menu', 'mmeuu', false],
  ['two mistakes from nine letters on', 'volunteer', 'volnteeer', true],
  ['three mistakes', 'volunteering', 'vlntering', false],
  ['a negation as a word', 'لا اوافق', 'اوافق', false],
  ['a negation glued', 'لاوافق', 'اوافق', false],
  ['a negation glued, two words', 'ماوافق عليه', 'موافق عليه', false],
  ['not is not even taken from nott', 'not agreed', 'nott agreed', false],
  ['a mistake beside the same negation', 'لا اوافق', 'لا اوفق', true],
  ['now is not not', 'agreed now ok', 'agreed not ok', false],
  ['unagreed', 'unagreed', 'nagreed', false],
])('%s: %s and %s → %s', (_name, a, b, expected) => {
  expect(near(a, b)).toBe(expected);
  expect(near(b, a)).toBe(expected);
});

test('adding a negation is never near', () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from('ابتثجحخدذرزسشصضطظعغفقكلمنهوي')),
    minLength: 3,
    maxLength: 12,
  });
  const negation = fc.constantFrom('لا', 'لم', 'لن', 'ما', 'مو', 'مب', 'غير', 'ليس');
  fc.assert(
    fc.property(word, negation, fc.constantFrom('', ' '), (rest, not, glue) => {
      fc.pre(!/^(?:لا|لم|لن|لست|ليس|ما|مو|مب|مش|غير|بدون|بلا|عدم|ابد|ولا)/.test(rest));
      expect(near(`${not}${glue}${rest}`, rest)).toBe(false);
    }),
  );
});

test('hasNegation sees words, not parts of words', () => {
  expect(hasNegation('لا اوافق')).toBe(true);
  expect(hasNegation('i do not know')).toBe(true);
  expect(hasNegation('لازم مالك')).toBe(false);
});
