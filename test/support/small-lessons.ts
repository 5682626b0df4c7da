/** Lessons so few that a training takes no time: two meanings and two strays. */
import { STRAY, type Lessons } from '../../src/inquiries/index.js';

export const smallLessons: Lessons = {
  intents: [
    { name: 'donate', kind: 'deed', ar: 'التبرع', en: 'Donating', articles: ['donate'], flow: 'donate' },
    { name: 'place', kind: 'article', ar: 'العنوان', en: 'Address', articles: ['contact'] },
  ],
  withheld: [],
  examples: [
    ...['أبغى أدعمكم بمبلغ', 'كيف أتبرع', 'ودي أتصدق عندكم'].map((text) => ({ text, intent: 'donate' })),
    ...['وين موقعكم', 'أين مقركم', 'كيف أوصل لكم'].map((text) => ({ text, intent: 'place' })),
    ...['كم سعر الذهب', 'متى المباراة'].map((text) => ({ text, intent: STRAY })),
  ],
  lexicon: { words: { أريد: ['ابغى'] }, english: ['the'] },
};
