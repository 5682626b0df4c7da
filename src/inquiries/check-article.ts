/** Articles are whole in every language of the pack, and name only facts that the charity has. */
import { compileTemplate, TemplateError, variables } from '../engine/text/template.js';
import type { CharityFacts, Language } from '../engine/types.js';
import type { Article } from './article.js';
import type { ArticleFinding } from './parse-article.js';

export interface ArticleFile {
  readonly path: string;
  readonly text: string;
  readonly article: Article;
}

export interface CheckedFinding extends ArticleFinding {
  readonly code: 'missing_language' | 'unknown_name' | 'template';
  /** What the finding is about: a language, a name, or what cannot be read. */
  readonly about: string;
}

export function checkArticle(
  file: ArticleFile,
  languages: readonly Language[],
  charity: CharityFacts,
): CheckedFinding[] {
  const { path, article } = file;
  const missing = languages.filter((language) => article.body[language] === undefined);
  return [
    ...missing.map((language) => ({
      ...{ file: path, line: 1, code: 'missing_language' as const, about: language },
      message: `The article is missing in "${language}".`,
      cure: `Add title, questions and a section "## ${language}".`,
    })),
    ...[article.title, article.body].flatMap((text) =>
      Object.values(text).flatMap((source) => checkText(file, source, charity)),
    ),
  ];
}

function checkText(file: ArticleFile, source: string, charity: CharityFacts): CheckedFinding[] {
  try {
    const unknown = variables(compileTemplate(source)).filter(({ name }) => !isFact(name, charity));
    return unknown.map(({ name }) => ({
      ...{ file: file.path, line: lineOf(file, source, source.indexOf(`{${name}`)) },
      ...{ code: 'unknown_name', about: name },
      message: `{${name}} is not a fact of the charity.`,
      cure: `Known: name, ${Object.keys(charity.facts).join(', ')}.`,
    }));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [
      {
        ...{ file: file.path, line: lineOf(file, source, error.offset), code: 'template', about: error.message },
        message: `The text cannot be read: ${error.message}.`,
        cure: 'Write {charity.phone}; a brace itself is {{.',
      },
    ];
  }
}

function isFact(name: string, charity: CharityFacts): boolean {
  if (name === 'charity.name') return true;
  return name.startsWith('charity.') && Object.hasOwn(charity.facts, name.slice('charity.'.length));
}

/** The line of a letter of a text; the first line when the text is not written in one piece. */
function lineOf(file: ArticleFile, source: string, offset: number): number {
  const at = file.text.indexOf(source);
  return at === -1 ? 1 : file.text.slice(0, at + offset).split('\n').length;
}
