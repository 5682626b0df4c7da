/** The step function on small flows: how inputs are read, corrected, called and resumed. */
import { describe, expect, it } from 'vitest';
import { compileSources } from '../../bench/compile.js';
import { prepare } from '../../src/engine/prepare.js';
import { groupCaseNumber } from '../../src/engine/text/damm.js';
import { step } from '../../src/engine/step.js';
import { caseNumber as number, ends, FlowPerson, head } from '../support/flow-person.js';

const request = `${head('request')}steps:
  - id: agree
    consent: { en: "May we keep your data?" }
    version: "2"
    class: personal
    on: { no: staff }
  - id: whom
    ask: { en: "For whom?" }
    short: { en: For whom }
    class: personal
    choices:
      - { id: me, label: { en: For me } }
      - { id: other, label: { en: Somebody else }, also: { en: [my mother] } }
  - id: name
    ask: { en: "Your name?" }
    short: { en: Your name }
    answer: name
    class: personal
  - id: patient
    only_if: { whom: other }
    ask: { en: "The patient's name?" }
    short: { en: Patient }
    answer: name
    class: sensitive
  - id: age
    only_if: { whom: other }
    ask: { en: "The patient's age?" }
    short: { en: Age }
    answer: number
    min: 0
    max: 120
    class: sensitive
  - id: more
    call: details
  - id: check
    review: [whom, name, patient, age, need]
    ask: { en: "Is this right?" }
    class: sensitive
  - id: sign
    declaration: { en: "It is true. Sign with your name." }
    signs: name
    version: "1"
    class: personal
${ends}`;
const details = `${head('details')}steps:
  - id: need
    ask: { en: "What is needed?" }
    short: { en: Need }
    answer: text
    min: 5
    max: 200
    class: sensitive
  - id: urgent
    ask: { en: "Is it urgent?" }
    short: { en: Urgent }
    answer: yes_no
    exact: true
    class: sensitive
ends:
  done: {}
  staff: { handoff: true, say: { en: "A person will help." } }
  saved: { park: true, say: { en: "Saved." } }
`;

const prepared = prepare(compileSources({ 'flows/request.yaml': request, 'flows/details.yaml': details }, 'request'));

class Person extends FlowPerson {
  constructor(set = prepared) {
    super(set);
  }
}

const atName = () => new Person().say('hello', 'yes', 'my mother');
const atReview = () => atName().say('Sara Ahmed Ali', 'Nora Saad', '70', 'A wheelchair', 'yes');

describe('reading', () => {
  it('opens with the first question, whatever was said', () => {
    expect(new Person().say('anything').texts).toEqual(['May we keep your data?']);
  });

  it('takes a choice by button, number, digits of any script, label and other word', () => {
    for (const said of ['2', '٢', '۲', 'somebody else', 'SOMEBODY  ELSE', 'my mother', 'somebody els']) {
      expect(new Person().say('hello', 'yes', said).answers.whom).toBe('other');
    }
    expect(new Person().say('hello', 'yes').tap('Somebody else').answers.whom).toBe('other');
  });

  it('never takes a near-miss for consent or a yes or no', () => {
    expect(new Person().say('hello', 'yess').answers.agree).toBeUndefined();
    expect(new Person().say('hello', 'not yes').answers.agree).toBeUndefined();
    const urgent = atName().say('Sara Ahmed Ali', 'Nora Saad', '70', 'A wheelchair', 'yees');
    expect(urgent.answers.urgent).toBeUndefined();
    expect(urgent.texts[0]).toContain('Is it urgent?');
  });

  it('records the consent with its version and time', () => {
    const person = new Person().say('hello', 'yes');
    expect(person.last.effects[0]).toMatchObject({ kind: 'consent', version: '2', given: true, at: person.now });
  });

  it('knows a button of an earlier question and says so', () => {
    const person = new Person().say('hello', 'yes');
    const old = person.options[0]!.id;
    person.tap('For me').do({ kind: 'message', choice: old });
    expect(person.last.read.as).toBe('stale');
    expect(person.texts[0]).toContain('Your name?');
    expect(person.answers.whom).toBe('me');
  });

  it('refuses a button of another run', () => {
    const person = new Person().say('hello', 'yes').do({ kind: 'message', choice: 'other-run/whom/me' });
    expect(person.answers.whom).toBeUndefined();
  });

  it('asks back a command where any words are an answer, and takes either', () => {
    const asked = atName().say('Sara Ahmed Ali', 'Nora Saad', '70', 'cancel');
    expect(asked.session!.pending).toMatchObject({ about: 'word', word: 'cancel' });
    const kept = atName()
      .say('Sara Ahmed Ali', 'Nora Saad', '70', 'cancel')
      .do({ kind: 'message', choice: '!/pending/answer' });
    expect(kept.answers.need).toBe('cancel');
  });

  it('forgets what it asked in between when the person just goes on', () => {
    const person = new Person().say('hello', 'yes', 'cancel');
    expect(person.session!.pending).toEqual({ about: 'cancel' });
    expect(person.say('for me').answers.whom).toBe('me');
  });

  it('counts wrong answers and calls a person after three', () => {
    const person = atName().say('Sara Ahmed Ali', 'Nora Saad', 'old', 'very old');
    expect(person.session!.stack[0]!.tries).toBe(2);
    person.say('older');
    expect(person.last.effects).toContainEqual(expect.objectContaining({ kind: 'handoff', reason: 'wrong_answers' }));
    expect(person.session!.hold).toBeDefined();
    expect(person.session!.parked).toHaveLength(1);
  });

  it('does no harm with a file or a voice note where words are wanted, and counts neither as wrong', () => {
    const person = atName();
    person.do({ kind: 'message', files: [{ id: 'f', name: 'a.jpg', mime: 'image/jpeg', bytes: 3 }] });
    person.do({ kind: 'message', media: 'voice' });
    expect(person.last.effects).toContainEqual({ kind: 'unanswered', question: '' });
    expect(person.session!.stack[0]!.tries).toBeUndefined();
    expect(person.say('Sara Ahmed Ali').answers.name).toBe('Sara Ahmed Ali');
  });

  it.each(['unknown', 'video', 'sticker', 'contact'] as const)('hears the words that came beside %s', (media) => {
    const person = atName().do({ kind: 'message', media, text: 'Sara Ahmed Ali' });
    expect(person.answers.name).toBe('Sara Ahmed Ali');
    expect(atName().do({ kind: 'message', media }).last.read.as).toBe('wrong');
  });

  it('reads slots with dangerous names as names', () => {
    const person = atName().say('__proto__', 'constructor');
    expect(person.last.read.as).toBe('wrong');
  });
});

describe('corrections', () => {
  it('asks one answer again and comes back to the review', () => {
    const person = atReview().tap('engine.review.edit').say('Your name');
    expect(person.texts).toEqual(['Your name?']);
    person.say('Sara Saleh Omar');
    expect(person.answers.name).toBe('Sara Saleh Omar');
    expect(person.texts.at(-1)).toContain('Is this right?');
    expect(person.answers).toMatchObject({ patient: 'Nora Saad', age: 70, need: 'A wheelchair', urgent: 'yes' });
  });

  it('drops what a correction makes void and asks what it makes necessary', () => {
    const person = atReview().say('edit For whom').say('for me');
    expect(person.answers.patient).toBeUndefined();
    expect(person.answers.age).toBeUndefined();
    expect(person.texts.at(-1)).toContain('Is this right?');
    person.say('edit For whom').say('my mother');
    expect(person.texts.at(-1)).toBe("The patient's name?");
    person.say('Nora Saad');
    expect(person.texts.at(-1)).toBe("The patient's age?");
    expect(person.say('71').texts.at(-1)).toContain('Is this right?');
  });

  it('reaches an answer of a called flow', () => {
    const person = atReview().say('edit Need');
    expect(person.texts).toEqual(['What is needed?']);
    person.say('A hearing aid');
    expect(person.texts.at(-1)).toContain('Is this right?');
    expect(person.answers).toMatchObject({ need: 'A hearing aid', urgent: 'yes' });
  });

  it('lets the old answer stand when the person goes back', () => {
    for (const field of ['Your name', 'Need']) {
      const person = atReview().say(`edit ${field}`);
      person.say('back');
      expect(person.texts.at(-1)).toContain('Is this right?');
      expect(person.answers).toMatchObject({ name: 'Sara Ahmed Ali', need: 'A wheelchair' });
    }
  });

  it('works in the middle, before any review', () => {
    const person = atName().say('Sara Ahmed Ali', 'Nora Saad').say('edit Your name').say('Mona Ali');
    expect(person.answers.name).toBe('Mona Ali');
    expect(person.texts.at(-1)).toBe("The patient's age?");
  });

  it('shows the review again after a correction at the signature, and wants the new name', () => {
    const person = atReview().tap('engine.review.right').say('edit Your name').say('Mona Ali');
    expect(person.texts.at(-1)).toContain('Is this right?');
    person.tap('engine.review.right');
    expect(person.say('Sara Ahmed Ali').submission).toBeUndefined();
    expect(person.say('Mona Ali').submission).toBeDefined();
  });
});

describe('going on and coming back', () => {
  it('files the answers once, with consent, signature and digest', () => {
    const person = atReview().tap('engine.review.right').say('sara AHMED ali');
    expect(person.submission).toMatchObject({
      opens: 'case/test',
      number,
      run: 'r1',
      consent: { version: '2', given: true },
      declaration: { version: '1', name: 'sara AHMED ali' },
    });
    expect(person.texts).toEqual([`Done: ${groupCaseNumber(number)}`]);
    expect(person.session!.stack).toEqual([]);
  });

  it('goes back question by question, out of a called flow too', () => {
    const person = atName().say('Sara Ahmed Ali', 'Nora Saad', '70').say('back');
    expect(person.texts).toEqual(["The patient's age?"]);
    expect(person.say('back').texts).toEqual(["The patient's name?"]);
    expect(person.answers.patient).toBeUndefined();
  });

  it('parks on silence and resumes days later where it stood', () => {
    const person = atName().say('Sara Ahmed Ali');
    expect(person.last.due).toEqual({ kind: 'silence', at: person.now + 20 * 3_600_000 });
    person.do({ kind: 'timer', due: 'silence' });
    expect(person.texts).toEqual(['Saved.']);
    person.say('hello').tap('engine.resume.yes');
    expect(person.texts.at(-1)).toBe("The patient's name?");
    expect(person.answers.name).toBe('Sara Ahmed Ali');
  });

  it('finds the place again when a new set has lost the step', () => {
    const person = atName().say('Sara Ahmed Ali').do({ kind: 'timer', due: 'silence' });
    const renamed = request
      .replace('  - id: patient\n', '  - id: patient_name\n')
      .replace('patient, age', 'patient_name, age');
    const next = new Person(
      prepare(compileSources({ 'flows/request.yaml': renamed, 'flows/details.yaml': details }, 'request')),
    );
    next.session = person.session;
    next.say('hello').tap('engine.resume.yes');
    expect(next.texts.at(-1)).toBe("The patient's name?");
    expect(next.say('Nora Saad').answers).toMatchObject({ name: 'Sara Ahmed Ali', patient_name: 'Nora Saad' });
  });

  it('is silent while staff have the conversation, and returns to the same question', () => {
    const person = atName().do({ kind: 'staff', act: 'take', by: 's', name: 'Mona' }).say('are you there?');
    expect(person.last.effects).toEqual([]);
    expect(person.last.due).toMatchObject({ kind: 'handoff' });
    person.do({ kind: 'staff', act: 'reply', by: 's', name: 'Mona', text: 'Yes.' });
    expect(person.last.effects).toEqual([{ kind: 'say', author: 'staff', by: 'Mona', text: 'Yes.' }]);
    expect(person.last.due).toBeNull();
    person.do({ kind: 'staff', act: 'hand_back', by: 's', name: 'Mona' });
    expect(person.texts[0]).toContain('Your name?');
  });

  it('forgets what it asked in between once staff have replied', () => {
    const person = atName().say('cancel');
    expect(person.session!.pending).toMatchObject({ about: 'cancel' });
    person.do({ kind: 'staff', act: 'reply', by: 's', name: 'Mona', text: 'Is it this?' }).say('yes');
    person.do({ kind: 'staff', act: 'hand_back', by: 's', name: 'Mona' }).say('yes');
    expect(person.session!.stack.length).toBeGreaterThan(0);
    expect(person.answers).toMatchObject(atName().answers);
  });

  it('never holds up a quick person who answers well', () => {
    const person = new Person();
    for (const text of ['hello', 'yes', 'my mother', 'Sara Ahmed Ali', 'Nora Saad', '70', 'A wheelchair', 'yes']) {
      person.last = step(
        prepared,
        person.session,
        { kind: 'message', text },
        { now: 5_000, ids: { run: () => 'r', number: () => number }, pace: { perMinute: 3, same: 2 } },
      );
      person.session = person.last.session;
    }
    expect(person.texts.at(-1)).toContain('Is this right?');
  });

  it('gives one notice to a flood and hands a loop to staff', () => {
    const person = new Person().say('hello');
    const flood = (text: string) =>
      step(
        prepared,
        person.session,
        { kind: 'message', text },
        { now: person.now, ids: { run: () => 'r', number: () => '' }, pace: { perMinute: 3, same: 2 } },
      );
    const said: string[][] = [];
    for (const text of ['a1', 'b2', 'c3', 'd4', 'e5', 'f6']) {
      const result = flood(text);
      person.session = result.session;
      said.push(result.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.text] : [])));
    }
    expect(said.slice(3)).toEqual([['engine.pace'], [], []]);
  });
});
