// Words are known by the kind of thing that they name: in any form, the longest phrase first; an unknown word learns from its kind.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { plain, tokens } from '../../src/engine/text/normalise.js';
import { Classifier, createLexicon, trainModel } from '../../src/inquiries/classifier/index.js';
import { Kinds } from '../../src/inquiries/classifier/kinds.js';
import { words } from '../../src/inquiries/terms.js';

const kinds = {
  device: ['عكاز', 'ووكر', 'كرسي متحرك', 'walker'],
  furniture: ['كرسي', 'كنب'],
  animal: ['خروف', 'عقيقه'],
  zakat: ['عقيقه'],
};
const named = (text: string): string[] =>
  new Kinds(kinds).in(words(text)).map(({ at, length, kind }) => `${at}+${length} ${kind}`);

describe('what is named', () => {
  test.each([
    ['ابي ووكر لامي', ['1+1 device']],
    ['أريد العكازات', ['1+1 device']],
    ['a walker for my mother', ['1+1 device']],
    ['بعكاز', ['0+1 device']],
    ['كرسي متحرك وكنب', ['0+2 device', '2+1 furniture']],
    ['كرسي للمجلس', ['0+1 furniture']],
    ['كم العقيقة', ['1+1 animal', '1+1 zakat']],
    ['السلام عليكم', []],
    ['', []],
  ])('in «%s»', (text, found) => {
    expect(named(text)).toEqual(found);
  });
});

test('a word that no example has is understood by its kind', () => {
  const data = { words: { أريد: ['ابي'] }, english: ['the'] };
  const say = (intent: string) => (text: string) => ({ text: `ابي ${text} لابوي`, intent });
  const examples = [
    ...['عكاز', 'كرسي متحرك', 'walker'].map(say('devices')),
    ...['موعد', 'زيارة', 'مقابلة'].map(say('visit')),
  ];
  const lead = (lexicon: ReturnType<typeof createLexicon>): number => {
    const guesses = new Classifier(trainModel(examples, lexicon, 1), lexicon).guess('ابي ووكر لابوي');
    const [devices = 0, visit = 0] = ['devices', 'visit'].map(
      (one) => guesses.find(({ intent }) => intent === one)?.score,
    );
    return devices - visit;
  };
  expect(lead(createLexicon({ ...data, kinds }))).toBeGreaterThan(lead(createLexicon(data)) + 0.1);
});

describe('flows/kinds.yaml', () => {
  const { kinds: shipped } = parse(readFileSync('flows/kinds.yaml', 'utf8')) as { kinds: Record<string, string[]> };

  test('holds phrases of one to three words, none twice in a kind', () => {
    const wrong = Object.entries(shipped).flatMap(([kind, phrases]) => {
      const plainly = phrases.map(plain);
      return phrases
        .filter((phrase, at) => tokens(plain(phrase)).length > 3 || plainly.indexOf(plain(phrase)) !== at)
        .map((phrase) => `${kind}: ${phrase}`);
    });
    expect(wrong).toEqual([]);
    expect(Object.values(shipped).flat().length).toBeGreaterThan(5_000);
  });
});
