// Every kind of case that the shipped flows open has a name, and words of its own for every status.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AID_REQUEST, statusWord, TRANSITIONS } from '../../src/cases/case.js';
import { pack } from '../support/pack.js';

const folder = resolve(import.meta.dirname, '../../flows');
const kinds = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/submit: case\/([a-z-]+)/g)])
    .map(([, kind]) => kind ?? ''),
);

describe.each(['safe-treatment', 'qutoof'])('kinds of cases of %s', (charity) => {
  const { texts } = pack(charity);

  it('are the twelve that the policies ask for', () => {
    expect([...kinds].sort()).toEqual([
      'aid-request',
      'appeal',
      'call',
      'complaint',
      'correction',
      'data-request',
      'donation-receipt',
      'letter',
      'paper',
      'visit',
      'volunteer',
      'withdrawal',
    ]);
  });

  it('have a name in both languages', () => {
    for (const kind of kinds) expect(Object.keys(texts[`case.kind.${kind}`] ?? {}).sort(), kind).toEqual(['ar', 'en']);
  });

  it('have words for every status, and only requests for aid go to the committee', () => {
    for (const status of Object.keys(TRANSITIONS)) {
      for (const part of ['full', 'coarse', 'notice']) {
        for (const kind of [AID_REQUEST, 'complaint'])
          expect(texts[`status.${statusWord(kind, status)}.${part}`], `${kind} ${status} ${part}`).toBeDefined();
        const other = texts[`status.${statusWord('complaint', status)}.${part}`];
        expect(Object.values(other ?? {}).join(' ')).not.toMatch(/لجنة|committee|أسبوعين|not_before/);
      }
    }
  });
});
