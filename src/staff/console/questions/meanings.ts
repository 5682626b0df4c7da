// What a question can mean, as a list to choose from.
import type { Meaning } from '../api/types.js';
import type { Language, Say } from '../words/language.js';

interface Option {
  value: string;
  label: string;
}

/** The model's own guesses first, then all others by title. */
export function meaningOptions(
  meanings: readonly Meaning[],
  guesses: readonly string[],
  language: Language,
  say: Say,
): { group: string; items: Option[] }[] {
  const options = meanings.map((one) => ({ value: one.intent, label: meaningLabel(one, language) }));
  const likely = guesses.flatMap((guess) => options.find(({ value }) => value === guess) ?? []);
  const rest = options.filter((one) => !likely.includes(one)).sort((a, b) => a.label.localeCompare(b.label, language));
  return [
    { group: say('console.questions.likely'), items: likely },
    { group: say('console.questions.others'), items: rest },
  ].filter(({ items }) => items.length > 0);
}

/** The title of the article and what belongs to it. */
export function meaningLabel({ title, about }: Meaning, language: Language): string {
  return `${title[language] ?? title['ar'] ?? ''} — ${about[language] ?? about['ar'] ?? ''}`;
}
