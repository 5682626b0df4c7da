// What the commands say stands in flows/texts, in both languages, with the same values.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../../src/upkeep/doctor/finding.js';
import { UPKEEP_CODES } from '../../src/upkeep/failure.js';
import { pack } from '../support/pack.js';

const scripts = resolve(import.meta.dirname, '../../scripts');
const commands = ['backup', 'restore', 'migrate', 'doctor', 'rewrap'].map((name) => join(scripts, `${name}.ts`));
const shared = readdirSync(join(scripts, 'keep')).map((name) => join(scripts, 'keep', name));

/** Keys that the commands name as they stand. */
const named = [...commands, ...shared].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(/say\('([\w.]+)'/g)].map(([, key]) => key ?? ''),
);

const keys = [
  ...new Set(named),
  ...UPKEEP_CODES.map((code) => `upkeep.${code}`),
  ...['in_use', 'not_found'].map((code) => `upkeep.${code}`),
  ...FINDINGS.map((name) => `doctor.${name}`),
  ...[0, 1, 2].map((level) => `doctor.result_${level}`),
  ...['moved', 'unfinished'].map((mark) => `boot.${mark}`),
];

describe('what the commands say', () => {
  const { texts } = pack('safe-treatment');

  it('is looked for in the right place', () => {
    expect(named).toEqual(expect.arrayContaining(['backup.done', 'restore.done', 'migrate.done', 'rewrap.done']));
  });

  it.each(keys)('%s', (key) => {
    const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const text = texts[key];
    expect(text?.['ar']).toBeDefined();
    expect(values(text?.['ar'] ?? '')).toEqual(values(text?.['en'] ?? 'none'));
  });

  it('leaves no text of theirs unsaid', () => {
    const theirs = Object.keys(texts).filter((key) => /^(upkeep|backup|restore|migrate|rewrap|doctor)\./.test(key));
    expect(theirs.sort()).toEqual(keys.filter((key) => !key.startsWith('boot.')).sort());
  });
});
