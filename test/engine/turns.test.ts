/** One turn among others: what came in between, staff, timers, privacy classes, called flows. */
import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/engine/types.js';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const ask = (id: string, type: string, cls = 'personal', more = '') => `  - id: ${id}
    ask: { en: "The ${id}?" }
    short: { en: ${id} }
    answer: ${type}
    class: ${cls}
    ${more}
`;
const consent =
  '  - id: agree\n    consent: { en: "Agree?" }\n    version: "1"\n    class: personal\n    on: { no: staff }\n';
const flow = (id: string, steps: string) => `${head(id)}steps:\n${steps}${ends}`;
const called = (id: string, steps: string) =>
  `${head(id)}steps:\n${steps}ends:\n  done: {}\n  staff: { handoff: true, say: { en: "A person will help." } }\n  saved: { park: true, say: { en: "Saved." } }\n`;

const main = flowSet({
  main: flow(
    'main',
    consent +
      ask('name', 'name') +
      ask('need', 'text', 'sensitive', 'min: 3') +
      ask('age', 'number', 'sensitive') +
      ask('paper', 'file', 'sensitive') +
      '  - { id: check, review: [name, need, age, paper], ask: { en: "Right?" }, class: personal }\n',
  ),
});
const file = (id: string) => ({ id, name: `${id}.jpg`, mime: 'image/jpeg', bytes: 3 });
const at = (...lines: string[]) => new FlowPerson(main).say('hello', ...lines);
const atNeed = () => at('yes', 'Sara Ahmed Ali');
const media = (kind: 'reaction' | 'edit' | 'deleted'): Input => ({ kind: 'message', media: kind, text: 'again' });
const hours = 3_600_000;

describe('reactions, edits and deletions', () => {
  it('leave what the engine asked in between as it is', () => {
    for (const kind of ['reaction', 'edit', 'deleted'] as const) {
      const person = at('yes').say('cancel').do(media(kind));
      expect(person.last).toMatchObject({ effects: [], read: { as: 'silent' } });
      expect(person.session!.pending).toEqual({ about: 'cancel' });
    }
  });

  it('are no word that staff owe an answer to, no greeting, and do not put off the silence', () => {
    const person = at('yes').do({ kind: 'staff', act: 'reply', by: 's', name: 'Mona', text: 'Hello.' });
    expect(person.do(media('reaction')).last.due).toBeNull();
    const first = new FlowPerson(main).do(media('reaction'));
    expect(first.session!.met).toBeUndefined();
    const waiting = at('yes');
    const due = waiting.last.due;
    expect(waiting.do(media('edit')).last.due).toEqual(due);
  });
});

describe('staff and timers', () => {
  it('give the person the whole silence again after handing back', () => {
    const person = at('yes').do({ kind: 'staff', act: 'take', by: 's', name: 'Mona' });
    person.now += 30 * hours;
    person.do({ kind: 'staff', act: 'hand_back', by: 's', name: 'Mona' });
    expect(person.last.due).toEqual({ kind: 'silence', at: person.now + 20 * hours });
  });

  it('do not announce a delay at once when another member takes over', () => {
    const person = at('yes').say('staff');
    person.now += 5 * hours;
    person.do({ kind: 'timer', due: 'handoff' }).do({ kind: 'staff', act: 'take', by: 's', name: 'Mona' });
    expect(person.last.due).toEqual({ kind: 'handoff', at: person.now + 4 * hours });
  });

  it('wait anew at a question that a silence led to', () => {
    const set = flowSet({
      main: `${head('main').replace('go: saved', 'go: still')}steps:
${ask('name', 'name').replace('    \n', '')}  - id: still
    ask: { en: "Still there?" }
    answer: yes_no
    class: personal
    on_silence: { after: 2h, go: saved }
${ends}`,
    });
    const person = new FlowPerson(set).say('hello');
    person.now += 20 * hours;
    person.do({ kind: 'timer', due: 'silence' });
    expect(person.texts).toEqual(['Still there?']);
    expect(person.last.due).toEqual({ kind: 'silence', at: person.now + 2 * hours });
  });

  it('come back to the very question, not to the menu, by a button of a hand-off that is over', () => {
    const person = at('yes').say('staff').do({ kind: 'staff', act: 'hand_back', by: 's', name: 'Mona' });
    person.do({ kind: 'message', choice: '!/back' });
    expect(person.texts.at(-1)).toContain('The name?');
  });
});

describe('what people do elsewhere that brings them here', () => {
  it.each([
    ['!/mention', 'engine.mentioned\n\nThe need?'],
    ['!/opened', 'The need?'],
  ])('%s leaves them at their question, which is asked again', (choice, asked) => {
    const person = atNeed().do({ kind: 'message', choice, text: 'x' });
    expect(person.texts).toEqual([asked]);
    expect(person.say('A wheelchair').answers).toMatchObject({ name: 'Sara Ahmed Ali', need: 'A wheelchair' });
  });

  it.each(['!/mention', '!/opened'])('%s begins with whoever has nothing under way', (choice) => {
    const person = new FlowPerson(main).do({ kind: 'message', choice, text: 'x' });
    expect(person.texts.at(-1)).toContain('Agree?');
    expect(person.texts.includes('engine.mentioned')).toBe(choice === '!/mention');
  });

  it.each(['!/mention', '!/opened'])('%s takes nobody away from staff', (choice) => {
    const person = at('yes').say('staff').do({ kind: 'message', choice, text: 'x' });
    expect(person.session!.hold).toBeDefined();
    expect(person.last.effects.some(({ kind }) => kind === 'handback')).toBe(false);
  });
});

describe('what the engine asked in between', () => {
  it('files a word as the answer type reads it', () => {
    const person = atNeed().say('  CANCEL ').tap('engine.word.answer');
    expect(person.answers.need).toBe('CANCEL');
  });

  it('is read at the question where it was asked', () => {
    const person = atNeed().say('cancel').tap('engine.word.answer');
    expect(person.last.read).toMatchObject({ as: 'button', step: 'need', class: 'sensitive' });
  });
});

describe('the privacy class of a message', () => {
  it('is that of the question it came to, whatever it is read as', () => {
    const readings = ['menu', 'cancel', 'thanks', 'x', 'edit name'].map((text) => atNeed().say(text).last.read);
    for (const read of readings) expect(read).toMatchObject({ class: 'sensitive', step: 'need' });
    const old = atNeed().do({ kind: 'message', choice: 'r9/name/yes', text: 'x' });
    expect(old.last.read).toMatchObject({ as: 'stale', class: 'sensitive' });
    const flood = atNeed();
    flood.context = { pace: { perMinute: 0, same: 9 } };
    expect(flood.say('my illness').last.read).toMatchObject({ as: 'pace', class: 'sensitive' });
  });

  it('is never public unless it answers a public question', () => {
    const set = flowSet({ main: flow('main', ask('topic', 'yes_no', 'public')) });
    expect(new FlowPerson(set).say('hello', 'my ID is 1098765439').last.read.class).toBe('personal');
    expect(new FlowPerson(set).say('hello', 'yes').last.read.class).toBe('public');
  });

  it('is left to staff while they have the conversation', () => {
    const person = atNeed().do({ kind: 'staff', act: 'take', by: 's', name: 'Mona' }).say('my illness');
    expect(person.last.read.class).toBeUndefined();
  });
});

describe('files', () => {
  it('that are good are taken though another one was refused', () => {
    const person = atNeed().say('A wheelchair', '70');
    person.do({ kind: 'message', files: [file('a')], refused: [{ key: 'file_too_big' }] });
    expect(person.texts[0]).toBe('edge.file_too_big');
    expect(person.answers.paper).toEqual([file('a')]);
    const none = atNeed()
      .say('A wheelchair', '70')
      .do({ kind: 'message', refused: [{ key: 'file_too_big' }] });
    expect(none.texts.at(-1)).toContain('The paper?');
    expect(none.answers.paper).toBeUndefined();
  });
});

describe('called flows', () => {
  it('mask what their caller was told, and file a run once', () => {
    const set = flowSet({
      main: flow(
        'main',
        consent +
          ask('card', 'saudi_id', 'sensitive') +
          '  - { id: file_it, submit: case/test }\n  - { id: part, call: part }\n',
      ),
      part: called(
        'part',
        '  - { id: told, say: { en: "{card|mask}" } }\n  - { id: again, submit: case/test }\n' + ask('more', 'name'),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'yes', '1098765439');
    expect(person.texts[0]).toContain('******5439');
    expect(person.last.effects.filter(({ kind }) => kind === 'submission')).toHaveLength(1);
    expect(person.last.effects.find(({ kind }) => kind === 'submission')).toMatchObject({ flow: 'main' });
  });
});

describe('a run that has lost its place', () => {
  const other = (id: string) =>
    flowSet({ main: flow('main', ask('name', 'name') + ask(id, 'text') + ask('last', 'name')) });

  it('goes on at the first question without an answer, and loses nothing', () => {
    const person = new FlowPerson(other('need')).say('hello', 'Sara Ahmed Ali');
    person.set = other('wish');
    person.say('A chair');
    expect(person.texts).toEqual(['engine.resume.back\nengine.resume.recap', 'The wish?']);
    expect(person.say('A chair', 'Nora Ali').submission).toMatchObject({
      answers: { name: 'Sara Ahmed Ali', wish: 'A chair', last: 'Nora Ali' },
    });
  });

  it('waits aside when its whole flow is gone', () => {
    const person = new FlowPerson(other('need')).say('hello', 'Sara Ahmed Ali');
    const before = person.set;
    person.set = flowSet({ else: flow('else', ask('topic', 'name')) });
    expect(person.say('A chair').texts.at(-1)).toBe('The topic?');
    person.session = { ...person.session!, stack: [] };
    person.set = before;
    expect(person.say('hello').tap('engine.resume.yes').texts.at(-1)).toBe('The need?');
  });

  it('is not moved by a timer or by staff', () => {
    const person = new FlowPerson(other('need')).say('hello', 'Sara Ahmed Ali');
    person.set = other('wish');
    person.do({ kind: 'timer', due: 'silence' });
    person.do({ kind: 'staff', act: 'take', by: 's', name: 'Mona' });
    person.do({ kind: 'staff', act: 'hand_back', by: 's', name: 'Mona' });
    expect(person.answers).toEqual({ name: 'Sara Ahmed Ali' });
  });
});
