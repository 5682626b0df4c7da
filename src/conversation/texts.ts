// The charity's texts outside of flows, by key and language.
import { applyFilter, compileTemplate, render, type Template } from '../engine/text/template.js';
import type { Language, Text } from '../engine/types.js';

/** Compiled texts; a pack has fewer. */
const MOST_KEPT = 5_000;

export class Texts {
  private readonly templates = new Map<string, Template>();

  /** `languages`: those of the pack, the default first. */
  constructor(
    private readonly texts: Readonly<Record<string, Text>>,
    readonly languages: readonly Language[],
  ) {}

  /** The text in that language or in the pack's first; an unknown key gives itself back. */
  say(key: string, language: Language | null, values: Readonly<Record<string, string | number>> = {}): string {
    const text = Object.hasOwn(this.texts, key) ? this.texts[key] : undefined;
    return text ? this.render(text, language, values) : key;
  }

  /** Any text with its values filled in. */
  render(text: Text, language: Language | null, values: Readonly<Record<string, string | number>> = {}): string {
    const spoken = this.spoken(language);
    const source = text[spoken] ?? text[this.first] ?? '';
    const get = (path: string, filters: readonly Parameters<typeof applyFilter>[0][]): string | undefined => {
      const value = Object.hasOwn(values, path) ? values[path] : undefined;
      return value === undefined
        ? undefined
        : filters.reduce((shown, filter) => applyFilter(filter, shown), String(value));
    };
    return render(this.template(source), get, spoken);
  }

  private get first(): Language {
    return this.languages[0] ?? 'ar';
  }

  /** `ar-SA` speaks `ar`; a language that the pack lacks speaks its first. */
  private spoken(language: Language | null): Language {
    const base = (language ?? '').split('-', 1)[0]?.toLowerCase() ?? '';
    return this.languages.includes(base) ? base : this.first;
  }

  private template(source: string): Template {
    const known = this.templates.get(source);
    if (known) return known;
    // Texts that staff are writing pass through here too: they must not stay for good.
    if (this.templates.size >= MOST_KEPT) this.templates.clear();
    const made = compileTemplate(source);
    this.templates.set(source, made);
    return made;
  }
}
