/** Writes the schemas to docs/schema, and the line in each file by which an editor finds its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { schemas } from '../../src/engine/language/schema.js';
import type { SourceFile } from '../../src/engine/language/index.js';

export const schemaFolder = 'docs/schema';

/** Every schema by its path. */
export function schemaFiles(): { path: string; text: string }[] {
  return Object.entries(schemas()).map(([name, schema]) => ({
    path: `${schemaFolder}/${name}.json`,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  }));
}

/** The schema of a file of a pack; none for those that the flow language does not read. */
export function schemaOf(path: string): string | undefined {
  const own = /^flows\/(words|danger|cases|tone)\.yaml$/.exec(path)?.[1];
  if (own !== undefined) return own;
  if (/^flows\/texts\/[a-z-]+\.yaml$/.test(path)) return 'texts';
  if (/^flows\/charities\/[^/]+\/charity\.yaml$/.test(path)) return 'charity';
  if (/^flows\/charities\/[^/]+\/templates\.yaml$/.test(path)) return 'templates';
  if (/^flows\/charities\/[^/]+\/articles\/[^/]+\.md$/.test(path)) return 'article';
  if (/^flows\/(policies|intents|rules|rule-lessons|dialect|kinds|training|alarms|wording)\.yaml$/.test(path)) return undefined;
  return /^flows\/(charities\/[^/]+\/flows\/)?[^/]+\.yaml$/.test(path) ? 'flow' : undefined;
}

/** The comment that editors look for; Markdown has no such thing. */
export function schemaLine(path: string): string | undefined {
  const name = schemaOf(path);
  if (name === undefined || path.endsWith('.md')) return undefined;
  return `# yaml-language-server: $schema=${posix.relative(dirname(path), `${schemaFolder}/${name}.json`)}`;
}

/** Writes all schemas, and the line into files that lack it: under the words that say what the file is for. */
export function writeSchemas(root: string, files: readonly SourceFile[]): void {
  mkdirSync(join(root, schemaFolder), { recursive: true });
  for (const { path, text } of schemaFiles()) writeFileSync(join(root, path), text);
  for (const { path } of files) {
    const line = schemaLine(path);
    if (line === undefined) continue;
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.split('\n').includes(line)) writeFileSync(join(root, path), withLine(text, line));
  }
}

function withLine(text: string, line: string): string {
  const lines = text.split('\n').filter((one) => !one.startsWith('# yaml-language-server:'));
  const first = lines.findIndex((one) => !one.startsWith('#'));
  return [...lines.slice(0, first), line, ...lines.slice(first)].join('\n');
}
