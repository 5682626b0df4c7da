/** What becomes of one place and of one answer when a flow changes: a table. */
import { describe, expect, it } from 'vitest';
import { migrate, placeIn } from '../../src/engine/migrate.js';
import { prepare } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { FlowSet, Frame, Input, Session } from '../../src/engine/types.js';
import { compileForTest } from '../support/compile.js';

const q = 'class: personal, on_silence: { after: 1h, go: saved }, on_wrong_answer: { tries: any }';
const ask = (id: string, more: string) => `  - { id: ${id}, ask: { ar: ${id}؟, en: ${id}? }, ${more}, ${q} }\n`;
const kindOf = (...ids: string[]) =>
  ask('kind', `choices: [${ids.map((id) => `{ id: ${id}, label: { ar: ${id}, en: ${id} } }`).join(', ')}]`);
const terms = (version: string) => `  - { id: ok, consent: { ar: ؟, en: "?" }, version: "${version}", ${q} }\n`;
const check = `  - { id: check, review: [name, age], ask: { ar: ؟, en: "?" }, ${q} }\n`;
const truth = `  - { id: truth, declaration: { ar: أقر, en: I declare }, version: "1", signs: name, ${q} }\n`;

const steps = {
  name: ask('name', 'answer: name, short: { ar: الاسم, en: Name }'),
  age: ask('age', 'answer: number, min: 1, max: 90, short: { ar: العمر, en: Age }'),
  kind: kindOf('a', 'b'),
  ok: terms('1'),
  note: ask('note', 'answer: text, optional: true'),
  last: ask('last', 'answer: yes_no'),
};
const before = set(Object.values(steps).join(''));
/** Everything is answered but the last question. */
const answers = { name: 'سارة علي', age: 40, kind: 'a', ok: 'yes', 'ok.at': 7, note: 'skipped' };

const rows: { name: string; text: string; moved?: string; gone: string[]; at?: string; asked: string }[] = [
  { name: 'nothing but the wording', text: all({ age: steps.age.replace('العمر', 'سنّك') }), gone: [], asked: 'last' },
  {
    name: 'another order',
    text: [steps.age, steps.name, steps.kind, steps.ok, steps.note, steps.last].join(''),
    gone: [],
    asked: 'last',
  },
  { name: 'a question more', text: all({ note: steps.note + ask('city', 'answer: text') }), gone: [], asked: 'city' },
  {
    name: 'a question more after it',
    text: all({ last: steps.last + ask('city', 'answer: text') }),
    gone: [],
    asked: 'last',
  },
  { name: 'a question less', text: all({ note: '' }), gone: ['note'], asked: 'last' },
  { name: 'another answer type', text: all({ age: ask('age', 'answer: date') }), gone: ['age'], asked: 'age' },
  { name: 'tighter bounds', text: all({ age: steps.age.replace('max: 90', 'max: 30') }), gone: ['age'], asked: 'age' },
  { name: 'wider bounds', text: all({ age: steps.age.replace('max: 90', 'max: 120') }), gone: [], asked: 'last' },
  { name: 'a choice less, another one', text: all({ kind: kindOf('a', 'c') }), gone: [], asked: 'last' },
  { name: 'a choice less, the chosen one', text: all({ kind: kindOf('b', 'c') }), gone: ['kind'], asked: 'kind' },
  {
    name: 'no more skipping',
    text: all({ note: steps.note.replace(', optional: true', '') }),
    gone: ['note'],
    asked: 'note',
  },
  { name: 'new terms', text: all({ ok: terms('2') }), gone: ['ok'], asked: 'ok' },
  { name: 'a review before it', text: all({ last: check + steps.last }), gone: [], asked: 'check' },
  { name: 'a signature before it', text: all({ last: truth + steps.last }), gone: [], asked: 'truth' },
  {
    name: 'a new name, told',
    text: all({ age: steps.age.replace('id: age', 'id: years') }),
    moved: '{ step: age, to: years }, { answer: age, to: years }',
    gone: [],
    asked: 'last',
  },
  {
    name: 'a new name, its answer not told',
    text: all({ age: steps.age.replace('id: age', 'id: years') }),
    moved: '{ step: age, to: years }',
    gone: ['age'],
    asked: 'years',
  },
  {
    name: 'an answer that is forgotten',
    text: all({ age: steps.age.replace('id: age', 'id: years') }),
    moved: '{ step: age, to: years }, { answer: age, to: forget }',
    gone: ['age'],
    asked: 'years',
  },
  {
    name: 'an answer for a question that was answered itself',
    text: all({ age: '' }),
    moved: '{ answer: age, to: name }',
    gone: ['age'],
    asked: 'last',
  },
  {
    name: 'the waiting question under a new name',
    text: all({ last: steps.last.replace('id: last', 'id: final') }),
    moved: '{ step: last, to: final }',
    gone: [],
    asked: 'final',
  },
  {
    name: 'the waiting question gone, to one before it',
    text: all({ last: '' }),
    moved: '{ step: last, to: age }',
    gone: [],
    asked: 'age',
  },
];

describe('a changed flow', () => {
  it.each(rows)('$name', ({ text, moved, gone, asked }) => {
    const now = set(text, moved);
    const { session, lost } = migrate(standing('last', answers), prepare(before), prepare(now));
    expect(lost).toEqual({ answers: gone, runs: 0 });
    expect(session.set).toBe(now.hash);
    const told = say(now, session, { kind: 'message', text: '؟؟' });
    expect(told.stack.at(-1)?.step).toBe(asked);
  });

  it('is not noticed by whoever stands at a question that reads as it did', () => {
    const now = set(
      all({ age: steps.age.replace('id: age', 'id: years') }),
      '{ step: age, to: years }, { answer: age, to: years }',
    );
    const { session } = migrate(standing('last', answers), prepare(before), prepare(now));
    const after = say(now, session, { kind: 'message', text: 'نعم' });
    // It was the last one: the run has ended.
    expect(after.stack).toEqual([]);
  });

  it('takes nothing as the answer to a question that reads differently', () => {
    const now = set(all({ last: steps.last.replace('last؟', 'غير ذلك؟') }));
    const { session } = migrate(standing('last', answers), prepare(before), prepare(now));
    const after = say(now, session, { kind: 'message', text: 'نعم' });
    expect(after.stack[0]).toMatchObject({ step: 'last' });
    expect(after.stack[0]?.answers).not.toHaveProperty('last');
    expect(after).not.toHaveProperty('carried');
  });

  it('leaves what did not change exactly as it was', () => {
    const other = compileForTest({ ...flows(Object.values(steps).join('')), more: flow('more', steps.name) });
    const session = standing('last', answers);
    expect(migrate(session, prepare(before), prepare(other)).session).toEqual({ ...session, set: other.hash });
  });

  it('keeps the run of a flow whose people another one takes over, and ends one that nobody does', () => {
    const heir = (moved: string) =>
      compileForTest({ main: flow('main', steps.name), heir: flow('heir', Object.values(steps).join(''), moved) });
    const from = compileForTest({
      main: flow('main', steps.name),
      former: flow('former', Object.values(steps).join('')),
    });
    const session = { ...standing('last', answers, 'former'), set: from.hash };
    const taken = migrate(session, prepare(from), prepare(heir('{ flow: former }')));
    const stands = say(heir('{ flow: former }'), taken.session, {
      kind: 'staff',
      act: 'reply',
      by: 's',
      name: 'سارة',
      text: '.',
    });
    expect(stands.stack).toMatchObject([{ flow: 'heir', step: 'last', answers }]);
    const lost = migrate(session, prepare(from), prepare(heir('{ flow: another }')));
    expect(lost).toMatchObject({ session: { stack: [] }, lost: { runs: 1 } });
    expect(placeIn(from, heir('{ flow: another }'), { flow: 'former', step: 'last' })).toBeUndefined();
  });

  it('asks nothing again of a run that was filed', () => {
    const now = set(all({ age: ask('age', 'answer: date') }));
    const session = standing('last', answers);
    const filed = { ...session, stack: session.stack.map((frame) => ({ ...frame, number: '1' })) };
    const carried = migrate(filed, prepare(before), prepare(now)).session;
    expect(say(now, carried, { kind: 'message', text: '؟؟' }).stack).toMatchObject([{ step: 'last', number: '1' }]);
  });

  it('lets "back" walk what was passed on the way to the place', () => {
    const now = set(all({ note: steps.note + ask('city', 'answer: number') }));
    const { session } = migrate(standing('last', answers), prepare(before), prepare(now));
    const asked = say(now, session, { kind: 'message', text: 'نعم' });
    expect(asked.stack).toMatchObject([{ step: 'city' }]);
    const back = say(now, asked, { kind: 'message', text: 'رجوع' });
    expect(back.stack.at(-1)?.step).toBe('note');
  });

  it('is waited for in silence by timers and staff', () => {
    const now = set(all({ note: steps.note + ask('city', 'answer: text') }));
    const { session } = migrate(standing('last', answers), prepare(before), prepare(now));
    const after = say(now, session, { kind: 'staff', act: 'reply', by: 's', name: 'سارة', text: 'أهلًا' });
    expect(after.stack[0]).toMatchObject({ step: 'city' });
    expect(after.carried).toMatchObject({ step: 'last' });
    const silent = say(now, session, { kind: 'timer', due: 'silence' });
    expect(silent).toMatchObject({ stack: [], parked: [[{ flow: 'main' }]] });
  });
});

describe('a place', () => {
  const to = (moved: string) => set(all({ last: '', note: ask('note', 'answer: number') }), moved);
  it.each([
    ['name', '', { flow: 'main', step: 'name' }],
    ['saved', '', { flow: 'main', step: 'saved' }],
    ['last', '', undefined],
    ['note', '', undefined],
    ['last', '{ step: last, to: name }', { flow: 'main', step: 'name' }],
    ['last', '{ step: last, to: saved }', { flow: 'main', step: 'saved' }],
    ['last', '{ step: last, to: flow/main }', { flow: 'main', step: 'flow/main' }],
  ])('%s with moved: [%s]', (step, moved, place) => {
    expect(placeIn(before, to(moved), { flow: 'main', step })).toEqual(place);
  });
});

function all(changed: Partial<Record<keyof typeof steps, string>>): string {
  return Object.values({ ...steps, ...changed }).join('');
}

function flow(id: string, text: string, moved = ''): string {
  return `flow: ${id}\ntitle: { ar: ${id}, en: ${id} }\nsteps:\n${text}ends:\n  done: {}\n  saved: { park: true }\n${moved && `moved: [${moved}]\n`}`;
}

function flows(text: string, moved?: string): Record<string, string> {
  return { main: flow('main', text, moved) };
}

function set(text: string, moved?: string): FlowSet {
  return compileForTest(flows(text, moved));
}

function standing(at: string, given: Frame['answers'], id = 'main'): Session {
  const trail = [...Object.keys(steps)];
  return {
    v: 1,
    set: before.hash,
    language: 'ar',
    met: true,
    stack: [{ flow: id, run: 'r', step: at, answers: given, trail }],
  };
}

function say(now: FlowSet, session: Session, input: Input): Session {
  return step(prepare(now), session, input, { now: 1, ids: { run: () => 'new', number: () => 'n' } }).session;
}
