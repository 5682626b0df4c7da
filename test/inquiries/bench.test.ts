// The bench reads data sets whole, draws the same examples for the same seed, and counts right.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { drawIntents, few, measure, outOfScope } from '../../bench/inquiries/measure.js';
import { readRows, unknownNames } from '../../bench/inquiries/rows.js';
import type { Row } from '../../bench/inquiries/rows.js';
import { perWord } from '../../bench/inquiries/systems.js';
import type { System } from '../../bench/inquiries/systems.js';
import { measureUnknown, unknownTable } from '../../bench/inquiries/unknown.js';

const dir = mkdtempSync(join(tmpdir(), 'sila-bench-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('rows', () => {
  const read = (name: string, text: string): Row[] => {
    writeFileSync(join(dir, name), text);
    return readRows(join(dir, name));
  };

  test('of CSV keep inner quotes and commas', () => {
    const rows = read('a.csv', 'label,text\n"بطاقة","أين "بطاقتي" الجديدة، وهل وصلت"\r\n"سعر","كم, السعر"\n');
    expect(rows.map(({ text, intents }) => [intents[0], text])).toEqual([
      ['بطاقة', 'أين "بطاقتي" الجديدة، وهل وصلت'],
      ['سعر', 'كم, السعر'],
    ]);
  });

  test('of JSON Lines may have no intent, several, and others that are right too', () => {
    const rows = read(
      'a.jsonl',
      '{"text":"أ","intents":[]}\n{"text":"ب","intents":["x","y"],"also_ok":["z"],"variety":"saudi"}\n',
    );
    expect(rows).toEqual([
      { text: 'أ', intents: [], alsoOk: [], variety: 'all' },
      { text: 'ب', intents: ['x', 'y'], alsoOk: ['z'], variety: 'saudi' },
    ]);
  });

  test('that are neither are named by file and line', () => {
    expect(() => read('b.csv', 'label,text\n"a","b"\nbroken\n')).toThrow(/b\.csv:3/);
    expect(() => read('b.jsonl', '{"text":1}\n')).toThrow(/b\.jsonl:1/);
    expect(() => read('d.jsonl', '{"text":"a"}\n{"text":\n')).toThrow(/d\.jsonl:2: not a JSON object/);
    expect(() => read('c.jsonl', '{"text":"a","intents":"x"}\n')).toThrow(/c\.jsonl:1/);
  });
});

test('names that no intent has are told once each, so that a wrongly mapped file is not taken for a bad system', () => {
  const rows = [
    { text: 'أ', intents: ['hours', 'hrs'], alsoOk: ['place'], variety: 'all' },
    { text: 'ب', intents: ['hrs'], alsoOk: ['plaice'], variety: 'all' },
    { text: 'ت', intents: [], alsoOk: [], variety: 'all' },
  ];
  expect(unknownNames(rows, new Set(['hours', 'place']))).toEqual(['hrs', 'plaice']);
});

describe('figures', () => {
  const examples = ['a', 'b', 'c', 'd'].flatMap((intent) =>
    Array.from({ length: 5 }, (_, at) => ({ intent, text: `${intent}${at}` })),
  );

  test('come from the same draw for the same seed', () => {
    expect(few(examples, 2, 1)).toEqual(few(examples, 2, 1));
    expect(few(examples, 2, 1)).not.toEqual(few(examples, 2, 2));
    expect(few(examples, 2, 1).map(({ intent }) => intent)).toEqual(
      [...'aabbccdd'.matchAll(/./g)].map(([name]) => name),
    );
    expect(drawIntents(examples, 1, 3).size).toBe(1);
  });

  /** Knows the first letter of a message; how sure it is stands behind it. */
  const letters: System = {
    name: 'letters',
    train: () => ({
      guess: (text) => [
        { intent: text.slice(0, 1), score: Number(text.slice(1)) },
        { intent: 'b', score: -1 },
      ],
    }),
  };
  const row = (text: string, intent: string): Row => ({ text, intents: [intent], alsoOk: [], variety: 'all' });

  test('count the first and the first three', async () => {
    const tests = [{ name: 't', rows: [row('a1', 'a'), row('a1', 'b'), row('a1', 'c'), row('b1', 'b')] }];
    expect((await measure(letters, examples, tests)).tests).toEqual([{ name: 't', top1: 50, top3: 75, rows: 4 }]);
  });

  test('tell known from unknown by the score: all, none, and ties by half', async () => {
    const auroc = (rows: Row[]): Promise<number> => outOfScope(letters, examples, rows, new Set(['d']));
    expect(await auroc([row('a9', 'a'), row('b8', 'b'), row('c1', 'd')])).toBe(100);
    expect(await auroc([row('a1', 'a'), row('c9', 'd')])).toBe(0);
    expect(await auroc([row('a5', 'a'), row('c5', 'd'), row('a9', 'a'), row('c1', 'd')])).toBe(87.5);
  });

  test('tell known from unknown by what the system itself is sure of, where it says so', async () => {
    const rows = [row('a9', 'a'), row('b8', 'b'), row('c1', 'd')];
    const reversed: System = {
      name: 'reversed',
      train: async (some) => ({ ...(await letters.train(some)), sure: ([best]) => -(best?.score ?? 0) }),
    };
    expect(await outOfScope(reversed, examples, rows, new Set(['d']))).toBe(0);
    const long = row('a9 of many words and more of them', 'd');
    const numbered: System = {
      name: 'numbered',
      train: () => ({ guess: (text) => [{ intent: 'a', score: parseInt(text.slice(1)) }] }),
    };
    expect(await outOfScope(numbered, examples, [row('a8', 'a'), long], new Set(['d']))).toBe(0);
    expect(await outOfScope(perWord(numbered), examples, [row('a8', 'a'), long], new Set(['d']))).toBe(100);
  });

  test('of unknown intents come from ten draws of both, the same each time', async () => {
    const rows = examples.map(({ text, intent }) => row(text, intent));
    const once = await measureUnknown(letters, examples, rows, 2);
    expect(once.draws).toHaveLength(10);
    expect(await measureUnknown(letters, examples, rows, 2)).toEqual(once);
    expect(unknownTable([{ system: 's', draws: [80, 70] }])).toContain('| s | 75.0 | 5.0 | 70.0 | 80.0 |');
  });
});
