// The benchmark of answers counts honestly: refusals, several results, calendars, bounds.
import { describe, expect, test } from 'vitest';
import type { Peer } from '../../../bench/answers/peers.js';
import type { Row } from '../../../bench/answers/rows.js';
import { askable, onTheirGround, peerReader, score } from '../../../bench/answers/score.js';
import type { Json } from '../../../src/engine/types.js';

function row(input: string, expected: string, options: Record<string, Json> = {}): Row {
  return { line: 1, input, options, expected, language: 'bare', digits: 'ascii', shape: 'clean', comment: 'x' };
}

function reading(type: string, values: Record<string, Json[]>): Peer {
  return { name: 'peer', readers: { [type]: (text) => values[text] ?? [] } };
}

describe('a peer', () => {
  test('is right with the one value, and wrong with another or none', () => {
    const read = peerReader(reading('number', { a: [5], b: [6] }), 'number')!;
    expect(score('number', [row('a', '5'), row('b', '5'), row('c', '5')], read)).toEqual({ rows: 3, right: 1 });
  });

  test('is right to refuse a wrong row, by finding nothing or several values, and wrong to answer it', () => {
    const read = peerReader(reading('number', { a: [3, 4], b: [3] }), 'number')!;
    const rows = [row('a', '!several'), row('b', '!several'), row('c', '!none')];
    expect(score('number', rows, read)).toEqual({ rows: 3, right: 2 });
  });

  test('is right about a Hijri date with its Gregorian day', () => {
    const expected = '{"date":"1447-03-05","calendar":"hijri","typed":"x"}';
    const read = peerReader(reading('date', { a: ['2025-08-28'], b: ['1447-03-05'] }), 'date')!;
    expect(score('date', [row('a', expected), row('b', expected)], read)).toEqual({ rows: 2, right: 1 });
  });

  test('gets our bounds after it: past, whole numbers, two decimals, days that exist', () => {
    const date = peerReader(reading('date', { a: ['2026-01-16'], b: ['2026-01-11', '2026-01-18'], c: ['2024-02-31'] }), 'date')!; // prettier-ignore
    expect(date(row('a', '', { past: true }))).toBeUndefined();
    expect(date(row('b', '', { past: true }))).toBe('2026-01-11');
    expect(date(row('b', ''))).toBeUndefined();
    expect(date(row('c', ''))).toBeUndefined();
    expect(peerReader(reading('number', { a: [5.5] }), 'number')!(row('a', ''))).toBeUndefined();
    expect(peerReader(reading('money', { a: [5.5] }), 'money')!(row('a', ''))).toBe(5.5);
    expect(peerReader(reading('money', { a: [null] }), 'money')!(row('a', ''))).toBeUndefined();
  });

  test('is asked only what it claims and can be asked', () => {
    expect(peerReader(reading('number', {}), 'date')).toBeUndefined();
    expect(askable(row('@file a.pdf', '!none'))).toBe(false);
    expect(askable(row('a', '"yes"', { exact: true }))).toBe(false);
    expect(askable(row('a', '5', { min: 3 }))).toBe(true);
    expect(onTheirGround({ ...row('a', '5'), language: 'saudi' })).toBe(false);
    expect(onTheirGround({ ...row('a', '5'), digits: 'arabic' })).toBe(false);
  });
});
