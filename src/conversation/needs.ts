// Answers the reads that flows ask for: a person's own cases, a case by its number, articles.
import type { Found, Need } from '../engine/types.js';
import type { Conversation } from '../store/contract.js';
import { caseByNumber } from './case-by-number.js';
import type { House } from './house.js';
import { answerLink } from './links.js';
import { makeUploadLink } from './upload-links.js';
import { ownCase, ownCases } from './own-cases.js';
import { answerQuestion } from './questions.js';

/** The answer to one need of the item `turn`, in the language of the turn; `outcome` is one of those that engine/types names for it. */
export async function answerNeed(house: House, row: Conversation, need: Need, turn: string): Promise<Found> {
  const { language } = need;
  const asker = { row, language, turn };
  switch (need.what) {
    case 'own_cases':
    case 'own_open':
    case 'own_decided':
      return ownCases(house, await house.contacts.members(row.address), language, need.what);
    case 'own_case':
      return ownCase(house, await house.contacts.members(row.address), language, need.with.number ?? '');
    case 'case_by_number':
      return caseByNumber(house, row, language, need.with.number ?? '', need.with.last_four ?? '');
    case 'link_code':
    case 'link_check':
    case 'link_use':
    case 'linked':
    case 'link_end':
      return answerLink(house, asker, need.what, need.with);
    case 'upload_link':
      return makeUploadLink(house, row, need.with);
    case 'articles':
      return answerQuestion(house, language, need.with);
  }
}
