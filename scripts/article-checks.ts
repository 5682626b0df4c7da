/** Articles are whole in every language of the pack, and name only facts that the charity has. */
import { heardIn, type Tone } from '../src/engine/language/index.js';
import { compileTemplate, TemplateError, variables } from '../src/engine/text/template.js';
import type { CharityFacts, Language } from '../src/engine/types.js';
import type { Article } from '../src/inquiries/index.js';
import type { Said } from './pack-files.js';

export interface ArticleFile {
  readonly path: string;
  readonly text: string;
  readonly article: Article;
}

export function checkArticle(file: ArticleFile, languages: readonly Language[], charity: CharityFacts): Said[] {
  const { path, article } = file;
  const missing = languages.filter((language) => article.body[language] === undefined);
  return [
    ...missing.map((language) =>
      said(
        path,
        1,
        'missing_language',
        `The article is missing in "${language}".`,
        `Add title, questions and a section "## ${language}".`,
      ),
    ),
    ...[article.title, article.body].flatMap((text) =>
      Object.values(text).flatMap((source) => checkText(file, source, charity)),
    ),
  ];
}

/** How an article speaks. */
export function toneOf({ path, text, article }: ArticleFile, tone: Tone): Said[] {
  return [article.title, article.body].flatMap((spoken) =>
    Object.entries(spoken).flatMap(([language, source]) => {
      const at = text.indexOf(source);
      const line = at === -1 ? 1 : text.slice(0, at).split('\n').length;
      return heardIn(source, language, { file: path, line }, tone);
    }),
  );
}

function checkText(file: ArticleFile, source: string, charity: CharityFacts): Said[] {
  try {
    const unknown = variables(compileTemplate(source)).filter(({ name }) => !isFact(name, charity));
    return unknown.map(({ name }) =>
      said(
        file.path,
        lineOf(file, source, source.indexOf(`{${name}`)),
        'unknown_name',
        `{${name}} is not a fact of the charity.`,
        `Known: name, ${Object.keys(charity.facts).join(', ')}.`,
      ),
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const line = lineOf(file, source, error.offset);
    return [
      said(
        file.path,
        line,
        'template',
        `The text cannot be read: ${error.message}.`,
        'Write {charity.phone}; a brace itself is {{.',
      ),
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

function said(file: string, line: number, code: string, message: string, cure: string): Said {
  return { file, line, code, message, cure };
}
