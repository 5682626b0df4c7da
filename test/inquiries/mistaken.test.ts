// A donor who asks about sponsorship is not taken for a patient in need: where both are likely, the person is asked which.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAdviser, gatherLessons, STRAY, train } from '../../src/inquiries/index.js';
import type { Lessons } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const NAMES = ['sponsorship', 'sponsor', 'donate', 'contact', 'hours', 'volunteer'];
const { articles } = pack('safe-treatment');
const adviser = (() => {
  const { lessons } = gatherLessons((path) => readFileSync(path, 'utf8'), { health: true }, articles);
  if (!lessons) throw new Error('the pack has no lessons');
  const some = (intent: string) => lessons.examples.filter((one) => one.intent === intent);
  const small: Lessons = {
    ...lessons,
    intents: lessons.intents.filter(({ name }) => NAMES.includes(name)),
    examples: [...NAMES, STRAY].flatMap(some),
  };
  return createAdviser(small, train(small), articles, () => 0);
})();

describe('sponsorship', () => {
  it.each(['كفالة مريض', 'أود كفالة مريض شهريا', 'كم مبلغ كفالة المريض', 'عندكم كفالة؟', 'كفالة'])(
    'is asked about: %s',
    (text) => {
      const { outcome, best, others, flow } = adviser.find(text, 'ar');
      expect({ outcome, best, flow }).toEqual({ outcome: 'unsure', best: undefined, flow: undefined });
      expect(others.map(({ id }) => id)).toEqual(expect.arrayContaining(['sponsorship', 'donate']));
    },
  );

  it('is answered at once where a donor says so', () => {
    expect(adviser.find('أبغى أكفل مريض', 'ar').best?.id).toBe('donate');
  });
});
