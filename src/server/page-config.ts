// What the conversation page, the launcher and the demo page must know of the charity.
import type { Choice, FlowSet, Language, Text } from '../engine/types.js';

export interface PageConfig {
  charity: { id: string; name: Text };
  languages: readonly Language[];
  /** Origins that may frame the page, besides ours. */
  origins: readonly string[];
  colour: string;
  /** What a person may want to say first: the choices of the start menu. */
  starters: readonly Text[];
  /** The exact words that open the menu and ask for a person, per language. */
  words: { menu: Text; person: Text };
  /** `widget.*` without the prefix. */
  texts: Record<string, Text>;
}

const defaultColour = '#0b6b5d';

export function pageConfig(
  set: FlowSet,
  texts: Readonly<Record<string, Text>>,
  origins: readonly string[],
): PageConfig {
  return {
    charity: { id: set.charity.id, name: set.charity.name },
    languages: set.languages,
    origins,
    colour: colourOf(set),
    starters: starters(set),
    words: { menu: firstWord(set, 'menu'), person: firstWord(set, 'person') },
    texts: withPrefix(texts, 'widget.'),
  };
}

/** Texts below a prefix, without it. */
export function withPrefix(texts: Readonly<Record<string, Text>>, prefix: string): Record<string, Text> {
  const own = Object.entries(texts).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]));
}

/** The pack's fact `colour`, as `#rrggbb`. */
export function colourOf({ charity, languages }: FlowSet): string {
  const given = charity.facts['colour']?.[languages[0] ?? ''] ?? '';
  return /^#[0-9a-f]{6}$/i.test(given) ? given : defaultColour;
}

function starters(set: FlowSet): Text[] {
  const steps = set.flows[set.start]?.steps ?? [];
  const menu = steps.find((step) => step.kind === 'ask' && step.choices !== undefined);
  const choices: readonly Choice[] = menu?.kind === 'ask' ? (menu.choices ?? []) : [];
  return choices.filter((choice) => choice.onlyIf === undefined).map((choice) => choice.label);
}

function firstWord(set: FlowSet, word: 'menu' | 'person'): Text {
  return Object.fromEntries(set.languages.map((language) => [language, set.words[word][language]?.[0] ?? '']));
}

/** The colour as a style sheet, with the ink that reads on it (WCAG contrast). */
export function themeCss(colour: string): string {
  const ink = contrast(luminance(colour), 1) >= 4.5 ? '#ffffff' : '#10201d';
  return `:root{--brand:${colour};--brand-ink:${ink}}\n`;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
