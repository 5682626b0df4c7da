/** Staff fill a flow for a person: begun by them, never given up, each answer corrected by its name, seen as a form. */
import { describe, expect, it } from 'vitest';
import { formOf } from '../../src/engine/form.js';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const ask = (id: string, type: string, more = '') =>
  `  - id: ${id}\n    ask: { en: "The ${id}?" }\n    short: { en: ${id} }\n    answer: ${type}\n    class: personal\n    ${more}\n`;
const set = flowSet({
  menu: `${head('menu')}steps:\n${ask('wish', 'text', 'min: 2')}${ends}`,
  aid: `${head('aid')}steps:
  - { id: agree, consent: { en: "Agree?" }, short: { en: Consent }, version: "1", class: personal, on: { no: staff } }
${ask('name', 'name')}${ask('age', 'number', 'optional: true')}  - id: kind
    ask: { en: "Which kind?" }
    short: { en: Kind }
    choices:
      - { id: drug, label: { en: Medicine }, hint: { en: monthly } }
      - { id: device, label: { en: Device } }
    class: personal
  - { id: truth, declaration: { en: "Sign: {name}" }, signs: name, short: { en: Declaration }, version: "1", class: personal }
${ends}`,
});
const BY = { kind: 'staff', by: 'staff-1', name: 'Hind' } as const;
const begun = () => {
  const person = new FlowPerson(set);
  person.context = { attended: true, channel: 'desk' };
  return person.do({ ...BY, act: 'begin', flow: 'aid', language: 'en' });
};
const form = (person: FlowPerson) => formOf(set, person.session!, person.now)!;

describe('a flow filled at the desk', () => {
  it('begins at its first question, whatever was under way, and waits as long as any', () => {
    const person = begun();
    expect(form(person)).toMatchObject({ flow: 'aid', answers: [], question: { kind: 'consent', step: 'agree' } });
    expect(person.last.due?.kind).toBe('silence');
    person.do({ ...BY, act: 'begin', flow: 'nowhere', language: 'en' });
    expect(person.last.effects).toEqual([]);
    expect(form(person).question?.step).toBe('agree');
  });

  it('asks a wrong answer again as often as it takes', () => {
    const person = begun().say('yes');
    for (let tries = 0; tries < 9; tries++) person.say('12345');
    expect(person.session!.hold).toBeUndefined();
    expect(form(person).question?.step).toBe('name');
    const alone = new FlowPerson(set).do({ ...BY, act: 'begin', flow: 'aid', language: 'en' }).say('yes');
    alone.say('12345', '12345', '12345');
    expect(alone.session!.hold).toBeDefined();
  });

  it('shows each answer with its name, and the waiting question with what it takes', () => {
    const person = begun().say('yes').say('Sara Ahmed Ali');
    expect(form(person).question).toMatchObject({ step: 'age', type: 'number', options: [], signs: null });
    expect(form(person).question?.skip).toMatch(/\/age\/skipped$/);
    person.do({ kind: 'message', choice: form(person).question!.skip! });
    const { answers, question } = form(person);
    expect(answers.map(({ name, value, correctable }) => [name, value, correctable])).toEqual([
      ['agree', expect.any(String), false],
      ['name', 'Sara Ahmed Ali', true],
      ['age', expect.any(String), true],
    ]);
    expect(question?.options.map(({ label, hint }) => [label, hint])).toEqual([
      ['Medicine', 'monthly'],
      ['Device', undefined],
    ]);
    person.do({ kind: 'message', choice: question!.options[1]!.id });
    expect(form(person).question).toMatchObject({ kind: 'declaration', type: 'declaration', signs: 'Sara Ahmed Ali' });
  });

  it('takes an answer up again by its name and comes back to where it stood', () => {
    const person = begun().say('yes').say('Sara Ahmed Ali', '40');
    person.do({ ...BY, act: 'correct', field: 'name' });
    expect(form(person).question?.step).toBe('name');
    expect(form(person).answers.map(({ name }) => name)).toContain('age');
    person.say('Sara Ahmed Saleh');
    expect(form(person)).toMatchObject({ question: { step: 'kind' } });
    expect(form(person).answers.find(({ name }) => name === 'name')?.value).toBe('Sara Ahmed Saleh');
    person.do({ ...BY, act: 'correct', field: 'nothing' });
    expect(form(person).question?.step).toBe('kind');
    expect(person.texts).toHaveLength(1);
  });

  it('is over with its number', () => {
    const person = begun().say('yes').say('Sara Ahmed Ali', '40', 'Device', 'Sara Ahmed Ali');
    expect(person.submission).toMatchObject({ flow: 'aid', declaration: { name: 'Sara Ahmed Ali' } });
    expect(formOf(set, person.session!, person.now)).toBeNull();
  });
});
