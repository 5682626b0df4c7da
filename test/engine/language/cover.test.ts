/** Ways of small flows, and the search that walks all of them. */
import { describe, expect, it } from 'vitest';
import { playIn } from '../../../scripts/chats/play.js';
import { openHouse } from '../../../scripts/chats/room.js';
import type { Mark } from '../../../scripts/chats/marks.js';
import { coverFlows } from '../../../scripts/flows/cover.js';
import { coverageOf, markKey, missingIn } from '../../../scripts/flows/coverage.js';
import { edgeName, edgesOf } from '../../../scripts/flows/ways.js';
import { compileForTest } from '../../support/compile.js';

const menu = `flow: menu
title: { ar: القائمة, en: Menu }
on_wrong_answer: { tries: 2, go: staff }
on_silence: { after: 20h, go: quiet }
steps:
  - id: service
    ask: { ar: كيف نخدمك؟, en: How can we help? }
    choices:
      - { id: resume, only_if: { draft: yes }, label: { ar: إكمال, en: Go on }, go: resume }
      - { id: aid, label: { ar: مساعدة, en: Aid }, go: flow/aid }
    class: public
ends:
  staff: { handoff: true }
  quiet: {}
`;
const aid = `flow: aid
title: { ar: طلب, en: Aid }
on_wrong_answer: { tries: 2, go: staff }
on_silence: { after: 20h, go: saved }
steps:
  - id: consent
    consent: { ar: توافق؟, en: Agree? }
    version: "1"
    class: personal
    on: { no: declined }
  - id: kind
    ask: { ar: النوع؟, en: Kind? }
    short: { ar: النوع, en: Kind }
    choices: charity.aid_types
    class: sensitive
    on: { devices: name }
  - id: report
    only_if: { kind: surgery }
    ask: { ar: التقرير؟, en: Report? }
    short: { ar: التقرير, en: Report }
    answer: file
    optional: true
    class: sensitive
  - id: note
    only_if: { kind: devices }
    say: { ar: لن يقال, en: Never said }
  - id: name
    ask: { ar: الاسم؟, en: Name? }
    short: { ar: الاسم, en: Name }
    answer: name
    class: personal
  - id: file_it
    submit: case/aid-request
ends:
  done: { then: flow/menu }
  staff: { handoff: true, park: true }
  saved: { park: true }
  declined: { then: flow/menu }
`;
const texts = { ar: 'engine.yes: نعم', en: 'engine.yes: "Yes"' };
const words = {
  'engine.skip': ['تخطي', 'Skip'],
  'engine.consent.agree': ['أوافق', 'I agree'],
  'engine.consent.decline': ['لا أوافق', 'I do not agree'],
  'engine.word.command': ['أقصد الأمر', 'I mean it'],
  'engine.word.answer': ['هي إجابتي', 'It is my answer'],
  'engine.cancel.yes': ['نعم، إلغاء', 'Yes, cancel'],
  'engine.cancel.no': ['لا، نكمل', 'No, go on'],
  'engine.resume.yes': ['نعم، نكمله', 'Yes, go on'],
  'engine.resume.new': ['من جديد', 'From the start'],
  'engine.language.name': ['العربية', 'English'],
};
for (const [key, [ar, en]] of Object.entries(words)) {
  texts.ar += `\n${key}: ${ar ?? ''}`;
  texts.en += `\n${key}: "${en ?? ''}"`;
}
const set = compileForTest({ menu, aid }, { texts });

describe('the ways of a flow', () => {
  const edges = edgesOf(set.flows['aid']!, set).map(edgeName);

  it('are those of answers, order, conditions, exits and ends', () => {
    expect(edges).toEqual(
      expect.arrayContaining([
        'consent → declined',
        'consent → kind',
        'kind → name',
        'kind → report',
        'report → note',
        'report → note (skip)',
        'note → name (pass)',
        'name → staff (wrong)',
        'name → saved (silence)',
        'file_it → done',
        'done → flow/menu (then)',
      ]),
    );
  });

  it('are not those that no answer leads to', () => {
    expect(edges).not.toContain('report → note (pass)');
  });
});

describe('the search', () => {
  const house = openHouse({ set, articles: [] });
  const search = (shown: readonly Mark[]) => coverFlows(house, shown, new Map(), 150);
  const found = search([]);
  const marks = found.flatMap((one) => one.marks);

  it('walks what can be walked, and says what cannot', () => {
    const missing = coverageOf(set, marks).flatMap((cover) => missingIn(cover).map(markKey));
    expect(missing.filter((one) => !one.includes(': question '))).toEqual(['aid: edge note → name']);
  });

  it('writes transcripts that play as they read', () => {
    for (const { text } of found) expect(playIn(house, text).text).toBe(text);
  });

  it('finds the same ones each time, and nothing where all is shown', () => {
    expect(search([]).map(({ text }) => text)).toEqual(found.map(({ text }) => text));
    const again = search(marks);
    expect(again.flatMap((one) => one.marks).length).toBeLessThanOrEqual(marks.length);
    expect(again.every(({ text }) => text.split('\n').length < 40)).toBe(true);
  });
});

describe('what is not a walk', () => {
  const house = openHouse({ set, articles: [] });
  const walked = (...lines: string[]): string[] =>
    playIn(house, ['# charity: test', '# language: en', '', ...lines].join('\n')).marks.flatMap((mark: Mark) =>
      mark.what === 'edge' && mark.flow === 'aid' ? [mark.name] : [],
    );

  it('is going back, being asked back, correcting, or writing something wrong', () => {
    const start = ['> hello', '> [Aid]', '> [I agree]', '> [Surgery]'];
    const before = walked(...start);
    expect(before).toEqual(['consent → kind', 'kind → report']);
    expect(walked(...start, '> back')).toEqual(before);
    expect(walked(...start, '> (sticker)')).toEqual(before);
    expect(walked(...start, '> zzz')).toEqual(before);
    expect(walked(...start, '> edit kind')).toEqual(before);
    expect(walked(...start, '> cancel', '> [No, go on]')).toEqual(before);
    expect(walked(...start, '> [Skip]')).toEqual([...before, 'report → note (skip)', 'note → name (pass)']);
  });
});
