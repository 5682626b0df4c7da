/** What people write at a question that takes their words, and that is no answer to it. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/engine/prepare.js';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const consent = '  - { id: agree, consent: { en: "Agree?" }, version: "1", class: personal, on: { no: declined } }\n';
const question = (id: string, answer: string) =>
  `  - { id: ${id}, ask: { en: "The ${id}?" }, short: { en: ${id} }, answer: ${answer}, class: personal }\n`;
const declining = ends.replace('  saved:', '  declined: { say: { en: "Nothing is kept." } }\n  saved:');
const set = flowSet({
  main: `${head('main')}steps:\n${consent}${question('full name', 'name').replace('id: full name', 'id: full')}${question('need', 'text')}${declining}`,
});

describe('a wish to correct', () => {
  it('is asked back where it was typed for a name', () => {
    const person = new FlowPerson(set).say('hello', 'yes', 'edit the thing above');
    expect(person.session?.pending).toMatchObject({ about: 'word', word: 'edit' });
    expect(person.answers).not.toHaveProperty('full');
  });

  it('takes the consent up again by its name, and what was agreed to no more is not kept', () => {
    const person = new FlowPerson(set).say('hello', 'yes', 'edit engine.consent.name').tap('engine.word.command');
    expect(person.texts).toEqual(['Agree?']);
    person.say('no');
    expect(person.texts).toContain('Nothing is kept.');
    expect(person.session?.stack).toEqual([]);
  });

  it('is asked back at the very question that it names, and then puts that question', () => {
    const person = new FlowPerson(set).say('hello', 'yes', 'Sara Saad', 'edit need');
    expect(person.answers).not.toHaveProperty('need');
    expect(person.tap('engine.word.command').texts).toEqual(['The need?']);
  });

  it('is an answer where it names nothing that was asked', () => {
    const person = new FlowPerson(set).say('hello', 'yes', 'Sara Saad', 'change of a knee joint');
    expect(person.submission).toMatchObject({ answers: { need: 'change of a knee joint' } });
  });
});

describe('a question where a name was asked for', () => {
  it.each(['why do you want my name', 'ليش تبون اسمي', 'لماذا تسألون عن الاسم'])('is not the name: %s', (text) => {
    const asking = prepare({
      ...set.set,
      words: { ...set.set.words, asking: { en: ['why'], ar: ['ليش', 'لماذا'] } },
    });
    const person = new FlowPerson(asking).say('hello', 'yes', text);
    expect(person.last.read.as).toBe('wrong');
    expect(person.answers).not.toHaveProperty('full');
    expect(person.say('Sara Saad').answers).toMatchObject({ full: 'Sara Saad' });
  });
});
