// The console's texts: every key that its screens name exists in both languages, and none stands unused.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileTemplate, variables } from '../../src/engine/text/template.js';

const room = 'src/staff/console';
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(room, name), 'utf8'))
  .join('\n');
const [ar, en] = ['ar', 'en'].map((language) => consoleTexts(language)) as [Texts, Texts];

type Texts = Record<string, string>;

function consoleTexts(language: string): Texts {
  const all = parse(readFileSync(`flows/texts/${language}.yaml`, 'utf8')) as Texts;
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('console.')));
}

/** `console.role.${role}.about` → a pattern of the keys it can name. */
const patterns = [...sources.matchAll(/[`'](console\.[^`']+)[`']/g)].map(([, key = '']) => {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/\./g, '\\.'));
  return { key, named: new RegExp(`^${parts.join('.+')}$`) };
});

describe('texts of the console', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(ar));
  });

  it('exist for every key that a screen names', () => {
    const missing = patterns.filter(({ named }) => !Object.keys(ar).some((key) => named.test(key)));
    expect(missing.map(({ key }) => key)).toEqual([]);
    expect(patterns.length).toBeGreaterThan(100);
  });

  it('are all used', () => {
    expect(Object.keys(ar).filter((key) => !patterns.some(({ named }) => named.test(key)))).toEqual([]);
  });

  it('take the same values in both languages', () => {
    const names = (text: string) => [...new Set(variables(compileTemplate(text)).map(({ name }) => name))].sort();
    for (const [key, text] of Object.entries(ar)) expect([key, names(en[key] ?? '')]).toEqual([key, names(text)]);
  });

  it('name every refusal of the API, every notice and every act of the audit', () => {
    const closed = (file: string, type: string) => {
      const body = new RegExp(`type ${type} =([^;]+);`).exec(readFileSync(file, 'utf8'))?.[1] ?? '';
      const words = [...body.matchAll(/'([^']+)'/g)].map(([, word]) => word);
      expect(words.length).toBeGreaterThan(3);
      return words;
    };
    const wanted = [
      ...closed('src/staff/answers.ts', 'Refusal').map((code) => `console.error.${code}`),
      ...closed('src/staff/audit.ts', 'AuditAct').map((act) => `console.audit.act.${act}`),
      ...closed('src/conversation/desk-audit.ts', 'DeskAct').map((act) => `console.audit.act.${act}`),
    ];
    expect(wanted.filter((key) => ar[key] === undefined)).toEqual([]);
  });
});
