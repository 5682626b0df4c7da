/** Reads an article: a Markdown file with a front matter in YAML and one section per language, `## ar`, `## en`. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import type { Article } from './article.js';

/** A fault in an article's file, with what cures it. Lines count from 1. */
export interface ArticleFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly cure: string;
}

export type ParsedArticle = { article: Article } | { findings: ArticleFinding[] };

const LANGUAGE = /^[a-z]{2,3}$/;
const language = z.string().regex(LANGUAGE);
const words = z.string().trim().min(1);
const frontMatter = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.record(language, words),
  questions: z.record(language, z.array(words).min(1)),
  audience: z.union([words.transform((one) => [one]), z.array(words).min(1)]).optional(),
  valid_until: z.iso.date().optional(),
  owner: words.optional(),
  placeholder: z.boolean().optional(),
  // Clauses of the charity's policy, for docs/policy-coverage.md.
  policy: z.array(words).min(1).optional(),
});
type FrontMatter = z.infer<typeof frontMatter>;

const FENCE = /^---[ \t]*$/;
const SECTION = /^##[ \t]+([a-z]{2,3})[ \t]*$/;

/** Reads one file. Every fault is found at once; an article comes out only when there is none. */
export function parseArticle(path: string, text: string): ParsedArticle {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const end = lines.findIndex((line, at) => at > 0 && FENCE.test(line));
  if (!FENCE.test(lines[0] ?? '') || end < 0) {
    return {
      findings: [
        {
          file: path,
          line: 1,
          message: 'The front matter is missing.',
          cure: 'Begin with a line ---, then id, title and questions, then a line ---.',
        },
      ],
    };
  }
  const front = readFrontMatter(path, lines.slice(1, end).join('\n'));
  const body = readSections(lines, end + 1);
  if ('findings' in front) return front;
  const findings = compare(path, front.data, body, end + 1);
  return findings.length > 0 ? { findings } : { article: assemble(front.data, body) };
}

function readFrontMatter(file: string, source: string): { data: FrontMatter } | { findings: ArticleFinding[] } {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) {
    const findings = document.errors.map(({ message, pos }) => ({
      file,
      line: counter.linePos(pos[0]).line + 1,
      message,
      cure: 'Put texts with a colon, # or quotation marks between quotation marks.',
    }));
    return { findings };
  }
  const parsed = frontMatter.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return { data: parsed.data };
  return { findings: parsed.error.issues.map((issue) => fromIssue(file, issue, document, counter)) };
}

function fromIssue(file: string, issue: z.core.$ZodIssue, document: Document, counter: LineCounter): ArticleFinding {
  const where = issue.path.map(String).join('.') || 'front matter';
  return {
    file,
    line: lineOf(issue.path, document, counter),
    message: `${where}: ${issue.message}`,
    cure: 'Write id, title and questions (each by language), and if wanted audience, valid_until (YYYY-MM-DD), owner, placeholder, policy.',
  };
}

/** The line of the deepest part of the path that is written in the file. */
function lineOf(path: readonly PropertyKey[], document: Document, counter: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line + 1;
  }
  return 1;
}

function readSections(lines: readonly string[], from: number): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines.slice(from)) {
    const heading = SECTION.exec(line)?.[1];
    if (heading === undefined) current?.push(line);
    else sections.set(heading, (current = []));
  }
  return new Map([...sections].map(([name, content]) => [name, content.join('\n').trim()]));
}

function compare(file: string, front: FrontMatter, body: ReadonlyMap<string, string>, line: number): ArticleFinding[] {
  const languages = Object.keys(front.title);
  const noQuestions = languages.filter((name) => front.questions[name] === undefined);
  const noBody = languages.filter((name) => !body.get(name));
  const untitled = [...new Set([...body.keys(), ...Object.keys(front.questions)])].filter(
    (name) => !languages.includes(name),
  );
  return [
    ...noQuestions.map((name) => ({
      file,
      line: 1,
      message: `There are no questions in "${name}".`,
      cure: `Add questions: ${name}: […].`,
    })),
    ...noBody.map((name) => ({
      file,
      line,
      message: `The text in "${name}" is missing.`,
      cure: `Add a section ## ${name} with the answer.`,
    })),
    ...untitled.map((name) => ({
      file,
      line: 1,
      message: `There is no title in "${name}".`,
      cure: `Add title: ${name}: ….`,
    })),
  ];
}

function assemble(front: FrontMatter, body: ReadonlyMap<string, string>): Article {
  const { id, title, questions, audience, valid_until: validUntil, owner, placeholder } = front;
  return {
    id,
    title,
    questions,
    body: Object.fromEntries(body),
    ...(audience && { audience }),
    ...(validUntil !== undefined && { validUntil }),
    ...(owner !== undefined && { owner }),
    ...(placeholder !== undefined && { placeholder }),
  };
}
