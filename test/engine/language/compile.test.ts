/** What the compiler makes of a pack. */
import { describe, expect, it } from 'vitest';
import { compileForTest, testCharity, tryCompile } from '../../support/compile.js';
import { loadSet, FlowSetError } from '../../../src/engine/language/index.js';

const aid = `
flow: aid
title: { ar: طلب, en: Aid }
on_wrong_answer: { tries: 3, go: staff }
on_silence: { after: 20h, go: saved }
steps:
  - id: consent
    consent: { ar: توافق؟, en: Agree? }
    version: "1"
    class: personal
    on: { no: declined }
  - id: kind
    ask: { ar: النوع؟, en: Kind? }
    short: { ar: اسم, en: Short }
    choices: charity.aid_types
    class: sensitive
  - id: hospital
    only_if: { charity.health: yes }
    ask: { ar: المستشفى؟, en: Hospital? }
    short: { ar: اسم, en: Short }
    answer: text
    min: 2
    optional: true
    class: sensitive
  - id: gift
    only_if: { charity.donations: yes }
    say: { ar: هدية, en: Gift }
  - id: papers
    each: charity.papers
    item_for: kind
    short: { ar: "{item.label}", en: "{item.label}" }
    ask: { ar: "أرسل {item.label}\\n{item.hint}\\nشكرًا", en: "Send {item.label}\\n{item.hint}\\nThanks" }
    answer: file
    class: sensitive
    on_silence: { after: 2h, go: staff }
  - id: check
    review: [kind, hospital, papers]
    ask: { ar: صحيح؟, en: Right? }
    class: sensitive
  - id: file_it
    submit: case/aid-request
ends:
  done: { say: { ar: "رقمك {number}", en: "Number {number}" } }
  staff: { handoff: true, say: { ar: موظف, en: Staff } }
  saved: { park: true }
  declined: {}
`;

describe('compiling a pack', () => {
  const set = compileForTest({ aid });
  const steps = new Map(set.flows['aid']?.steps.map((step) => [step.id, step]));

  it('fills lists, exits and options in', () => {
    expect([...steps.keys()]).toEqual([
      'consent',
      'kind',
      'hospital',
      'papers_id_card',
      'papers_report',
      'check',
      'file_it',
    ]);
    expect(steps.get('kind')).toMatchObject({
      answer: 'choice',
      choices: [{ id: 'surgery' }, { id: 'devices' }],
      wrong: { tries: 3, go: 'staff' },
      silence: { after: 72_000_000, go: 'saved' },
    });
    expect(steps.get('hospital')).toMatchObject({ options: { min: 2 }, optional: true });
    expect(steps.get('hospital')).not.toHaveProperty('onlyIf');
  });

  it('writes an each-step out, with the item in its words and its condition', () => {
    expect(steps.get('papers_id_card')).toMatchObject({
      ask: { ar: 'أرسل الهوية\nشكرًا', en: 'Send ID card\nThanks' },
      silence: { after: 7_200_000, go: 'staff' },
    });
    expect(steps.get('papers_id_card')).not.toHaveProperty('optional');
    expect(steps.get('papers_report')).toMatchObject({
      ask: { en: 'Send Report\nRecent\nThanks' },
      onlyIf: [{ name: 'kind', in: ['surgery'] }],
      optional: true,
    });
    expect(steps.get('check')).toMatchObject({ fields: ['kind', 'hospital', 'papers_id_card', 'papers_report'] });
  });

  it('has the same hash for the same words, and another for others', () => {
    expect(compileForTest({ aid }).hash).toBe(set.hash);
    expect(compileForTest({ aid: aid.replace('Agree?', 'Do you agree?') }).hash).not.toBe(set.hash);
  });

  it('survives JSON, and refuses what was changed since', () => {
    const json = JSON.stringify(set);
    expect(loadSet(json)).toEqual(set);
    expect(() => loadSet(json.replace('Agree?', 'Agreed?'))).toThrow(new FlowSetError('hash'));
    expect(() => loadSet(json.replace('"version":1', '"version":2'))).toThrow(new FlowSetError('version'));
    expect(() => loadSet('{')).toThrow(new FlowSetError('not_json'));
  });
});

describe('what a charity does not have', () => {
  const charity = (papers: string): string => `
id: test
name: { ar: جمعية, en: Charity }
zone: Asia/Riyadh
languages: [ar, en]
start: aid
decision_min_days: 14
handoff_deadline: 2h
flags: { health: no, donations: yes }
aid_types: []
papers: ${papers}
`;

  it('leaves out questions without a list, and all that hangs on them', () => {
    const papers = '[{ id: report, label: { ar: ت, en: R }, for: [surgery] }, { id: card, label: { ar: هـ, en: C } }]';
    const another = { 'flows/charities/other/charity.yaml': testCharity };
    const set = compileForTest({ aid }, { charity: charity(papers), files: another });
    expect(set.flows['aid']?.steps.map((step) => step.id)).toEqual([
      'consent',
      'gift',
      'papers_card',
      'check',
      'file_it',
    ]);
  });

  it('leads jumps to what follows a step that is left out', () => {
    const jumping = aid.replace('    on: { no: declined }', '    on: { no: declined, yes: kind }');
    const set = compileForTest({ aid: jumping }, { charity: charity('[]') });
    const [consent] = set.flows['aid']?.steps ?? [];
    expect(consent).toMatchObject({ on: { yes: 'gift' } });
    expect(set.flows['aid']?.steps.map((step) => step.id)).toEqual(['consent', 'gift', 'check', 'file_it']);
  });
});

describe('a flow of one charity only', () => {
  const gift = (rest: string): string => `
flow: gift
title: { ar: هدية, en: Gift }
policy: [channel-letters@hello]
steps:
  - { id: hello, only_if: { charity.donations: yes }, say: { ar: شكرًا, en: Thanks } }
ends: { done: {} }
${rest}`;
  const menu = (condition: string): string => `
flow: menu
title: { ar: القائمة, en: Menu }
on_wrong_answer: { tries: any }
on_silence: { after: 20h, go: done }
steps:
  - id: service
    ask: { ar: ماذا؟, en: What? }
    choices:
      - { id: gift, ${condition}label: { ar: هدية, en: Gift }, go: flow/gift }
      - { id: end, label: { ar: لا شيء, en: Nothing } }
    class: public
ends: { done: {} }
`;

  it('is left out elsewhere, with the choices that lead to it', () => {
    const set = compileForTest({ menu: menu('only_if: { charity.donations: yes }, '), gift: gift('') });
    expect(Object.keys(set.flows)).toEqual(['menu']);
    const step = set.flows['menu']?.steps[0];
    expect(step?.kind === 'ask' && step.choices?.map(({ id }) => id)).toEqual(['end']);
  });

  it('is a finding where a jump still leads to it', () => {
    const { findings } = tryCompile({ menu: menu(''), gift: gift('') });
    expect(findings.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'flows/menu.yaml:10 unknown_flow',
    ]);
  });
});
