/** Texts with values in them: `{name}`, `{name|mask}`, `{n, plural, one {# day} other {# days}}`, `{{` for a brace. */
import { isolate, languageDirection } from './direction.js';
import { maskText } from './mask.js';
import { pluralForm } from './plural.js';
import { shorten } from './shorten.js';
import { COUNT, parseTemplate } from './template-parser.js';
import type { Filter, PluralPart, Template, ValuePart } from './template-parser.js';

export { FILTERS, TemplateError } from './template-parser.js';
export type { Filter, Template } from './template-parser.js';

/**
 * Gives the value of a path. A string is filtered here; `{ shown }` is inserted as it is, for a getter that applied the
 * filters itself (an answer type masks better than the general filter). Undefined inserts nothing.
 */
export type Get = (path: string, filters: readonly Filter[]) => string | { readonly shown: string } | undefined;

/** Parses a text once. Throws {@link TemplateError} with the offset of the fault. */
export function compileTemplate(source: string): Template {
  return parseTemplate(source);
}

/**
 * The text with its values, each isolated when its direction differs from the language's. A value is only ever inserted,
 * never read as a template.
 */
export function render(template: Template, get: Get, language: string): string {
  const only = template[0];
  if (template.length === 1 && typeof only === 'string') return only;
  return renderParts(template, get, language, '');
}

/** Every value that a template asks for, in order, plural counts included. */
export function variables(template: Template): { name: string; filters: readonly Filter[] }[] {
  return template.flatMap((part) => {
    if (typeof part === 'string' || part === COUNT) return [];
    if ('name' in part) return [{ name: part.name, filters: part.filters }];
    return [{ name: part.count, filters: [] }, ...Object.values(part.forms).flatMap((form) => variables(form ?? []))];
  });
}

export function applyFilter(filter: Filter, value: string): string {
  return filter === 'mask' ? maskText(value) : shorten(value);
}

function renderParts(template: Template, get: Get, language: string, count: string): string {
  let text = '';
  for (const part of template) {
    if (typeof part === 'string') text += part;
    else if (part === COUNT) text += count;
    else text += 'name' in part ? renderValue(part, get, language) : renderPlural(part, get, language);
  }
  return text;
}

function renderValue(part: ValuePart, get: Get, language: string): string {
  const got = get(part.name, part.filters);
  if (got === undefined) return '';
  const shown =
    typeof got === 'string' ? part.filters.reduce((value, filter) => applyFilter(filter, value), got) : got.shown;
  return isolate(shown, languageDirection(language));
}

function renderPlural(part: PluralPart, get: Get, language: string): string {
  const got = get(part.count, []);
  const count = typeof got === 'object' ? got.shown : (got ?? '');
  const number = Number(count);
  const exact = Number.isFinite(number) ? part.forms[`=${number}`] : undefined;
  const form = count !== '' && Number.isFinite(number) ? pluralForm(number, language) : 'other';
  return renderParts(exact ?? part.forms[form] ?? part.forms.other, get, language, count);
}
