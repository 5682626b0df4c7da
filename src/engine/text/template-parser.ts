/** Reads the template language into parts, and says exactly where a text is wrong. */
import { PLURAL_FORMS } from './plural.js';
import type { PluralForm } from './plural.js';

export const FILTERS = ['mask', 'shorten'] as const;
export type Filter = (typeof FILTERS)[number];

/** A parsed text. Plain text is a string; the rest are values and plurals. */
export type Template = readonly Part[];
export type Part = string | ValuePart | PluralPart | typeof COUNT;
/** `#` in a plural's branch: the number itself. */
export const COUNT = 0;
export interface ValuePart {
  readonly name: string;
  readonly filters: readonly Filter[];
}
export interface PluralPart {
  readonly count: string;
  /** Branches by plural form, or by `=3` for exactly that number. */
  readonly forms: Readonly<Partial<Record<PluralForm | `=${number}`, Template>>> & { readonly other: Template };
}

/** A fault in a template. `offset` counts UTF-16 units from its beginning. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Parses a whole text. Throws {@link TemplateError}. */
export function parseTemplate(source: string): Template {
  return new Reader(source).parts(false);
}

const SPACE = /\s/;
const NAME = /[A-Za-z_][\w.-]*/y;
const FORM = /(?:=[0-9]+|[a-z]+)/y;

class Reader {
  private at = 0;
  constructor(private readonly source: string) {}

  /** Parts up to the end of the text or, in a plural's branch, up to its closing brace. */
  parts(inBranch: boolean): Part[] {
    const parts: Part[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push(text);
      text = '';
    };
    while (this.at < this.source.length) {
      const sign = this.source[this.at];
      if (sign === '}' && inBranch) break;
      if (sign === '{' && this.source[this.at + 1] !== '{') {
        flush();
        parts.push(this.placeholder());
      } else if (sign === '#' && inBranch) {
        flush();
        parts.push(COUNT);
        this.at += 1;
      } else {
        text += sign ?? '';
        this.at += sign === '{' ? 2 : 1;
      }
    }
    flush();
    return parts;
  }

  private placeholder(): ValuePart | PluralPart {
    const start = this.at;
    this.at += 1;
    const name = this.match(NAME, 'a name must stand after {');
    if (this.skip(',')) return this.plural(name, start);
    const filters: Filter[] = [];
    while (this.skip('|')) filters.push(this.filter());
    if (!this.skip('}'))
      throw new TemplateError(
        this.at < this.source.length ? `a } is missing after ${name}` : 'a { is never closed',
        start,
      );
    return { name, filters };
  }

  private filter(): Filter {
    const offset = this.at;
    const name = this.match(NAME, 'a filter must stand after |');
    const filter = FILTERS.find((known) => known === name);
    if (filter === undefined)
      throw new TemplateError(`there is no filter ${name}; there are ${FILTERS.join(', ')}`, offset);
    return filter;
  }

  private plural(count: string, start: number): PluralPart {
    const word = this.match(NAME, 'the word plural must stand after the comma');
    if (word !== 'plural' || !this.skip(',')) throw new TemplateError(`expected {${count}, plural, …}`, start);
    const forms: Record<string, Template> = {};
    while (!this.skip('}')) this.branch(forms, start);
    const { other, ...rest } = forms;
    if (other === undefined) throw new TemplateError('a plural needs the form other', start);
    return { count, forms: { ...rest, other } };
  }

  private branch(forms: Record<string, Template>, start: number): void {
    this.space();
    if (this.at >= this.source.length) throw new TemplateError('a { is never closed', start);
    const offset = this.at;
    const form = this.match(FORM, 'a plural form must stand here');
    if (!form.startsWith('=') && !PLURAL_FORMS.some((known) => known === form)) {
      throw new TemplateError(`there is no plural form ${form}; there are ${PLURAL_FORMS.join(', ')}`, offset);
    }
    if (form in forms) throw new TemplateError(`the plural form ${form} stands twice`, offset);
    if (!this.skip('{')) throw new TemplateError(`{ must stand after ${form}`, this.at);
    forms[form] = this.parts(true);
    if (!this.skip('}')) throw new TemplateError('a { is never closed', start);
  }

  private match(pattern: RegExp, otherwise: string): string {
    this.space();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined) throw new TemplateError(otherwise, this.at);
    this.at += found.length;
    return found;
  }

  private skip(sign: string): boolean {
    this.space();
    if (this.source[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    while (SPACE.test(this.source[this.at] ?? '')) this.at += 1;
  }
}
