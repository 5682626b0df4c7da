// The table of bad inputs names every row once, and only tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/bad-inputs.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | '));

it('has all rows from 1 to 84, in order', () => {
  expect(rows.map(([number]) => number?.slice(2))).toEqual(Array.from({ length: 84 }, (_, i) => String(i + 1)));
});

it.each(rows.map((row) => [row[0]!.slice(2), row.at(-1)!.replace(/ \|$/, '')]))('row %s: %s', (_number, shown) => {
  if (shown.startsWith('with ')) return;
  for (const file of shown.split(', ')) {
    expect(file).toMatch(/^test\/[\w/.-]+\.test\.ts$/);
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  }
});
