// The words that work everywhere are whole messages: inside a sentence they are words like any other.
import { describe, expect, test } from 'vitest';
import { prepare } from '../../../src/engine/prepare.js';
import { plain } from '../../../src/engine/text/normalise.js';
import { pack } from '../../support/pack.js';
import { table } from './table.js';

describe.each(['safe-treatment', 'qutoof'])('words of %s', (charity) => {
  const { words } = prepare(pack(charity).set);
  const rows = table('flow-word');

  test('work when they are the message', () => {
    expect(rows.filter(({ text, meant }) => meant && !words.has(plain(text))).map(({ text }) => text)).toEqual([]);
  });

  test('do not work within a sentence', () => {
    expect(rows.filter(({ text, meant }) => !meant && words.has(plain(text))).map(({ text }) => text)).toEqual([]);
  });

  test('are twenty-five of each', () => {
    expect(rows.filter(({ meant }) => meant).length).toBeGreaterThanOrEqual(25);
    expect(rows.filter(({ meant }) => !meant).length).toBeGreaterThanOrEqual(25);
  });
});
