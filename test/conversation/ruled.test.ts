// What exact rules and the ears beside them tell the engine of a message: which of them yields.
import { describe, expect, test } from 'vitest';
import { ruleFor } from '../../src/conversation/ruled.js';
import { parseRules } from '../../src/inquiries/index.js';
import type { HeardDanger, RuledKind } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const rules = parseRules('flows/rules.yaml', pack('safe-treatment').rules);
const told = (text: string, danger?: HeardDanger, ruled?: RuledKind) =>
  ruleFor({ rules, finder: { danger: () => danger, ruled: () => ruled } }, { kind: 'message', text });
const faint: HeardDanger = { kind: 'self_harm', sure: false, faint: true };
const doubt: HeardDanger = { kind: 'self_harm', sure: false, faint: false };
const sure: HeardDanger = { kind: 'self_harm', sure: true, faint: false };

describe('an ear for danger', () => {
  test.each([
    ['لا داعي لمراسلتي بعد اليوم', 'opt-out'],
    ['كم حبة بنادول اخذ في اليوم', 'medical-advice'],
    ['I got a message with a link saying I won aid', 'fraud'],
  ])('that is faint yields to exact words that say what they are for: %s', (text, kind) => {
    expect(told(text, faint)).toEqual({ rule: { outcome: kind, values: { sure: 'yes' } } });
  });

  test.each(['ابي اكلم موظف', 'انتم نصابين', 'هذا رقم طلبي 7304881520969', 'هههههه'])(
    'counts beside a wish for a human, an insult, a number, a sound: %s',
    (text) => {
      expect(told(text, doubt)['danger']).toEqual({ outcome: 'self_harm' });
    },
  );

  test('that is sure yields to none', () => {
    expect(told('كم حبة بنادول اخذ في اليوم', sure)).toEqual({
      danger: { outcome: 'self_harm', values: { sure: 'yes' } },
      rule: { outcome: 'medical-advice', values: { sure: 'yes' } },
    });
  });

  test('yields to no rule that the words only sound like', () => {
    expect(told('احس اني تعبت', doubt, 'medical-advice')).toEqual({
      danger: { outcome: 'self_harm' },
      rule: { outcome: 'medical-advice' },
    });
  });
});

describe('an ear for rules', () => {
  test('is heard where no exact words are; opting out is only asked about', () => {
    expect(told('وش السالفه', undefined, 'insult')).toEqual({ rule: { outcome: 'insult' } });
    expect(told('وش السالفه', undefined, 'opt-out')).toEqual({ rule: { outcome: 'perhaps-opt-out' } });
  });

  test.each<[string, RuledKind]>([
    ['ما ابي اتكلم مع احد بس ابي رساله', 'person'],
    ['لا تنسوني من رسائلكم', 'opt-out'],
    ['ما وصلتني رسائل منكم', 'opt-out'],
    ['i did not get your message', 'opt-out'],
    ['كيف استقبل رسائلكم', 'opt-out'],
  ])('is not believed where exact words excuse it: %s', (text, kind) => {
    expect(told(text, undefined, kind)).toEqual({});
  });
});
