/** Finds the files of the packs on disk, and compiles them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compilePack,
  type Compiled,
  type FlowLimits,
  type Placeholder,
  type SourceFile,
} from '../src/engine/language/index.js';
import {
  type Article,
  type ArticleFile,
  checkArticle,
  gatherLessons,
  type Lessons,
  parseArticle,
  parseRules,
  lessonSources,
} from '../src/inquiries/index.js';
import { toneOf } from './article-checks.js';

/** A finding of any kind, as it is printed. */
export interface Said {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly cure: string;
}
export interface CompiledPack extends Omit<Compiled, 'articles' | 'findings' | 'warnings' | 'tone'> {
  readonly articles: readonly Article[];
  /** What the classifier of questions learns from; without it they are only searched for. */
  readonly lessons?: Lessons;
  /** flows/rules.yaml as it is written; without it articles alone answer. */
  readonly rules?: string;
  readonly findings: readonly Said[];
  /** How people are spoken to: told, but no reason to refuse. */
  readonly warnings: readonly Said[];
}

/** Every YAML and Markdown file below `root`/flows, with paths that begin with `flows/`. */
export function readPackFiles(root: string): SourceFile[] {
  const names = readdirSync(join(root, 'flows'), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && /^[^.].*\.(yaml|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(join(root, 'flows').length - 'flows'.length).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The charities that have a folder. */
export function charitiesIn(files: readonly SourceFile[]): string[] {
  const found = files.flatMap((file) => /^flows\/charities\/([^/]+)\//.exec(file.path)?.[1] ?? []);
  return [...new Set(found)].sort();
}

/** The pack of one charity with its articles read. */
export function compileCharity(
  files: readonly SourceFile[],
  charity: string,
  limits: readonly FlowLimits[],
): CompiledPack {
  const compiled = compilePack(files, charity, limits);
  const findings: Said[] = [...compiled.findings];
  const read = new Map<string, ArticleFile>();
  for (const file of compiled.articles) {
    const parsed = parseArticle(file.path, file.text);
    if ('findings' in parsed) findings.push(...parsed.findings.map((finding) => ({ ...finding, code: 'article' })));
    else if (read.has(parsed.article.id)) findings.push(twice(file.path, parsed.article.id));
    else read.set(parsed.article.id, { ...file, article: parsed.article });
  }
  const { set } = compiled;
  if (set) for (const file of read.values()) findings.push(...checkArticle(file, set.languages, set.charity));
  const articles = [...read.values()].map((file) => file.article);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const sources = lessonSources(texts.keys(), charity);
  const taught = gatherLessons((path) => texts.get(path), compiled.flags, articles, sources);
  const rules = texts.get(RULES);
  if (rules !== undefined) findings.push(...faultsOf(rules));
  findings.push(...taught.findings.map((finding) => ({ ...finding, code: 'lesson' })));
  const warnings = [
    ...compiled.warnings,
    ...[...read.values()].flatMap((file) => toneOf(file, compiled.tone)),
    ...taught.warnings.map((finding) => ({ ...finding, code: 'lesson' })),
  ];
  return {
    ...compiled,
    articles,
    ...(taught.lessons && { lessons: taught.lessons }),
    ...(rules !== undefined && { rules }),
    findings,
    warnings,
    placeholders: [...compiled.placeholders, ...unfilled(read.values())],
  };
}

const RULES = 'flows/rules.yaml';

function faultsOf(rules: string): Said[] {
  try {
    parseRules(RULES, rules);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ file: RULES, line: 1, code: 'rules', message, cure: 'Write it as the head of the file tells.' }];
  }
}

function unfilled(files: Iterable<ArticleFile>): Placeholder[] {
  return [...files]
    .filter(({ article }) => article.placeholder)
    .map(({ path, article }) => ({ file: path, line: 1, text: `article ${article.id}` }));
}

function twice(file: string, id: string): Said {
  return {
    file,
    line: 1,
    code: 'duplicate_id',
    message: `There are two articles "${id}".`,
    cure: 'Give one of them another id.',
  };
}
