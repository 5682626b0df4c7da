// The page of what channels promise names only tests that are there, by their words.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/channels.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!promise|---)/.test(line))
  .map((line) => line.split(' | '));

it('has a row for every promise', () => {
  expect(rows.length).toBeGreaterThan(20);
});

it.each(rows.map(([promise = '', shown = '']) => [promise.slice(2), shown]))('%s', (_promise, shown) => {
  const [, ...parts] = shown.split('`');
  expect(parts.length).toBeGreaterThan(1);
  for (let part = 0; part < parts.length; part += 2) {
    const file = parts[part] ?? '';
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    const text = readFileSync(join(root, file), 'utf8');
    const names = [...(parts[part + 1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    expect(names.filter((name) => name !== undefined && !text.includes(name))).toEqual([]);
  }
});
