// Phrases are whole words in order, found through the usual ways of spelling, in time that grows with the text alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseFault, Phrases, spellOut } from '../../../src/engine/text/phrases.js';
import { quickest } from '../../support/quickest.js';

const found = (phrase: string, text: string): boolean => new Phrases([[phrase, 'it']]).in(text).has('it');

describe('a phrase', () => {
  test.each([
    ['ما يتنفس', 'ولدي ما يتنفس', true],
    ['ما يتنفس', 'مايتنفسس', true],
    ['ما يتنفس', 'طاح وما يتنفس', true],
    ['ما يتنفس', 'ما كان يتنفس', false],
    ['ينزف', 'ينزفون', false],
    ['ينزف', 'فينزف', true],
    ['يضربني', 'يظرربني', true],
    ['ضربوا', 'ضربو', true],
    ['(ما|لا) (يرد|يتحرك)', 'لا يتحرك', true],
    ['(ما|لا) (يرد|يتحرك)', 'لا يتنفس', false],
    ['يموت (الحين|)', 'يموت', true],
    ['(a|b (c|d)) e', 'b d e', true],
    ['(a|b (c|d)) e', 'b e', false],
    ['طاح .. ما يرد', 'طاح ما يرد', true],
    ['طاح .. ما يرد', 'طاح في الحمام امس وما يرد', true],
    ['طاح .. ما يرد', 'طاح في الحمام امس الصبح ما يرد', false],
    ["can't breathe", 'I can’t breathe!!', true],
    ['can not', 'cannot', false],
    ['وقف', 'وقف صحي', true],
    ['قف', 'وقف صحي', true],
    ['هل', 'و ه ل', false],
    ['~ضربني', 'بيضربني', true],
    ['~ضربني', 'ضربني', true],
    ['زوجي ~ضربني', 'زوجي وتضربني', true],
    ['~ضربني', 'ضربنا', false],
    ['~ضربني', 'استضاربضربني', false],
    ['ادفع _', 'ادفع ٥٠٠ ريال', true],
    ['ادفع _', 'ادفع شي', false],
  ])('%s in %s: %s', (phrase, text, expected) => {
    expect(found(phrase, text)).toBe(expected);
  });

  test('tells whose it is, each owner once', () => {
    const phrases = new Phrases([
      ['نار', 1],
      ['نار كبيره', 1],
      ['كبيره', 2],
      ['صغيره', 3],
    ]);
    expect([...phrases.in('نار كبيره نار')].sort()).toEqual([1, 2]);
  });
});

describe('how a phrase is written', () => {
  test.each([
    ['ينزف', undefined],
    ['(ما|لا) .. يرد', undefined],
    ['(ما', 'has a bracket without its other half'],
    ['ما)', 'has a bracket without its other half'],
    ['ما | لا', 'has a bracket without its other half'],
    ['(ما|)', 'may be no word at all'],
    ['', 'may be no word at all'],
    ['؟!', 'may be no word at all'],
    ['.. ما', 'begins or ends with ..'],
    ['ما ..', 'begins or ends with ..'],
    ['<kin> يموت', 'names a group that there is not'],
  ])('%s', (phrase, fault) => {
    expect(phraseFault(phrase)).toBe(fault);
  });

  test('groups are spelt out, unknown ones stay', () => {
    const groups = { kin: ['ابوي', 'ام (سعد|فهد)'] };
    expect(spellOut('<kin> يموت <toString>', groups)).toBe('(ابوي|ام (سعد|فهد)) يموت <toString>');
    expect(found(spellOut('<kin> يموت', groups), 'ام فهد يموت')).toBe(true);
  });
});

describe('any text', () => {
  const words = fc.array(fc.constantFrom('ما', 'لا', 'يرد', 'ماما', 'وما', 'a', 'b', 'c'), { maxLength: 12 });

  test('a phrase without gaps is found exactly where its words stand in a row', () => {
    fc.assert(
      fc.property(words, words, (phrase, text) => {
        fc.pre(phrase.length > 0 && phraseFault(phrase.join(' ')) === undefined);
        const there = ` ${text.join(' ')} `.includes(` ${phrase.join(' ')} `);
        // What stands there in a row is found; what is found may also be joined, as in "ماما".
        expect(!there || found(phrase.join(' '), text.join(' '))).toBe(true);
      }),
    );
  });

  test('of a hundred thousand words is read in bounded time', () => {
    const phrases = new Phrases([
      ['ما .. ما .. ما .. يرد', 1],
      ['(ما|لا) (ما|لا) (ما|لا) يرد', 1],
    ]);
    const text = Array.from({ length: 100_000 }, () => 'ما');
    expect(quickest(() => expect(phrases.among(text).size).toBe(0), 5_000)).toBeLessThan(5_000);
  });
});
