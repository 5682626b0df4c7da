/** When staff are back: the next beginning of work, in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, wallClock } from '../../src/engine/hours.js';
import { showOpening } from '../../src/engine/opening.js';
import type { CharityFacts } from '../../src/engine/types.js';
import { pack } from '../support/pack.js';

const { set, texts } = pack('safe-treatment');
/** Sunday to Thursday, 08:00 to 16:00. */
const { charity } = set;
const HOUR = 3_600_000;
const at = (day: number, hour: number) => Date.UTC(2026, 2, day, hour - 3);
const say =
  (language: string) =>
  (key: string, values: Readonly<Record<string, string>> = {}) =>
    (texts[key]?.[language] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

describe('the next beginning of work', () => {
  // The first of March 2026 was a Sunday.
  it.each([
    ['before work', at(1, 7), 'اليوم الساعة 8:00 صباحًا', 'today at 8:00 am'],
    ['in the evening', at(1, 20), 'غدًا الساعة 8:00 صباحًا', 'tomorrow at 8:00 am'],
    ['after midnight', at(2, 1), 'اليوم الساعة 8:00 صباحًا', 'today at 8:00 am'],
    ['before the weekend', at(5, 17), 'يوم الأحد الساعة 8:00 صباحًا', 'on Sunday at 8:00 am'],
    ['on the weekend', at(7, 12), 'غدًا الساعة 8:00 صباحًا', 'tomorrow at 8:00 am'],
  ])('%s', (_, now, ar, en) => {
    expect(isOpen(charity, now)).toBe(false);
    expect(showOpening(charity, now, 'ar', say('ar'))).toBe(ar);
    expect(showOpening(charity, now, 'en', say('en'))).toBe(en);
  });

  it('promises no hour where the charity gives none', () => {
    expect(showOpening({ ...charity, hours: [] }, at(1, 20), 'ar', say('ar'))).toBe('في أقرب وقت');
  });

  it.each([
    [0, '12:00 صباحًا'],
    [12 * 60, '12:00 مساءً'],
    [13 * 60 + 30, '1:30 مساءً'],
  ])('minute %i reads %s', (from, words) => {
    const odd: CharityFacts = { ...charity, hours: [{ day: 2, from, to: from + 60 }] };
    expect(showOpening(odd, at(1, 20), 'ar', say('ar'))).toBe(`يوم الثلاثاء الساعة ${words}`);
  });

  it('is the first moment at which it is open again, whatever the hours', () => {
    const hours = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 6 }),
        from: fc.integer({ min: 0, max: 1_000 }),
        length: fc.integer({ min: 1, max: 400 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 14 * 24 }), (given, hour) => {
        const facts = { ...charity, hours: given.map(({ day, from, length }) => ({ day, from, to: from + length })) };
        const now = at(1, 0) + hour * HOUR;
        fc.pre(!isOpen(facts, now));
        const next = nextOpening(facts, now)!;
        const { minute } = wallClock(facts.zone, now);
        const opens = now + next.days * 24 * HOUR + (next.minute - minute) * 60_000;
        expect(isOpen(facts, opens)).toBe(true);
        for (let moment = now; moment < opens; moment += HOUR / 4) expect(isOpen(facts, moment)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
