// An article while it is being written, and what lists show of it.
import type { ArticleDraft, ArticleLine } from '../api/types.js';

/** Fewer questions than this are few. */
const FEW = 5;

export function emptyDraft(languages: readonly string[], asked: readonly string[]): ArticleDraft {
  const each = <T>(of: (language: string) => T): Record<string, T> =>
    Object.fromEntries(languages.map((language) => [language, of(language)]));
  const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);
  return {
    title: each(() => ''),
    questions: each((language) => asked.filter((text) => isArabic(text) === (language === 'ar'))),
    body: each(() => ''),
    ...{ audience: [], validUntil: null, owner: null, placeholder: false },
  };
}

export function titleOf({ draft, id }: ArticleLine, language: string): string {
  return draft.title[language] ?? draft.title['ar'] ?? id;
}

export function countOf({ questions }: ArticleDraft): number {
  return Object.values(questions).reduce((sum, all) => sum + all.length, 0);
}

export const FILTERS = ['all', 'written', 'over', 'placeholder', 'few', 'gone'] as const;
export type Filter = (typeof FILTERS)[number];

/** What staff took back is shown only where it is asked for. */
export function passes({ origin, over, draft }: ArticleLine, filter: Filter): boolean {
  if (filter === 'gone' || origin === 'gone') return filter === 'gone' && origin === 'gone';
  if (filter === 'written') return origin !== 'pack';
  if (filter === 'over') return over;
  if (filter === 'placeholder') return draft.placeholder;
  return filter === 'all' || countOf(draft) < FEW;
}

/** Every word that was typed stands somewhere in it, as normalised. */
export function holds({ id, draft }: ArticleLine, words: readonly string[], plain: (text: string) => string): boolean {
  const { title, questions, body, owner } = draft;
  const parts = [id, owner ?? '', ...Object.values(title), ...Object.values(questions).flat(), ...Object.values(body)];
  const all = plain(parts.join('\n'));
  return words.every((word) => all.includes(word));
}
