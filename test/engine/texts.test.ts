/** No text is missing where the code says it, and none stands in flows/texts that nothing says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const sources = new Map(
  ['src', 'channels'].flatMap(filesUnder).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);
const texts = ['ar', 'en'].map((language) => keysOf(`flows/texts/${language}.yaml`));

/** Every key that code puts together, and what may stand in the gap. A template that is not here fails a test. */
const templates: Readonly<Record<string, () => string[]>> = {
  'edge.${key}': edgeKeys,
  'answers.${step.answer}.${reading.wrong}': answerKeys,
  'engine.stars.${score}': () => [1, 2, 3, 4, 5].map((score) => `engine.stars.${score}`),
  // A channel without a name of its own is called "another channel".
  'engine.channel.${channel}': () =>
    readdirSync(join(root, 'channels'))
      .map((folder) => `engine.channel.${folder}`)
      .filter((key) => texts.every((keys) => keys.has(key))),
};

describe('texts of engine, edge and answers', () => {
  it('knows every template of a key', () => {
    const there = found(/`((?:engine|edge|answers)\.[^`]*\$\{[^`]*)`/g);
    // Whatever it is called where it is said, it is the reason of a refusal at the edge.
    const known = there.map((key) => key.replace(/^edge\.\$\{[a-z.]+\}$/, 'edge.${key}'));
    expect(new Set(known)).toEqual(new Set(Object.keys(templates)));
  });

  it('finds keys and reasons in the code at all', () => {
    for (const keys of Object.values(templates)) expect(keys().length).toBeGreaterThan(2);
    expect(said()).toContain('engine.wrong.choice');
    expect(said()).toContain('answers.saudi_id.checksum');
    expect(said()).toContain('answers.rating.unclear');
  });

  it.each(['ar', 'en'])('has all of them in %s', (language) => {
    const there = texts[language === 'ar' ? 0 : 1] ?? new Set();
    expect([...said()].filter((key) => !there.has(key))).toEqual([]);
  });

  it('has none that nothing says', () => {
    const used = said();
    expect(texts.flatMap((keys) => [...keys]).filter((key) => !used.has(key))).toEqual([]);
  });
});

/** Keys written out, and keys put together. */
function said(): Set<string> {
  const written = found(/['"]((?:engine|edge|answers)\.[a-z_]+(?:\.[a-z_]+)*)['"]/g);
  return new Set([...written, ...Object.values(templates).flatMap((keys) => keys())]);
}

/** Why something was refused at the edge. */
function edgeKeys(): string[] {
  return found(/\brefused: '([a-z_]+)'/g).map((key) => `edge.${key}`);
}

/** For each answer type the reasons that its file, or a helper it imports, may give. */
function answerKeys(): string[] {
  const types = [...sources].flatMap(([path, source]) => {
    const name = /^ {2}name: '([a-z_]+)',$/m.exec(source)?.[1];
    return path.startsWith('src/engine/answers/') && name !== undefined ? [{ name, source }] : [];
  });
  const typeSources = new Set(types.map(({ source }) => source));
  return types.flatMap(({ name, source }) =>
    [source, ...helpers(source, typeSources)].flatMap(reasons).map((reason) => `answers.${name}.${reason}`),
  );
}

/** The helper files that a source imports; of another answer type only the functions that it takes. */
function helpers(source: string, types: ReadonlySet<string>): string[] {
  return [...source.matchAll(/import \{ ([^}]+) \} from '\.\/([a-z-]+)\.js'/g)].flatMap(([, names = '', file]) => {
    const helper = sources.get(`src/engine/answers/${file ?? ''}.ts`) ?? '';
    if (!types.has(helper)) return [helper];
    return names.split(', ').map((name) => bodyOf(name, helper));
  });
}

function bodyOf(name: string, source: string): string {
  const from = source.indexOf(`export function ${name}(`);
  return from < 0 ? '' : source.slice(from, source.indexOf('\n}', from));
}

/** `wrong: 'none'`, `wrong: a ? 'short' : 'long'`. */
function reasons(source: string): string[] {
  return [...source.matchAll(/\bwrong: ([^,}\n]+)/g)].flatMap(([, value = '']) =>
    [...value.matchAll(/'([a-z_]+)'/g)].map(([, reason = '']) => reason),
  );
}

function found(pattern: RegExp): string[] {
  return [...sources.values()].flatMap((source) => [...source.matchAll(pattern)].map(([, key = '']) => key));
}

function keysOf(path: string): Set<string> {
  const all = Object.keys(parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>);
  return new Set(all.filter((key) => /^(engine|edge|answers)\./.test(key)));
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}
