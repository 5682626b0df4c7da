// Danger is heard in every phrasing of the tables, and in none of the counter-phrasings.
import { describe, expect, test } from 'vitest';
import { prepare } from '../../../src/engine/prepare.js';
import { dangersIn } from '../../../src/engine/read/danger.js';
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
