// Approved templates of a pack: read, refused with their line, named by ends, and filled.
import { describe, expect, it } from 'vitest';
import { limits as whatsapp } from '../../../channels/whatsapp/limits.js';
import { fillTemplate, MOST_TEMPLATE, templateFor } from '../../../src/engine/approved.js';
import { compilePack } from '../../../src/engine/language/index.js';
import { prepare } from '../../../src/engine/prepare.js';
import { step } from '../../../src/engine/step.js';
import type { FlowSet, SayEffect } from '../../../src/engine/types.js';
import { testFiles } from '../../support/compile.js';

const menu = `flow: menu
title: { ar: قائمة, en: Menu }
on_wrong_answer: { tries: any }
on_silence: { after: 3d, go: kept }
steps:
  - id: who
    ask: { ar: الاسم؟, en: Name? }
    answer: name
    class: personal
  - id: age
    ask: { ar: العمر؟, en: Age? }
    answer: number
    class: personal
    on_silence: { after: 3d, go: quiet }
ends:
  done: {}
  quiet: { park: true, template: kept_for, say: { ar: حفظنا ما كتبته., en: We kept what you wrote. } }
  kept: { park: true }
`;
const templates = `templates:
  - id: kept_for
    purposes: [end, staff]
    title: { ar: محفوظ, en: Kept }
    name: kept_for_you
    approved: true
    codes: { ar: ar, en: en_US }
    text: { ar: "عزيزنا {{1}}، حفظنا طلبك.", en: "Dear {{1}}, your request is kept." }
    parameters:
      - { id: who, label: { ar: الاسم, en: Name } }
`;
const path = 'flows/charities/test/templates.yaml';

function compile(given: { menu?: string; templates?: string } = {}) {
  const files = testFiles({ menu: given.menu ?? menu }, { files: { [path]: given.templates ?? templates } });
  return compilePack(files, 'test', [whatsapp]);
}
function set(given?: Parameters<typeof compile>[0]): FlowSet {
  const compiled = compile(given);
  if (!compiled.set) throw new Error(JSON.stringify(compiled.findings));
  return compiled.set;
}

describe('templates of a pack', () => {
  it('stand in the set when they are approved', () => {
    expect(set().approved).toEqual({
      kept_for: {
        id: 'kept_for',
        name: 'kept_for_you',
        purposes: ['end', 'staff'],
        title: { ar: 'محفوظ', en: 'Kept' },
        codes: { ar: 'ar', en: 'en_US' },
        text: { ar: 'عزيزنا {{1}}، حفظنا طلبك.', en: 'Dear {{1}}, your request is kept.' },
        parameters: [{ id: 'who', label: { ar: 'الاسم', en: 'Name' } }],
      },
    });
  });

  const faults: [string, string, string, string, number][] = [
    ['a parameter that is not listed', 'حفظنا طلبك.', 'حفظنا طلبك {{2}} لديك.', 'bad_value', 8],
    ['a parameter that is left out', 'Dear {{1}}, your', 'Dear friend, your', 'bad_value', 8],
    ['a parameter at an end', 'Dear {{1}}, your', '{{1}}, your', 'bad_value', 8],
    ['a name that the provider does not take', 'name: kept_for_you', 'name: Kept-For', 'bad_value', 5],
    ['a code that is none', 'en: en_US', 'en: english', 'bad_value', 7],
    ['a purpose that is none', '[end, staff]', '[end, stuff]', 'bad_value', 3],
    ['a language that is missing', ', en: Kept }', ' }', 'missing_language', 4],
    ['what a status does not know', '[end, staff]', '[end, status]', 'unknown_name', 9],
    ['an unknown key', 'approved: true', 'approved: true\n    header: x', 'unknown_key', 7],
    ['no approval', '    approved: true\n', '', 'missing_key', 2],
    ['too many letters', 'your request is kept.', `${'x'.repeat(1100)}.`, 'bad_value', 8],
  ];
  it.each(faults)('refuse %s', (_, from, to, code, line) => {
    expect(templates).toContain(from);
    const { findings } = compile({ templates: templates.replace(from, to) });
    expect(findings.map((one) => `${one.code} ${one.file}:${one.line}`)).toContain(`${code} ${path}:${line}`);
  });

  const named: [string, (given: string) => string, (given: string) => string][] = [
    ['that is not there', (one) => one, (one) => one.replace('template: kept_for', 'template: kept')],
    ['that is not approved', (one) => one.replace('approved: true', 'approved: false'), (one) => one],
    ['that is not for ends', (one) => one.replace('[end, staff]', 'staff'), (one) => one],
    ['whose parameter is not answered there', (one) => one, (one) => one.replace('go: kept }', 'go: quiet }')],
  ];
  it.each(named)('cannot be named by an end: one %s', (_, templatesOf, menuOf) => {
    const { findings } = compile({ templates: templatesOf(templates), menu: menuOf(menu) });
    expect(findings.map(({ file }) => file)).toContain('flows/menu.yaml');
  });
});

describe('a filled template', () => {
  const template = templateFor(set(), 'end');

  it('reads as the person reads it, on one line each', () => {
    expect(template && fillTemplate(template, 'en', { who: ' Sara\n Ali {{1}} ' })).toEqual({
      ...{ id: 'kept_for', name: 'kept_for_you', code: 'en_US', parameters: ['Sara Ali {{1}}'] },
      text: 'Dear Sara Ali {{1}}, your request is kept.',
    });
  });

  it.each([
    ['an empty value', 'en', { who: ' \n ' }],
    ['a missing value', 'en', {}],
    ['a language that it does not speak', 'ur', { who: 'Sara' }],
    ['too many letters', 'en', { who: 'x'.repeat(MOST_TEMPLATE) }],
  ])('is none with %s', (_, language, values) => {
    expect(template && fillTemplate(template, language, values)).toBeUndefined();
  });

  it('goes with the words of the end that names it', () => {
    const prepared = prepare(set());
    let runs = 0;
    const context = { now: 1, ids: { run: () => `r${++runs}`, number: () => '0' } };
    const say = (session: Parameters<typeof step>[1], text: string) =>
      step(prepared, session, { kind: 'message', text, language: 'en' }, context).session;
    const session = say(say(null, 'hello'), 'Sara Ali');
    const { effects } = step(prepared, session, { kind: 'timer', due: 'silence' }, context);
    const said = effects.filter((one): one is SayEffect => one.kind === 'say');
    expect(said).toMatchObject([
      {
        text: 'We kept what you wrote.',
        template: { name: 'kept_for_you', code: 'en_US', parameters: ['Sara Ali'], goes: 'instead' },
      },
    ]);
  });
});
