/** Corrections and the way back: nothing is lost, nothing stays that is no longer asked, nothing needed is missing. */
import { describe, expect, it } from 'vitest';
import { ends, FlowPerson, flowSet, head } from '../support/flow-person.js';

const name = (id: string, more = '') => `  - id: ${id}
    ${more}
    ask: { en: "The ${id}?" }
    short: { en: ${id} }
    answer: text
    min: 1
    max: 100
    class: personal
`;
const pick = (id: string, values: string[], more = '') => `  - id: ${id}
    ${more}
    ask: { en: "Which ${id}?" }
    short: { en: ${id} }
    class: personal
    choices:
${values.map((value) => `      - { id: ${value.split(' ')[0]}, label: { en: ${value.split(' ')[0]} }${value.includes(' ') ? `, go: ${value.split(' ')[1]}` : ''} }`).join('\n')}
`;
const check = (fields: string[], id = 'check') => `  - id: ${id}
    review: [${fields.join(', ')}]
    ask: { en: "Right?" }
    class: personal
`;
const flow = (id: string, steps: string) => `${head(id)}steps:\n${steps}${ends}`;
const called = (id: string, steps: string) =>
  `${head(id)}steps:\n${steps}ends:\n  done: {}\n  staff: { handoff: true, say: { en: "A person will help." } }\n  saved: { park: true, say: { en: "Saved." } }\n`;

const request = flowSet({
  request: flow(
    'request',
    pick('whom', ['me', 'other']) +
      name('name') +
      name('patient', 'only_if: { whom: other }') +
      name('need') +
      check(['whom', 'name', 'patient', 'need']),
  ),
});
const review = () => new FlowPerson(request).say('hello', 'me', 'Sara', 'A chair');

describe('going back', () => {
  it('never leaves a question unanswered behind after a correction', () => {
    const person = review().say('edit whom', 'other');
    expect(person.texts.at(-1)).toBe('The patient?');
    person.say('back').tap('engine.word.command').say('back');
    for (let turns = 0; !person.texts.at(-1)?.includes('Right?') && turns < 6; turns++)
      person.say(person.texts.at(-1)?.includes('whom') ? 'other' : 'Anew');
    expect(Object.keys(person.answers).sort()).toEqual(['name', 'need', 'patient', 'whom']);
  });

  it('asks what it took back again, in the order of the flow', () => {
    const person = new FlowPerson(request)
      .say('hello', 'other', 'Sara', 'Nora')
      .say('edit name')
      .tap('engine.word.command')
      .say('Mona');
    expect(person.texts.at(-1)).toBe('The need?');
    const asked = ['back', 'back'].map((word) => {
      person.say(word).tap('engine.word.command');
      return person.texts.at(-1);
    });
    expect(asked).toEqual(['The patient?', 'The name?']);
    person.say('Sara', 'Nora', 'A chair');
    expect(person.answers).toEqual({ whom: 'other', name: 'Sara', patient: 'Nora', need: 'A chair' });
  });

  it('returns into a called flow, to its last question', () => {
    const set = flowSet({
      main: flow('main', `${name('full')}  - { id: part, call: part }\n${check(['full', 'one', 'two'])}`),
      part: called('part', name('one') + name('two')),
    });
    const person = new FlowPerson(set).say('hello', 'a', 'b', 'c').say('back');
    expect(person.texts).toEqual(['The two?']);
    expect(person.answers).toEqual({ full: 'a', one: 'b' });
    expect(person.say('d').texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({ full: 'a', one: 'b', two: 'd' });
  });

  it('from what the engine asked in between leads to the question, not past it', () => {
    const person = review();
    person.tap('engine.review.edit').say('back');
    expect(person.texts.at(-1)).toContain('Right?');
    person.say('cancel').say('back');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toMatchObject({ need: 'A chair' });
  });

  it('keeps no trace of a consent that was taken back', () => {
    const set = flowSet({
      main: flow(
        'main',
        '  - id: agree\n    consent: { en: "Agree?" }\n    version: "1"\n    class: personal\n    on: { no: staff }\n' +
          name('need'),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'yes').say('back').tap('engine.word.command');
    expect(person.answers).toEqual({});
  });
});

describe('a correction', () => {
  it.each(['3', '٣', 'الثالث'])('takes the place of an offered answer: "%s"', (place) => {
    const person = review().tap('engine.review.edit');
    expect(person.options.map(({ label }) => label)).toEqual(['whom', 'name', 'need']);
    expect(person.say(place).texts.at(-1)).toBe('The need?');
    expect(person.say('A bed').answers).toMatchObject({ whom: 'me', name: 'Sara', need: 'A bed' });
  });

  it('takes no place that is not offered', () => {
    expect(review().tap('engine.review.edit').say('4').answers).toMatchObject({ need: 'A chair' });
  });

  it('does not forget the question it interrupted when the corrected one lies ahead', () => {
    const person = review().say('edit whom', 'other');
    expect(person.texts.at(-1)).toBe('The patient?');
    person.say('edit need').tap('engine.word.command');
    expect(person.texts.at(-1)).toContain('The patient?');
    person.say('Nora');
    expect(person.texts.at(-1)).toBe('The need?');
    person.say('A bed');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({ whom: 'other', name: 'Sara', patient: 'Nora', need: 'A bed' });
  });

  it('may be changed for another one; the first answer then stands', () => {
    const person = review().say('edit whom').say('edit need');
    expect(person.texts).toEqual(['The need?']);
    person.say('A bed');
    expect(person.answers).toEqual({ whom: 'me', name: 'Sara', need: 'A bed' });
    expect(person.texts.at(-1)).toContain('Right?');
  });

  it('keeps an answer whose condition names a fact', () => {
    const set = flowSet({
      main: flow(
        'main',
        pick('kind', ['a', 'b', 'c']) +
          name('site', 'only_if: { kind: [a, b], channel: website }') +
          check(['kind', 'site']),
      ),
    });
    const person = new FlowPerson(set);
    person.context = { channel: 'website' };
    person.say('hello', 'a', 'Riyadh', 'edit kind', 'b');
    expect(person.answers).toEqual({ kind: 'b', site: 'Riyadh' });
    expect(person.texts.at(-1)).toContain('Right?');
  });

  it('drops what lies on a way that a choice no longer leads to', () => {
    const set = flowSet({
      main: flow(
        'main',
        pick('whom', ['me need', 'other']) + name('patient') + name('need') + check(['whom', 'patient', 'need']),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'other', 'Nora', 'A chair').say('edit whom', 'me');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({ whom: 'me', need: 'A chair' });
  });

  it('asks a choice again that is no longer offered', () => {
    const set = flowSet({
      main: flow(
        'main',
        pick('kind', ['a', 'b']) +
          '  - id: how\n    ask: { en: "How?" }\n    short: { en: how }\n    class: personal\n    choices:\n      - { id: x, label: { en: x }, only_if: { kind: a } }\n      - { id: y, label: { en: y } }\n' +
          check(['kind', 'how']),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'a', 'x').say('edit kind', 'b');
    expect(person.texts.at(-1)).toBe('How?');
  });

  it('keeps what was answered in a hub that was left and entered again', () => {
    const set = flowSet({
      main: flow(
        'main',
        pick('hub', ['one one', 'two two', 'ready check']) +
          name('one', 'go: hub') +
          name('two', 'go: hub') +
          check(['one', 'two']),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'one', 'a', 'two', 'b', 'ready');
    expect(person.texts.at(-1)).toContain('Right?');
    person.say('edit one', 'c');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toMatchObject({ one: 'c', two: 'b' });
  });

  it('comes to an end when the flow leads back over answered questions', () => {
    const set = flowSet({
      main: flow(
        'main',
        name('question') +
          '  - id: find\n    look_up: articles\n    with: { question: question }\n    as: articles\n    on: { none: nothing, answered: helpful, unsure: nothing }\n' +
          pick('nothing', ['rephrase question', 'stop staff']) +
          pick('helpful', ['good', 'bad staff']),
      ),
    });
    const person = new FlowPerson(set).say('hello');
    const found = (question: string, outcome: string) => ({ [`articles {"question":"${question}"}`]: { outcome } });
    person.do({ kind: 'message', text: 'first' }, found('first', 'none'));
    person.say('rephrase');
    person.do({ kind: 'message', text: 'second' }, found('second', 'answered'));
    expect(person.texts.at(-1)).toBe('Which helpful?');
    person.say('edit question');
    person.do({ kind: 'message', text: 'third' }, found('third', 'none'));
    expect(person.texts.at(-1)).toBe('Which nothing?');
  });

  it('of a changed answer in a loop takes away what is no longer asked', () => {
    const set = flowSet({
      main: flow(
        'main',
        pick('kind', ['a', 'b']) +
          name('more', 'only_if: { kind: a }') +
          pick('again', ['yes kind', 'no']) +
          check(['kind', 'more']),
      ),
    });
    const person = new FlowPerson(set).say('hello', 'a', 'x', 'yes', 'b', 'no');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).not.toHaveProperty('more');
  });

  it('records a rating once', () => {
    const set = flowSet({
      main: flow(
        'main',
        name('full') +
          '  - { id: score, ask: { en: "Score?" }, short: { en: score }, answer: rating, class: confidential }\n  - { id: keep, record_rating: chat, score: score }\n' +
          check(['full']),
      ),
    });
    const ratings = new FlowPerson(set);
    let count = 0;
    for (const text of ['hello', 'a', '5', 'edit full', 'b']) {
      ratings.say(text);
      count += ratings.last.effects.filter((effect) => effect.kind === 'rating').length;
    }
    expect(ratings.texts.at(-1)).toContain('Right?');
    expect(count).toBe(1);
  });
});

describe('a correction across called flows', () => {
  const set = flowSet({
    main: flow(
      'main',
      pick('kind', ['a', 'b']) +
        name('full') +
        '  - { id: part, call: part, only_if: { kind: a } }\n' +
        name('after', 'only_if: { urgent: urgent }') +
        check(['kind', 'full', 'one', 'urgent', 'day', 'deep', 'after']),
    ),
    part: called(
      'part',
      name('one') +
        pick('urgent', ['urgent', 'calm']) +
        name('day', 'only_if: { urgent: urgent }') +
        '  - { id: inner, call: inner }\n',
    ),
    inner: called('inner', name('deep')),
  });
  const full = () => new FlowPerson(set).say('hello', 'a', 'Sara', 'x', 'urgent', 'monday', 'z', 'w');

  it('names an answer of the calling flow, and returns to the place in the called one', () => {
    const person = new FlowPerson(set).say('hello', 'a', 'Sara', 'x').say('edit full').say('Mona');
    expect(person.texts.at(-1)).toBe('Which urgent?');
    expect(person.answers).toEqual({ kind: 'a', full: 'Mona', one: 'x' });
    const typed = new FlowPerson(set).say('hello', 'a', 'Sara').say('edit full').tap('engine.word.command').say('Mona');
    expect(typed.texts.at(-1)).toBe('The one?');
    expect(typed.answers).toEqual({ kind: 'a', full: 'Mona' });
  });

  it('reaches two calls deep', () => {
    const person = full().say('edit deep');
    expect(person.texts).toEqual(['The deep?']);
    person.say('deeper');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toMatchObject({ deep: 'deeper', one: 'x', day: 'monday', after: 'w' });
  });

  it('takes away what it makes void in both flows', () => {
    const person = full().say('edit urgent', 'calm');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({ kind: 'a', full: 'Sara', one: 'x', urgent: 'calm', deep: 'z' });
  });

  it('takes the answers of a called flow away with its call', () => {
    const person = full().say('edit kind', 'b');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({ kind: 'b', full: 'Sara' });
  });

  it('may be dropped in the called flow', () => {
    const person = full().say('edit urgent').say('back');
    expect(person.texts.at(-1)).toContain('Right?');
    expect(person.answers).toEqual({
      kind: 'a',
      full: 'Sara',
      one: 'x',
      urgent: 'urgent',
      day: 'monday',
      deep: 'z',
      after: 'w',
    });
  });
});
