// Answers the reads that flows ask for: a person's own cases, a case by its number, articles.
import type { Found, Language, Need } from '../engine/types.js';
import type { Conversation } from '../store/contract.js';
import { caseByNumber } from './case-by-number.js';
import type { House } from './house.js';
import { ownCase, ownCases } from './own-cases.js';

/** The answer to one need, in the person's language; `outcome` is one of those that engine/types names for the look-up. */
export async function answerNeed(house: House, row: Conversation, language: Language | null, need: Need): Promise<Found> {
  const spoken = language ?? row.language ?? house.texts.languages[0] ?? 'ar';
  switch (need.what) {
    case 'own_cases':
      return ownCases(house, row.address, spoken);
    case 'own_case':
      return ownCase(house, row.address, spoken, need.with.number ?? '');
    case 'case_by_number':
      return caseByNumber(house, row, spoken, need.with.number ?? '', need.with.last_four ?? '');
    case 'articles':
      return articles(house, spoken, need.with);
  }
}

/** A question, or an article that the person picked from those found. */
function articles(house: House, language: Language, parameters: Record<string, string>): Found {
  const { question, article } = parameters;
  if (article !== undefined) {
    const picked = house.finder.article(article, language);
    return picked ? { outcome: 'answered', values: { answer: picked.answer, title: picked.title } } : { outcome: 'none' };
  }
  const found = house.finder.find(question ?? '', language);
  if (found.outcome === 'answered') return { outcome: 'answered', values: { answer: found.article.answer, title: found.article.title } };
  if (found.outcome === 'none') return { outcome: 'none' };
  return { outcome: 'unsure', choices: found.articles.map(({ id, title }) => ({ id, label: title })) };
}
