// Search by keyed hashes: what finds a case and what does not.
import { describe, expect, it } from 'vitest';
import { queryKeys, searchKeys } from '../../src/privacy/search-keys.js';

const tools = {
  hash: (purpose: string, ...parts: readonly string[]) => [purpose, ...parts].join('='),
  normalise: (text: string) =>
    text
      .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[أإآ]/g, 'ا')
      .toLowerCase(),
};
const stored = new Set(
  searchKeys(
    {
      names: ['أحمد سعد العتيبي', 'Ahmad'],
      phones: ['+966 50 123 4567'],
      ids: ['1012345672'],
      caseNumber: '7304-8815-2096-4',
    },
    tools,
  ),
);
const finds = (query: string) => queryKeys(query, tools).some((set) => set.every((key) => stored.has(key)));

describe('search keys', () => {
  it.each([
    'احمد',
    'أحم',
    'سعد',
    'العتيبي',
    'عتيبي',
    'عتي',
    'أحمد العتيبي',
    'AHM',
    '0501234567',
    '٠٥٠١٢٣٤٥٦٧',
    '00966501234567',
    '501234567',
    '1012345672',
    '5672',
    '4567',
    '7304-8815-2096-4',
    '٧٣٠٤٨٨١٥٢٠٩٦٤',
    'احمد 5672',
  ])('finds %s', (query) => expect(finds(query)).toBe(true));

  it.each([
    'اح',
    'محمد',
    'أحمد المطيري',
    '0501234568',
    '1012345671',
    '1234',
    '123',
    '',
    '  ',
    'احمد 1234',
    '101234567',
    '!?',
  ])('does not find %s', (query) => expect(finds(query)).toBe(false));

  it('keeps whole short names, and no fact gives no key', () => {
    expect(searchKeys({ names: ['مي'] }, tools)).toEqual(['name=مي']);
    expect(searchKeys({}, tools)).toEqual([]);
    expect(searchKeys({ names: [''], phones: ['12'], ids: ['1'] }, tools)).toEqual([]);
  });
});
