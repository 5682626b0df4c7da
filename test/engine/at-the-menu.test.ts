/** What leads on at the menu and in the inquiry flow: doubt after doubt, "I do not know", a single word. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { Found, Session, StepResult } from '../../src/engine/types.js';
import { pack } from '../support/pack.js';

const prepared = prepare(pack('qutoof').set);
const doubt: Found = { outcome: 'unsure', choices: [{ id: 'hours', label: 'أوقات العمل' }] };
const answer: Found = { outcome: 'answered', values: { answer: 'من الأحد إلى الخميس', title: 'أوقات العمل' } };
const none: Found = { outcome: 'none' };
const text = (key: string): string => prepared.set.texts[key]?.['ar'] ?? key;

/** Messages one after the other; every look-up finds what is given for its turn, and is counted. */
class Person {
  session: Session | null = null;
  last!: StepResult;
  asked = 0;

  say(words: string, found: Found = none): this {
    const input = words.startsWith('!/') ? { choice: words, text: '' } : { text: words };
    const given: Record<string, Found> = {};
    for (;;) {
      const context = { now: 0, ids: { run: () => 'run', number: () => '1' }, given: { ...given } };
      this.last = step(prepared, this.session, { kind: 'message', ...input }, context);
      if (!this.last.need) break;
      given[this.last.need.key] = found;
      this.asked += 1;
    }
    this.session = JSON.parse(JSON.stringify(this.last.session)) as Session;
    return this;
  }

  get said(): string {
    return this.last.effects.flatMap((one) => (one.kind === 'say' ? [one.text] : [])).join('\n');
  }

  get handoff() {
    return this.last.effects.find((one) => one.kind === 'handoff');
  }
}

const atMenu = (): Person => new Person().say('السلام عليكم');
const doubted = (person: Person): Person => person.say('سؤال عن شيء لا نعرفه', doubt).say('!/pending/other');

describe('none of the offered topics', () => {
  it('leads back to the menu once, names staff the second time, and calls them the third', () => {
    const person = doubted(atMenu());
    expect(person.said).toContain(text('engine.question.none'));
    expect(person.said).not.toContain(text('engine.wrong.last'));
    expect(doubted(person).said).toContain(text('engine.wrong.last'));
    expect(doubted(person).handoff).toMatchObject({ reason: 'wrong_answers' });
  });

  it('counts together with what was not understood', () => {
    const person = doubted(doubted(atMenu())).say('كلام لا يفهمه أحد هنا');
    expect(person.handoff).toMatchObject({ reason: 'wrong_answers' });
  });

  it('counts anew after a good answer', () => {
    const person = doubted(doubted(atMenu())).say('متى تفتحون أبوابكم للناس', answer).say('!/pending/yes');
    expect(doubted(doubted(person)).handoff).toBeUndefined();
    expect(doubted(person).handoff).toBeDefined();
  });

  it('in the middle of a form leads back to its question', () => {
    const person = atMenu().say('متطوع').say('نعم');
    const stood = person.session?.stack;
    for (let times = 0; times < 4; times++) person.say('متى تفتحون أبوابكم للناس؟', doubt).say('!/pending/other');
    expect(person.handoff).toBeUndefined();
    expect(person.session?.stack).toEqual(stood);
  });
});

describe('"I do not know"', () => {
  it.each(['at the menu', 'among offered topics'])('%s is no matter of a request', (place) => {
    const person = atMenu();
    if (place !== 'at the menu') person.say('استفسار').say('سؤال عن شيء لا نعرفه', doubt);
    person.say('مدري');
    expect(person.said).toContain(text('engine.skip.choose'));
    expect(person.said).not.toContain(text('engine.skip.cannot'));
  });

  it('where a request needs the answer says so', () => {
    const person = atMenu().say('متطوع').say('نعم').say('مدري');
    expect(person.said).toContain(text('engine.skip.cannot'));
  });
});

describe('a single short word', () => {
  it.each(['وينكم', 'دوامكم', 'وينكم!'])('is answered at the menu, and as a first message: %s', (word) => {
    expect(atMenu().say(word, answer).said).toContain(answer.values?.answer);
    expect(new Person().say(word, answer).said).toContain(answer.values?.answer);
  });

  it.each([
    ['a doubt', doubt],
    ['nothing', none],
    ['a courtesy', { outcome: 'answered', values: { answer: 'أهلًا', title: '', courtesy: 'greeting' } }],
  ])('is not taken for a question where the finder has %s', (_, found) => {
    const { said } = atMenu().say('سلمان', found);
    expect(said).toContain(text('engine.wrong.choice'));
  });

  it('begins nothing: what it names is offered', () => {
    const values = { ...answer.values, flow: 'volunteer', deed: 'yes' };
    const person = atMenu().say('رائعون', { outcome: 'answered', values });
    expect(person.session?.stack.map(({ flow }) => flow)).toEqual(['menu']);
    expect(person.session?.pending).toMatchObject({ offered: [{ id: 'flow/volunteer' }, { id: 'menu' }] });
  });

  it.each(['123456', 'وين', '🙏', '....'])('is not looked up: %s', (word) => {
    const person = atMenu();
    person.say(word, answer);
    expect(person.asked).toBe(0);
  });

  it('is an answer at a question, and never looked up there', () => {
    const person = atMenu().say('متطوع').say('نعم').say('وينكم', answer);
    expect(person.asked).toBe(0);
  });
});
