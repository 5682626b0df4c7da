// docs/how-to/operate.md knows every number and every alarm of the program, and names none that is not there.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { METRICS, type Metric } from '../../src/observe/metrics.js';

const root = resolve(import.meta.dirname, '../..');
/** Without its examples of commands. */
const page = readFileSync(join(root, 'docs/how-to/operate.md'), 'utf8').replace(/^```[^]*?^```$/gm, '');
/** What stands in backquotes in the part below a heading. */
const named = (heading: string, shape: RegExp): Set<string> => {
  const part = page.split(/^## /m).find((one) => one.startsWith(heading)) ?? '';
  return new Set([...part.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word).filter((word) => shape.test(word)));
};
const missing = (wanted: Iterable<string>, there: ReadonlySet<string>) =>
  [...wanted].filter((one) => !there.has(one)).sort();

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [readFileSync(join(root, path), 'utf8')] : [];
  });
}

const EVENT = /^[a-z_]+\.[a-z_]+$/;
const code = [...sources('src'), ...sources('channels')].join('\n');
/** What stands in the calls of the log, before their facts. */
const calls = [...code.matchAll(/\blog\(([^;{]+)|\bevent: ('[^']+')/g)].map(([, call, event]) => call ?? event ?? '');
const logged = calls.flatMap((call) => [...call.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, event = '']) => event));
/** Beginnings of those whose second part is decided at run time. */
const families = [...code.matchAll(/\blog\(`([a-z_]+\.)\$/g)].map(([, start = '']) => start);

/** The words that a type in a file allows. */
const wordsOf = (file: string, type: RegExp): string[] => {
  const union = type.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
  return [...union.matchAll(/'([a-z_]+)'/g)].map(([, word = '']) => word);
};
/** Events whose second part is decided at run time, with all that it may be. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'bell.': wordsOf('src/queue/contract.ts', /\bwhat: ([^;]+);/),
  'spool.': wordsOf('src/spool/spool-folder.ts', /onDamaged: \(kind: ([^,]+),/),
  'flow_set.': wordsOf('src/conversation/flow-sets.ts', /type Publication =([^;]+;[^;]+;)/).filter(
    (outcome) => outcome !== 'current',
  ),
};

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const alerts = rules
  .parse(parse(readFileSync(join(root, 'deploy/alerts.yaml'), 'utf8')))
  .groups.flatMap((group) => group.rules);

describe('the page for operators', () => {
  it('explains every metric, and no other', () => {
    const explained = named('The numbers', /^sila_[a-z_]+$/);
    expect(missing(Object.keys(METRICS), explained)).toEqual([]);
    expect(missing(explained, new Set(Object.keys(METRICS)))).toEqual([]);
  });

  it('explains every label of a metric on its line', () => {
    for (const [name, { labels }] of Object.entries<Metric>(METRICS)) {
      const line = page.split('\n').find((one) => one.startsWith('| `sila_') && one.includes(`\`${name}\``)) ?? '';
      for (const label of labels) expect([name, label, line.includes(`\`${label}\``)]).toEqual([name, label, true]);
    }
  });

  it('explains every notice to staff, and no other', () => {
    const kinds = new Set(wordsOf('src/store/contract-turns.ts', /interface NewNotice \{[^}]*?kind:\s*([^;]+);/));
    expect(kinds.size).toBeGreaterThan(10);
    const table = page.split(/^## /m).find((one) => one.startsWith('Notices')) ?? '';
    const explained = new Set([...table.matchAll(/^\| \**`([a-z_]+)`/gm)].map(([, kind = '']) => kind));
    expect(missing(kinds, explained)).toEqual([]);
    expect(missing(explained, kinds)).toEqual([]);
  });

  it('explains every event of the log, and no other', () => {
    const explained = named('The log', EVENT);
    expect(missing(families, new Set(Object.keys(FAMILIES)))).toEqual([]);
    const many = Object.entries(FAMILIES).flatMap(([start, words]) => words.map((word) => start + word));
    const all = new Set([...logged, ...many]);
    expect(all.size).toBeGreaterThan(50);
    expect(missing(all, explained)).toEqual([]);
    expect(missing(explained, all)).toEqual([]);
  });

  it('names every span with its facts', () => {
    const explained = named('One message', /^[a-z._]+$/);
    const spans = [...code.matchAll(/\.span\('([a-z]+)'/g)].map(([, name = '']) => name);
    const facts = [...code.matchAll(/'((?:sila|http)\.[a-z._]+)':/g)].map(([, name = '']) => name);
    expect(spans.length).toBeGreaterThan(4);
    expect(missing([...spans, ...facts], explained)).toEqual([]);
  });

  it('says what to do about every rule of deploy/alerts.yaml, whose metrics are all there', () => {
    const explained = named('The numbers', /^Sila[A-Z]\w+$/);
    const names = new Set(alerts.map(({ alert }) => alert));
    expect(missing(names, explained)).toEqual([]);
    expect(missing(explained, names)).toEqual([]);
    for (const { expr } of alerts)
      for (const [used] of expr.matchAll(/sila_[a-z_]+/g)) {
        const [name, metric] = Object.entries<Metric>(METRICS).find(([one]) => used.startsWith(one)) ?? ['none'];
        const suffix = metric?.kind === 'histogram' ? '_bucket' : '';
        const exact = Object.keys(METRICS).includes(used) ? used : name + suffix;
        expect([expr, used]).toEqual([expr, exact]);
      }
  });

  it('names every dependency that readiness asks, with every reason', () => {
    const table = named('Is it ready?', /^[a-z_]+$/);
    for (const type of [/type Why =([^;]+);/, /type DependencyName =([^;]+);/]) {
      const words = wordsOf('src/observe/readiness.ts', type);
      expect(words.length).toBeGreaterThan(3);
      expect(missing(words, table)).toEqual([]);
    }
  });
});
