/** Reads the clauses of the charities' policies, and the tags of flows and articles that say what they serve. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { SourceFile } from '../../src/engine/language/index.js';
import type { Said } from '../pack-files.js';

export const policiesPath = 'flows/policies.yaml';

/** What a charity's policy says; `line` is that of the adopted text. */
const quote = z.strictObject({ line: z.int().min(1), text: z.string().min(1) });
const screen = z.strictObject({ name: z.string(), source: z.string(), test: z.string() });
const known = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  about: z.string().min(1),
  screens: z.array(z.string()).default([]),
  partly: z.string().optional(),
});
const whole = z.strictObject({
  policies: z.record(z.string(), z.looseObject({ title: z.string() })),
  screens: z.record(z.string(), screen),
  clauses: z.array(z.looseObject({ id: z.string() })),
});

export type Screen = z.infer<typeof screen>;
export interface Clause extends z.infer<typeof known> {
  /** Line in flows/policies.yaml. */
  readonly at: number;
  /** By charity; a charity whose policy lacks the clause is not in it. */
  readonly quotes: ReadonlyMap<string, z.infer<typeof quote>>;
}
export interface Policies {
  /** Titles by charity. */
  readonly titles: ReadonlyMap<string, string>;
  readonly screens: ReadonlyMap<string, Screen>;
  readonly clauses: readonly Clause[];
}

/** One `clause` or `clause@step` under `policy:` of a flow or an article. */
export interface Tag {
  readonly file: string;
  readonly line: number;
  /** The flow's or article's id. */
  readonly of: string;
  readonly clause: string;
  readonly step?: string;
  /** The only charity it can be of; shared flows are of all. */
  readonly charity?: string;
}

/** Undefined when there is no such file: charities need no policy. */
export function readPolicies(files: readonly SourceFile[]): Policies | { findings: Said[] } | undefined {
  const file = files.find(({ path }) => path === policiesPath);
  if (!file) return undefined;
  const counter = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: counter, logLevel: 'silent' });
  if (document.errors[0]) return { findings: [fault(1, document.errors[0].message)] };
  const read = whole.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!read.success) return { findings: read.error.issues.map((issue) => fault(1, said(issue))) };
  const { policies, screens, clauses } = read.data;
  const titles = new Map(Object.entries(policies).map(([charity, { title }]) => [charity, title]));
  const lines = clauses.map((_, index) => {
    const node = document.getIn(['clauses', index], true);
    return isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
  });
  const made = clauses.map((clause, index) => readClause(clause, lines[index] ?? 1, titles));
  const findings = made.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (findings.length > 0) return { findings };
  const sound = made.flatMap((one) => ('fault' in one ? [] : [one]));
  return { titles, screens: new Map(Object.entries(screens)), clauses: sound };
}

function readClause(
  clause: Record<string, unknown>,
  at: number,
  titles: ReadonlyMap<string, string>,
): Clause | { fault: Said } {
  const own = Object.entries(clause).filter(([key]) => titles.has(key));
  const rest = Object.fromEntries(Object.entries(clause).filter(([key]) => !titles.has(key)));
  const head = known.safeParse(rest);
  const quotes = z.record(z.string(), quote).safeParse(Object.fromEntries(own));
  const issue = head.error?.issues[0] ?? quotes.error?.issues[0];
  if (!head.success || !quotes.success) return { fault: fault(at, issue ? said(issue) : 'cannot be read') };
  return { ...head.data, at, quotes: new Map(Object.entries(quotes.data)) };
}

function said(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function fault(line: number, message: string): Said {
  return {
    file: policiesPath,
    line,
    code: 'policies',
    message,
    cure: 'Write id, about, screens, partly, and for each charity { line, text }.',
  };
}

/** Every tag of every flow and article, in the order of the files. */
export function readTags(files: readonly SourceFile[]): Tag[] {
  return files.flatMap((file) => {
    const charity = /^flows\/charities\/([^/]+)\//.exec(file.path)?.[1];
    const flow = /^flows\/(?:charities\/[^/]+\/flows\/)?([^/]+)\.yaml$/.exec(file.path)?.[1];
    const article = /^flows\/charities\/[^/]+\/articles\/([^/]+)\.md$/.exec(file.path)?.[1];
    const of = flow ?? article;
    return of === undefined ? [] : tagsIn(file, of, charity);
  });
}

function tagsIn({ path, text }: SourceFile, of: string, charity: string | undefined): Tag[] {
  const [, list = ''] = /^policy:\s*\[([^\]]*)\]/m.exec(text) ?? [];
  const line = text.slice(0, Math.max(0, text.search(/^policy:/m))).split('\n').length;
  return list
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
    .map((tag) => {
      const [clause = '', step] = tag.split('@');
      return {
        file: path,
        line,
        of,
        clause,
        ...(step !== undefined && { step }),
        ...(charity !== undefined && { charity }),
      };
    });
}
