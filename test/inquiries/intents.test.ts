// The list of intents names what there is: articles of a pack, flows, flags; and a fault in it is said with its place.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { intentsOf, parseIntents } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const path = 'flows/intents.yaml';
const intents = parseIntents(path, readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8'));
const packs = ['safe-treatment', 'qutoof'].map((name) => pack(name));

describe('the shipped list', () => {
  test('names only articles that a charity has, and flows that one has', () => {
    const articles = new Set(packs.flatMap((one) => one.articles.map(({ id }) => id)));
    const flows = new Set(packs.flatMap(({ set }) => Object.keys(set.flows)));
    expect(intents.flatMap((one) => one.articles ?? []).filter((id) => !articles.has(id))).toEqual([]);
    expect(intents.flatMap((one) => one.flow ?? []).filter((id) => !flows.has(id))).toEqual([]);
  });

  test('gives every intent that is no rule or courtesy an article in each charity that has it', () => {
    const flags = [
      { health: true, endowment: true, letters: true },
      { social: true, tools: true },
    ];
    packs.forEach(({ articles }, at) => {
      const known = new Set(articles.map(({ id }) => id));
      const served = intentsOf(intents, flags[at] ?? {}).filter(({ kind }) => kind === 'article' || kind === 'deed');
      expect(served.filter((one) => !one.articles?.some((id) => known.has(id))).map(({ name }) => name)).toEqual([]);
      expect(served.length).toBeGreaterThanOrEqual(45);
    });
  });

  test('serves every article of both charities by some intent', () => {
    const served = new Set(intents.flatMap((one) => one.articles ?? []));
    const all = packs.flatMap((one) => one.articles.map(({ id }) => id));
    expect([...new Set(all.filter((id) => !served.has(id)))]).toEqual([]);
  });
});

describe('a fault is said with its place', () => {
  const entry = '{ name: about, kind: article, ar: من, en: who }';
  test.each([
    ['a name twice', `intents: [${entry}, ${entry}]`, 'the name "about" stands twice'],
    ['an unknown kind', 'intents: [{ name: about, kind: other, ar: من, en: who }]', 'intents.0.kind'],
    ['an unknown key', 'intents: [{ name: about, kind: rule, ar: من, en: who, also: x }]', 'intents.0'],
    ['no Arabic line', 'intents: [{ name: about, kind: rule, en: who }]', 'intents.0.ar'],
    ['no YAML', 'intents: [', 'flows/intents.yaml'],
    ['nothing', '', 'flows/intents.yaml'],
  ])('%s', (_name, text, said) => {
    expect(() => parseIntents(path, text)).toThrow(said);
  });
});
