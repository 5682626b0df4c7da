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
