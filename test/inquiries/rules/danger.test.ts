// Danger is heard in every phrasing of the tables, and in none of the counter-phrasings.
import { describe, expect, test } from 'vitest';
import { prepare } from '../../../src/engine/prepare.js';
import { dangersIn } from '../../../src/engine/read/danger.js';
import { clean } from '../../../src/engine/text/clean.js';
import { pack } from '../../support/pack.js';
import { table } from './table.js';

const prepared = prepare(pack('safe-treatment').set);
const heard = (text: string): string[] => dangersIn(prepared, text).map(({ kind }) => kind);

describe.each([
  ['danger-medical', 'medical'],
  ['danger-self-harm', 'self_harm'],
  ['danger-violence', 'violence'],
])('%s', (name, kind) => {
  const rows = table(name);

  test('is heard in every phrasing', () => {
    expect(rows.filter(({ text, meant }) => meant && !heard(text).includes(kind)).map(({ text }) => text)).toEqual([]);
  });

  test('is not heard in any counter-phrasing', () => {
    const alarms = rows.filter(({ text, meant }) => !meant && heard(text).length > 0);
    expect(alarms.map(({ text }) => `${text}: ${heard(text).join(', ')}`)).toEqual([]);
  });

  test('has forty of each', () => {
    expect(rows.filter(({ meant }) => meant).length).toBeGreaterThanOrEqual(40);
    expect(rows.filter(({ meant }) => !meant).length).toBeGreaterThanOrEqual(40);
  });
});

describe('what nobody should write', () => {
  test.each([
    ['a megabyte of words', 'ما عاد يتنفس من الضحك '.repeat(50_000)],
    ['a megabyte of one letter', 'ه'.repeat(1_000_000)],
    ['ten thousand faces', '😭'.repeat(10_000)],
    ['HTML', '<b onmouseover=x>ينزف</b>'.repeat(20_000)],
  ])('%s is read in bounded time', (_name, text) => {
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      // As the engine does: what is beyond the cap is not read.
      heard(clean(text));
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(250);
  });

  test.each([
    ['bidi marks and tatweel', 'أبــوي\u202e ما يتنـ\u200fـفس', 'medical'],
    ['HTML around words', '<p>ولدي <b>ما يتنفس</b></p>', 'medical'],
    ['full-width letters', 'ｋｉｌｌ ｍｙｓｅｌｆ', 'self_harm'],
    ['two scripts at once', 'my husband يضربني', 'violence'],
    ['Persian letters', 'یضربنی زوجی', 'violence'],
  ])('%s: heard', (_name, text, kind) => {
    expect(heard(text)).toEqual([kind]);
  });
});

test('nothing that an article is asked, is an alarm', () => {
  const asked = ['safe-treatment', 'qutoof'].flatMap((charity) =>
    pack(charity).articles.flatMap(({ questions }) => Object.values(questions).flat()),
  );
  expect(asked.length).toBeGreaterThan(1_000);
  expect(asked.filter((question) => heard(question).length > 0)).toEqual([]);
});
