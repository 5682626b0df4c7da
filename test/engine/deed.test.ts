/** A question that is a wish to do something: answered, and at the menu its flow is offered; the topic goes along. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { Found, Session, StepResult } from '../../src/engine/types.js';
import { pack } from '../support/pack.js';

const prepared = prepare(pack('safe-treatment').set);
const donating: Found = {
  outcome: 'answered',
  values: { answer: 'طريقة التبرع', title: 'التبرع', flow: 'donate', topic: 'donate' },
};

/** One message, or a tap; every question finds what is given. */
function turn(session: Session | null, said: { text: string } | { choice: string }, found: Found): StepResult {
  const input = { kind: 'message' as const, text: '', ...said };
  const context = { now: 0, ids: { run: () => 'run', number: () => '1' }, given: {} };
  const first = step(prepared, session, input, context);
  return first.need ? step(prepared, session, input, { ...context, given: { [first.need.key]: found } }) : first;
}

const wish = turn(null, { text: 'عندي رغبة بالتبرع لجمعيتكم' }, donating);

describe('a wish to do something', () => {
  it('is answered, and its flow is offered by its name', () => {
    const said = wish.effects.flatMap((one) => (one.kind === 'say' ? [one] : []));
    expect(said.map(({ text }) => text)).toContain('طريقة التبرع');
    expect(said.at(-1)?.options?.map(({ id }) => id)).toEqual(['!/pending/flow/donate', '!/pending/menu']);
  });

  it('begins with a tap or a word, and not with the other', () => {
    const begun = turn(wish.session, { choice: '!/pending/flow/donate' }, donating).session;
    expect(begun.stack.at(-1)?.flow).toBe('donate');
    const back = turn(wish.session, { choice: '!/pending/menu' }, donating).session;
    expect(back.stack.at(-1)?.flow).toBe('menu');
  });

  it('in the middle of another flow is answered, and nothing is begun or lost', () => {
    const asking = turn(wish.session, { choice: '!/pending/flow/donate' }, donating).session;
    const asked = turn(asking, { text: 'كيف أتبرع لكم؟' }, donating);
    expect(asked.session.stack.at(-1)?.flow).toBe('donate');
    expect(asked.session.pending).toBeUndefined();
  });

  it('leaves its topic for a question that points back', () => {
    expect(wish.session.topic).toBe('donate');
    const context = { now: 0, ids: { run: () => 'run', number: () => '1' }, given: {} };
    const { need } = step(prepared, wish.session, { kind: 'message', text: 'وكم أقل مبلغ؟' }, context);
    expect(need).toMatchObject({ what: 'articles', with: { question: 'وكم أقل مبلغ؟', topic: 'donate' } });
  });
});

/** What is said of it in any flow, with nothing to lose or with something. */
const deed: Found = { ...donating, values: { ...donating.values, deed: 'yes' } };
const options = ({ effects }: StepResult): string[] | undefined =>
  effects
    .flatMap((one) => (one.kind === 'say' ? [one] : []))
    .at(-1)
    ?.options?.map(({ id }) => id);
const told = ({ effects }: StepResult): string =>
  effects.flatMap((one) => (one.kind === 'say' ? [one.text] : [])).join('\n');
const at = ({ session }: StepResult): string | undefined => session.stack.at(-1)?.flow;

function all(said: readonly string[], found: Found): StepResult {
  const [first = '', ...rest] = said;
  return rest.reduce((before, text) => turn(before.session, { text }, found), turn(null, { text: first }, found));
}

describe('a deed beside words of danger', () => {
  const greeted = turn(null, { text: 'السلام عليكم' }, deed).session;
  const flowOf = ({ session }: StepResult): string | undefined => session.stack.at(-1)?.flow;
  const dangers = ({ effects }: StepResult): number => effects.filter(({ kind }) => kind === 'danger').length;

  it('is offered and never begun: whoever cries for help is met with no form', () => {
    const cried = turn(greeted, { text: 'امي تنزف دم ما يوقف وابي اتبرع لكم' }, deed);
    expect(dangers(cried)).toBe(1);
    expect(flowOf(cried)).toBe('menu');
    expect(options(cried)).toEqual(['!/pending/flow/donate', '!/pending/menu']);
    expect(flowOf(turn(greeted, { text: 'ابي اتبرع لكم اليوم' }, deed))).toBe('donate');
  });

  it('is not begun either by the name of a choice of the menu among the words', () => {
    const cried = turn(greeted, { text: 'طلب مساعدة امي مغمى عليها' }, { outcome: 'none' });
    expect(dangers(cried)).toBe(1);
    expect(flowOf(cried)).toBe('menu');
  });

  it('and where only guesses are at hand, nobody is asked what was meant', () => {
    const unsure: Found = { outcome: 'unsure', choices: [{ id: 'devices', label: 'الأجهزة' }] };
    const cried = turn(greeted, { text: 'ولدي يتشنج وما يتنفس وش اسوي' }, unsure);
    expect(dangers(cried)).toBe(1);
    expect(cried.session.pending).toBeUndefined();
    expect(cried.effects.filter(({ kind }) => kind === 'say')).toHaveLength(1);
  });
});

describe('a deed', () => {
  it('begins at once at the menu, after the answer where the flow itself says nothing first', () => {
    const call = { ...deed, values: { ...deed.values, answer: 'نتصل بك في وقت يناسبك', flow: 'call-me' } };
    const begun = turn(null, { text: 'ودي تدقون علي بكرة' }, call);
    expect(told(begun)).toContain('نتصل بك في وقت يناسبك');
    expect(at(begun)).toBe('call-me');
    const complaint = { ...deed, values: { ...deed.values, answer: 'للشكوى: القائمة ثم شكوى', flow: 'complaint' } };
    const complains = turn(null, { text: 'ودي أرفع شكوى على التأخير' }, complaint);
    expect(told(complains)).not.toContain('للشكوى: القائمة ثم شكوى');
    expect(at(complains)).toBe('complaint');
  });

  it('is not said twice where its flow is there to say it', () => {
    const begun = turn(null, { text: 'عندي رغبة بالتبرع لجمعيتكم' }, deed);
    expect(at(begun)).toBe('donate');
    expect(told(begun)).not.toContain('طريقة التبرع');
    expect(told(begun)).toContain('الآيبان');
  });

  it('begins at once among questions, also in other words', () => {
    const none: Found = { outcome: 'none' };
    const asked = all(['استفسار', 'زقزق طفطف بقبق'], none);
    expect(at(asked)).toBe('inquiry');
    for (const before of [all(['استفسار'], none), asked]) {
      const begun = turn(before.session, { text: 'عندي رغبة بالتبرع لجمعيتكم' }, deed);
      expect(told(begun)).toContain('الآيبان');
      expect(at(begun)).toBe('donate');
    }
  });

  const form = all(['طلب مساعدة', 'أوافق'], deed);

  it('is asked about first in the middle of a request, which goes on or is kept', () => {
    const filled = turn(form.session, { choice: 'run/kind/medicine' }, deed);
    expect(filled.session.stack[0]?.answers).toMatchObject({ kind: 'medicine' });
    const heard = turn(filled.session, { text: 'عندي رغبة بالتبرع لجمعيتكم؟' }, deed);
    expect(at(heard)).toBe(at(filled));
    expect(options(heard)).toEqual(['!/pending/flow/donate', '!/pending/menu']);
    const stays = turn(heard.session, { choice: '!/pending/menu' }, deed);
    expect(stays.session.stack).toEqual(filled.session.stack);
    const leaves = turn(heard.session, { choice: '!/pending/flow/donate' }, deed);
    expect(at(leaves)).toBe('donate');
    expect(leaves.session.parked?.flat().map(({ flow }) => flow)).toContain('aid-request');
    const menu = turn(turn(leaves.session, { text: 'القائمة' }, deed).session, { text: 'استفسار' }, deed);
    const among = turn(menu.session, { text: 'عندي رغبة بالتبرع لجمعيتكم' }, deed);
    expect(at(among)).toBe('menu');
    expect(options(among)).toEqual(['!/pending/flow/donate', '!/pending/menu']);
  });

  it('that is under way already is only answered', () => {
    const begun = turn(null, { text: 'عندي رغبة بالتبرع لجمعيتكم' }, deed);
    const again = turn(begun.session, { text: 'كيف أتبرع لكم؟' }, deed);
    expect(at(again)).toBe('donate');
    expect(again.session.pending).toBeUndefined();
  });
});

describe('two wishes, one of which the charity does not give', () => {
  const part: Found = { ...donating, values: { ...donating.values, withheld: 'part' } };
  const plea = 'عندي رغبة بالتبرع وابي سداد الايجار';

  it('are answered, and the flow of the other is offered, not begun', () => {
    const answered = turn(null, { text: plea }, part);
    expect(told(answered)).toContain('طريقة التبرع');
    expect([at(answered), options(answered)]).toEqual(['menu', ['!/pending/flow/donate', '!/pending/menu']]);
  });

  it('are not asked whether it helped where nothing can be begun', () => {
    const answer = turn(
      null,
      { text: plea },
      { outcome: 'answered', values: { answer: 'الجواب', title: '', withheld: 'part' } },
    );
    expect(told(answer)).toContain('الجواب');
    expect(answer.session.pending).toBeUndefined();
  });
});
