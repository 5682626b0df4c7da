/** The shipped packs, compiled from flows/ for tests; a fault in them fails every test that uses them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compilePack } from '../../src/engine/language/compile.js';
import type { FlowSet, Text } from '../../src/engine/types.js';
import { parseArticle, type Article } from '../../src/inquiries/index.js';

export interface Pack {
  set: FlowSet;
  articles: Article[];
  texts: Readonly<Record<string, Text>>;
  rules: string;
}

const root = resolve(import.meta.dirname, '../..');
const packs = new Map<string, Pack>();

/** The pack of a charity; compiled once a test file. */
export function pack(charity: string): Pack {
  const known = packs.get(charity) ?? packWith(charity, (_, text) => text);
  packs.set(charity, known);
  return known;
}

/** The same with its files changed. */
export function packWith(charity: string, change: (path: string, text: string) => string): Pack {
  const files = sources('flows').map(({ path, text }) => ({ path, text: change(path, text) }));
  const compiled = compilePack(files, charity, []);
  if (!compiled.set)
    throw new Error(compiled.findings.map((one) => `${one.file}:${one.line} ${one.code} ${one.message}`).join('\n'));
  const articles = compiled.articles.flatMap(({ path, text }) => {
    const parsed = parseArticle(path, text);
    return 'article' in parsed ? [parsed.article] : [];
  });
  const rules = files.find(({ path }) => path === 'flows/rules.yaml')?.text ?? '';
  return { set: compiled.set, articles, texts: compiled.texts, rules };
}

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return sources(path);
    return /\.(yaml|md)$/.test(name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}
