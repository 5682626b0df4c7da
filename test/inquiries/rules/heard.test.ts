// Every row of every table through all that the product hears with: phrases, both trained ears, and which of them yields to which.
import { describe, expect, test } from 'vitest';
import { ruleFor } from '../../../src/conversation/ruled.js';
import { prepare } from '../../../src/engine/prepare.js';
import { dangersIn } from '../../../src/engine/read/danger.js';
import { houseOf } from '../../support/houses.js';
import { table } from './table.js';

/** Counter-phrasings that sound so much like opting out that people are asked: no more than these, and none is obeyed. */
const MOST_ASKED = 8;
/** Beside danger these are answered, or asked about, all the same. */
const BESIDE_DANGER = ['fraud', 'medical-advice', 'opt-out'];

/** Whoever takes leave, and names messages beside it. */
const CRIES_BESIDE = [
  'شيلوا رقمي من قائمتكم، بكرة ما راح تلقوني',
  'لا ترسلون لي رسائل ما بقى لي عيشة',
  'خلاص لا ترسلون لي شي انا ماشي من هالدنيا',
  'وقفوا رسايلكم ما عاد ابي شي من هالدنيا',
];

describe.each(['safe-treatment', 'qutoof'])('%s', (charity) => {
  const house = houseOf(charity);
  const prepared = prepare(house.set);

  function heard(text: string): { dangers: string[]; rule: string; exact: boolean } {
    const { danger, rule } = ruleFor(house, { kind: 'message', text });
    const sounds = danger && { kind: danger.outcome, sure: danger.values?.['sure'] === 'yes' };
    return {
      dangers: dangersIn(prepared, text, sounds).map(({ kind }) => kind),
      rule: rule?.outcome ?? 'none',
      exact: rule?.values?.['sure'] === 'yes',
    };
  }
  const shown = (text: string): string => `${text}: ${heard(text).rule} ${heard(text).dangers.join()}`;

  describe.each([
    ['danger-medical', 'medical'],
    ['danger-self-harm', 'self_harm'],
    ['danger-violence', 'violence'],
  ])('%s', (name, kind) => {
    const rows = table(name);

    test('every cry is heard', () => {
      const missed = rows.filter(({ text, meant }) => meant && !heard(text).dangers.includes(kind));
      expect(missed.map(({ text }) => shown(text))).toEqual([]);
    });

    test('every counter-phrasing is calm', () => {
      const taken = rows.filter(({ text, meant }) => !meant && heard(text).dangers.length > 0);
      expect(taken.map(({ text }) => shown(text))).toEqual([]);
    });
  });

  describe.each(['fraud', 'opt-out', 'person', 'medical-advice', 'insult', 'noise', 'case-number'])('%s', (kind) => {
    const rows = table(kind);

    test('every phrasing is obeyed, or answered after the safety text', () => {
      const missed = rows.filter(({ text, meant }) => {
        const { rule, dangers, exact } = heard(text);
        const beside = exact && BESIDE_DANGER.includes(rule);
        return meant && (rule !== kind || (dangers.length > 0 && !beside));
      });
      expect(missed.map(({ text }) => shown(text))).toEqual([]);
    });

    test('no counter-phrasing is', () => {
      const taken = rows.filter(({ text, meant }) => !meant && heard(text).rule === kind);
      expect(taken.map(({ text }) => shown(text))).toEqual([]);
    });
  });

  test.each(CRIES_BESIDE)('a cry that only the ear knows is heard beside exact words: %s', (text) => {
    expect(heard(text).dangers).toEqual(['self_harm']);
  });

  test('what is heard faintly is added to few phrasings of a rule that says what the words are for', () => {
    const drowned = ['fraud', 'medical-advice', 'opt-out'].flatMap((kind) =>
      table(kind).filter(({ text, meant }) => meant && heard(text).dangers.length > 0),
    );
    // Of half of these the ear is sure (a rash, a pressure that falls or soars), of the others less faint than of cries that name messages.
    expect(drowned.length).toBeLessThanOrEqual(6);
  });

  test('few who want something else are asked whether our messages should stop', () => {
    const asked = table('opt-out').filter(({ text, meant }) => !meant && heard(text).rule === 'perhaps-opt-out');
    expect(asked.length).toBeLessThanOrEqual(MOST_ASKED);
  });
});
