/** "Income 5000, not 550": the named answer becomes the named value, and nothing else does. */
import { describe, expect, it } from 'vitest';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const ask = (id: string, answer: string, label: string, more = ''): string =>
  `  - { id: ${id}, ask: { en: "Q ${id}?" }, short: { en: "${label}" }, answer: ${answer}, class: personal${more} }\n`;
const set = flowSet({
  main: `${head('main')}steps:
${ask('full', 'name', 'الاسم الكامل')}${ask('phone', 'phone', 'رقم الجوال')}${ask('income', 'money', 'الدخل الشهري')}
  - { id: kind, ask: { en: "Q kind?" }, short: { en: "نوع المساعدة" }, class: personal, choices: [ { id: bed, label: { en: سرير } }, { id: chair, label: { en: كرسي } } ] }
${ask('beds', 'number', 'عدد الأسرّة', ', only_if: { kind: bed }')}${ask('house', 'number', 'عدد الأفراد')}${ask('need', 'text', 'وصف الحاجة')}  - { review: [full, phone, income, kind, beds, house, need], id: check, ask: { en: "Right?" }, class: personal }
${ends}`,
});
const start = (...lines: string[]): FlowPerson =>
  new FlowPerson(set).say('hello', 'سارة محمد', '0551234567', '٥٥٠', 'كرسي', ...lines);
const review = (): FlowPerson => start('٤', 'نحتاج كرسيًا');

describe('a correction by its value', () => {
  it.each([
    'الدخل ٥٠٠٠ وليس ٥٥٠',
    'الدخل الشهري 5000 مو 550',
    'الدخل ليس ٥٥٠ بل ٥٠٠٠',
    'edit الدخل إلى ٥ آلاف',
    'edit الدخل الشهري 5000 ريال',
    'الدخل الشهري: ٥٠٠٠',
    'دخلي ٥٠٠٠ وليس ٥٥٠',
  ])('at the review: %s', (text) => {
    const person = review().say(text);
    expect(person.answers).toMatchObject({ income: 5000, house: 4, phone: '+966551234567' });
    expect(person.texts.join('\n')).toContain('Right?');
    expect(person.texts.join('\n')).not.toContain('Q income?');
  });

  it.each(['الدخل ٥٠٠٠ وليس ٥٥٠', 'edit الدخل إلى ٥٠٠٠', 'الدخل ليس 550 بل 5000'])(
    'in the middle, with the same question after it: %s',
    (text) => {
      const person = start(text);
      expect(person.answers).toMatchObject({ income: 5000 });
      expect(person.answers).not.toHaveProperty('house');
      expect(person.texts.at(-1)).toContain('Q house?');
    },
  );

  it('asks only what depends on it', () => {
    const person = review().say('نوع المساعدة سرير وليس كرسي');
    expect(person.texts.at(-1)).toContain('Q beds?');
    expect(person.say('2').texts.join('\n')).toContain('Right?');
    expect(person.answers).toMatchObject({ kind: 'bed', beds: 2, house: 4, income: 550 });
  });

  it('is asked back where any words are an answer', () => {
    const person = start('٤').say('الدخل ٥٠٠٠ وليس ٥٥٠');
    expect(person.answers).toMatchObject({ income: 550 });
    expect(person.tap(person.options[0]?.label ?? '').answers).toMatchObject({ income: 5000 });
    expect(person.texts.at(-1)).toContain('Q need?');
  });

  it.each([
    ['a value that is none', 'الدخل كثير وليس ٥٥٠'],
    ['a name that nothing bears', 'الراتب ٥٠٠٠ وليس ٥٥٠'],
    ['only what it is not', 'الدخل ليس ٥٥٠'],
    ['a near-miss of a choice', 'نوع المساعدة سريير'],
    ['a name within a sentence', 'جارتي قالت الدخل ٥٠٠٠'],
  ])('changes nothing by %s', (_what, text) => {
    const before = review();
    const { answers } = before;
    expect(before.say(text).answers).toMatchObject({ income: 550, kind: 'chair', phone: answers['phone'] });
  });
});
