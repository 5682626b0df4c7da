/** Writes an article as `parse-article.ts` reads it: a Markdown file with a front matter in YAML and one section per language. */
import { stringify } from 'yaml';
import type { Article } from './article.js';

export function writeArticle({ id, title, questions, body, ...more }: Article): string {
  const { audience, validUntil, owner, placeholder } = more;
  const front = stringify(
    {
      ...{ id, title, questions },
      ...(audience && { audience }),
      ...(validUntil !== undefined && { valid_until: validUntil }),
      ...(owner !== undefined && { owner }),
      ...(placeholder === true && { placeholder }),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  const sections = Object.entries(body).map(([language, text]) => `## ${language}\n\n${text}\n`);
  return `---\n${front}---\n\n${sections.join('\n')}`;
}
