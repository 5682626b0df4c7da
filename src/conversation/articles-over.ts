// Tells staff, once each, of articles whose last day is over: they are no longer given to anybody.
import { isOver } from '../inquiries/index.js';
import type { House } from './house.js';

/** Writes a notice for every article that is over and was not told of; the log names it and its owner. */
export async function tellOfOver({ store, finder, now, log }: House): Promise<void> {
  for (const article of finder.articles) {
    if (!isOver(article, now())) continue;
    const { id, validUntil = '', owner = '' } = article;
    const notice = { kind: 'article_over' as const, conversation: null, caseNumber: null, at: now() };
    // Its id carries the day: a renewed article that runs out again is told of again.
    const added = await store.notices.add({ id: `article_over.${id}.${validUntil}`, ...notice });
    if (added) log('article.over', { article: id, owner, day: validUntil });
  }
}
