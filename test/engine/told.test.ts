/** Several answers in one message: read back, then filed each under its own question, and under no other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const ask = (id: string, answer: string, label: string, more = ''): string =>
  `  - { id: ${id}, ask: { en: "Q ${id}?" }, short: { en: "${label}" }, answer: ${answer}, class: personal${more} }\n`;
const steps = [
  '  - { id: agree, consent: { en: "Agree?" }, version: "1", class: personal, on: { no: saved } }\n',
  ask('full', 'name', 'الاسم الكامل'),
  ask('national', 'saudi_id', 'رقم الهوية', ', class: sensitive').replace('class: personal, ', ''),
  ask('phone', 'phone', 'رقم الجوال'),
  ask('mail', 'email', 'البريد'),
  ask('account', 'iban', 'رقم الحساب'),
  ask('income', 'money', 'الدخل الشهري'),
  ask('house', 'number', 'عدد الأفراد'),
  ask('patient', 'name', 'اسم المريض'),
  ask('patient_id', 'saudi_id', 'رقم هوية المريض', ', only_if: { house: "1" }'),
];
const set = flowSet({ main: `${head('main')}steps:\n${steps.join('')}${ends}` });
const atName = (): FlowPerson => new FlowPerson(set).say('hello', 'yes');
const told = ({ session }: FlowPerson): Record<string, unknown> | undefined =>
  session?.pending?.about === 'told'
    ? Object.fromEntries(session.pending.values.map(({ name, value }) => [name, value]))
    : undefined;

describe('several answers in one message', () => {
  it('are read back, filed after a yes, and not asked again', () => {
    const person = atName().say('اسمي محمد العتيبي ورقمي ٠٥٥١٢٣٤٥٦٧ وعمري ٤٥');
    expect(told(person)).toEqual({ full: 'محمد العتيبي', phone: '+966551234567' });
    expect(person.answers).not.toHaveProperty('full');
    person.say('yes', '1098765439');
    expect(person.texts).toEqual(['Q mail?']);
    expect(person.answers).toMatchObject({ full: 'محمد العتيبي', national: '1098765439', phone: '+966551234567' });
  });

  it('are forgotten by a no, and by anything else', () => {
    const no = atName().say('محمد العتيبي 0551234567', 'no');
    expect(no.texts.at(-1)).toContain('Q full?');
    const else_ = atName().say('محمد العتيبي 0551234567', 'سعد العتيبي', '1098765439');
    expect(else_.texts).toEqual(['Q phone?']);
  });

  it('are never guessed to be confirmed', () => {
    for (const words of ['yess maybe', 'لا أدري', 'نعمم']) {
      const person = atName().say('محمد العتيبي 0551234567', words);
      expect(person.session?.stack[0]?.ahead, words).toBeUndefined();
    }
  });

  it('are known by their form, without a label', () => {
    expect(told(atName().say('محمد العتيبي 1098765439 0551234567 a@b.org SA03 8000 0000 6080 1016 7519'))).toEqual({
      full: 'محمد العتيبي',
      national: '1098765439',
      phone: '+966551234567',
      mail: 'a@b.org',
      account: 'SA0380000000608010167519',
    });
  });

  it.each([
    ['of somebody else', 'هوية والدي 1098765439'],
    ['of a question that is not asked now', 'رقم هوية المريض 1098765439 واسمي محمد العتيبي'],
    ['told twice', 'محمد العتيبي 0551234567 والجوال 0559876543'],
    ['of another kind', 'محمد العتيبي وجوالي 1098765439'],
    ['that is not whole', 'محمد العتيبي وجوالي 055123'],
    ['with a name of another thing before it', 'محمد العتيبي ورقمها 0551234567'],
  ])('are not taken for one %s', (_what, text) => {
    expect(told(atName().say(text)) ?? {}).not.toHaveProperty('national');
    expect(told(atName().say(text)) ?? {}).not.toHaveProperty('phone');
  });

  it('wait for the consent that stands before their question', () => {
    const later = flowSet({
      main: `${head('main')}steps:\n${[steps[1], steps[3], steps[0], steps[2], steps[4]].join('')}${ends}`,
    });
    const person = new FlowPerson(later).say('hello', 'محمد العتيبي 1098765439 0551234567 a@b.org');
    expect(told(person)).toEqual({ full: 'محمد العتيبي', phone: '+966551234567' });
  });

  it('of a called flow come from its caller, and are dropped with the run', () => {
    const called = `${head('part')}steps:\n${steps[4]}ends:\n  done: {}\n  staff: { handoff: true, say: { en: "A" } }\n  saved: { park: true, say: { en: "S" } }\n`;
    const main = `${head('main')}steps:\n${steps[1]}${steps[3]}  - { id: part, call: part }\n${steps[6]}${ends}`;
    const person = new FlowPerson(flowSet({ main, part: called })).say('hello', 'محمد العتيبي a@b.org');
    person.say('yes', '0551234567');
    expect(person.texts).toEqual(['Q income?']);
    expect(person.answers).toMatchObject({ mail: 'a@b.org' });
  });
});

/** Field → its value as typed, and as it should be filed. */
const truths = {
  national: { typed: '1098765439', value: '1098765439', label: 'رقم الهوية' },
  phone: { typed: '٠٥٥١٢٣٤٥٦٧', value: '+966551234567', label: 'جوالي' },
  mail: { typed: 'a.b@example.org', value: 'a.b@example.org', label: 'بريدي الإلكتروني' },
  account: { typed: 'SA0380000000608010167519', value: 'SA0380000000608010167519', label: 'رقم الحساب' },
  income: { typed: '٥٠٠٠ ريال', value: 5000, label: 'دخلي' },
  house: { typed: '6', value: 6, label: 'عدد الأفراد' },
  patient: { typed: 'نورة سعد', value: 'نورة سعد', label: 'اسم المريض' },
} as const;
type Field = keyof typeof truths;
const fields = Object.keys(truths) as Field[];

describe('any mixture of labelled values', () => {
  it('is filed under its own questions, and nothing under another', () => {
    const mixture = fc.tuple(
      fc.shuffledSubarray(fields, { minLength: 1 }),
      fc.array(fc.constantFrom(' و', '، و', '\n', ' ; '), { minLength: 8, maxLength: 8 }),
      fc.constantFrom(' ', ': ', ' هو '),
      fc.constantFrom('', ' وعمري ٤٥', ' ورقم هويتها 1000000016', ' وجوالها 0500000000', '، وشكرا لكم'),
    );
    fc.assert(
      fc.property(mixture, ([chosen, joints, copula, tail]) => {
        const text = chosen
          .map((field, at) => `${joints[at] ?? ' و'}${truths[field].label}${copula}${truths[field].typed}`)
          .join('');
        const person = atName().say(`اسمي محمد العتيبي${text}${tail}`);
        const found = told(person) ?? {};
        for (const [name, value] of Object.entries(found))
          expect(value, text).toBe(name === 'full' ? 'محمد العتيبي' : truths[name as Field].value);
        if (tail === '' || tail.startsWith(' و'))
          expect(Object.keys(found).sort(), text).toEqual(['full', ...chosen].sort());
      }),
      { numRuns: 200 },
    );
  });

  it('finds nothing in words that tell nothing', () => {
    const words = fc.constantFrom(
      'والدي',
      'مريض',
      'هوية',
      'رقم',
      'الملف',
      'في',
      'مستشفى',
      'الرياض',
      '12',
      '1098765438',
      '0412',
      'يوم',
      'الأحد',
      '2026',
      'ألف',
      'من',
      'عند',
      '٣',
      'a@',
      'SA12',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 2, maxLength: 12 }), (all) => {
        expect(Object.keys(told(atName().say(apart(all).join(' '))) ?? {}).filter((name) => name !== 'full')).toEqual(
          [],
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Numbers side by side are one number in groups: of 12, 0412 and 0412 it is somebody's, its check digit included. */
function apart(all: readonly string[]): string[] {
  return all.flatMap((word, at) => (/\p{Nd}/u.test(word) && /\p{Nd}/u.test(all[at - 1] ?? '') ? ['من', word] : [word]));
}
