/** Every clause of both policies has something that serves it, and the page that says so is of now. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackFiles } from '../../scripts/pack-files.js';
import { coverPolicies, type Sets } from '../../scripts/policies/coverage.js';
import { pagePath, policiesOf } from '../../scripts/policies/index.js';
import { type Policies, policiesPath, readPolicies, readTags } from '../../scripts/policies/read.js';
import type { SourceFile } from '../../src/engine/language/index.js';
import { pack } from '../support/pack.js';

const root = resolve(import.meta.dirname, '../..');
const files = readPackFiles(root);
const sets: Sets = new Map(['safe-treatment', 'qutoof'].map((charity) => [charity, pack(charity).set]));

describe('the policies', () => {
  it('are served, clause by clause', () => {
    expect(policiesOf(files, sets, root).findings).toEqual([]);
    const { rows } = coverPolicies(sound(files), readTags(files), sets, root);
    expect([...rows].map(([charity, own]) => [charity, own.length])).toEqual([
      ['safe-treatment', 42],
      ['qutoof', 34],
    ]);
  });

  it('stand in a page that is of now', () => {
    expect(
      readFileSync(join(root, pagePath), 'utf8'),
      'npm run flows -- --policies writes docs/policy-coverage.md anew',
    ).toBe(policiesOf(files, sets, root).page);
  });

  it('serve a charity only by what it has', () => {
    const { rows } = coverPolicies(sound(files), readTags(files), sets, root);
    const servers = (charity: string): string[] =>
      (rows.get(charity) ?? []).flatMap((row) => row.servers.map((one) => one.id));
    expect(servers('safe-treatment')).toContain('letter');
    expect(servers('qutoof')).not.toContain('letter');
    const bylaws = rows.get('qutoof')?.find(({ clause }) => clause.id === 'tool-bylaws');
    expect(bylaws?.servers.map(({ id, steps }) => [id, ...steps])).toContainEqual(['documents', 'bylaws']);
  });
});

describe('a fault', () => {
  const clause = (id: string, rest = ''): string =>
    `  - { id: ${id}, about: About, one: { line: 3, text: نص }${rest === '' ? '' : `, ${rest}`} }\n`;
  const yaml = (clauses: string): string =>
    `policies:\n  one: { title: سياسة }\nscreens:\n  inbox: { name: Inbox, source: package.json, test: package.json }\nclauses:\n${clauses}`;
  const flow = (tags: string): SourceFile => ({ path: 'flows/ask.yaml', text: `flow: ask\npolicy: [${tags}]\n` });
  const own: Sets = new Map([
    ['one', { flows: { ask: { id: 'ask', title: {}, steps: [], ends: { done: { id: 'done' } } } } }],
  ]);
  const found = (clauses: string, tags: string): string[] =>
    policiesOf([{ path: policiesPath, text: yaml(clauses) }, flow(tags)], own, root).findings.map(
      ({ file, line, code }) => `${file.replace('flows/', '')}:${line} ${code}`,
    );

  it.each([
    ['nothing', clause('care'), 'care', []],
    ['nothing, by an end', clause('care'), 'care@done', []],
    ['nothing, by a screen', clause('care', 'screens: [inbox]'), '', []],
    ['a clause that nothing serves', clause('care') + clause('speed'), 'care', ['policies.yaml:7 policy_unserved']],
    ['a clause that no policy has', clause('care'), 'care, cure', ['ask.yaml:2 policy_tag']],
    [
      'a step that is not there',
      clause('care'),
      'care@gone',
      ['ask.yaml:2 policy_tag', 'policies.yaml:6 policy_unserved'],
    ],
    ['a screen that is not listed', clause('care', 'screens: [outbox]'), 'care', ['policies.yaml:6 policy_screen']],
    ['a clause without words', '  - { id: care, one: { line: 3, text: نص } }\n', 'care', ['policies.yaml:6 policies']],
    ['a line that is none', clause('care').replace('3', '0'), 'care', ['policies.yaml:6 policies']],
  ])('is found: %s', (_name, clauses, tags, expected) => {
    expect(found(clauses, tags)).toEqual(expected);
  });

  it('is found in a file that is no YAML, and in a screen whose files are gone', () => {
    const broken = policiesOf([{ path: policiesPath, text: 'policies: [' }], own, root).findings;
    expect(broken.map(({ code }) => code)).toEqual(['policies']);
    const moved = { path: policiesPath, text: yaml(clause('care')).replace('source: package.json', 'source: gone.ts') };
    expect(policiesOf([moved, flow('care')], own, root).findings.map(({ message }) => message)).toEqual([
      'The screen "inbox" names gone.ts, which is not there.',
    ]);
  });

  it('is none where there are no policies', () => {
    expect(policiesOf([flow('anything')], own, root)).toEqual({ findings: [] });
  });
});

function sound(from: readonly SourceFile[]): Policies {
  const policies = readPolicies(from);
  if (!policies || 'findings' in policies) throw new Error('the policies cannot be read');
  return policies;
}
