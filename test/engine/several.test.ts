/** Several choices in one message: none of them is lost, whichever way they are joined. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { Session } from '../../src/engine/types.js';
import { compileForTest } from '../support/compile.js';

const days = `
flow: days
title: { ar: أيام, en: Days }
on_wrong_answer: { tries: any }
on_silence: { after: 20h, go: done }
steps:
  - id: days
    ask: { ar: أي الأيام؟, en: Which days? }
    choices:
      - { id: sunday, label: { ar: الأحد, en: Sunday } }
      - { id: tuesday, label: { ar: الثلاثاء, en: Tuesday } }
      - { id: both, label: { ar: الجمعة والسبت, en: The weekend } }
      - { id: wednesday, label: { ar: الأربعاء, en: Wednesday } }
    many: true
    class: public
  - id: after
    ask: { ar: وبعد؟, en: And then? }
    answer: text
    class: public
ends: { done: {} }
`;

const prepared = prepare(compileForTest({ days }));

function read(text: string): unknown {
  const turn = (session: Session | null, said: string): Session =>
    step(prepared, session, { kind: 'message', text: said }, context()).session;
  return turn(turn(null, 'السلام عليكم'), text).stack[0]?.answers['days'];
}

function context() {
  return {
    now: 0,
    ids: { run: () => 'run', number: () => '1' },
    given: { 'articles {"question":""}': { outcome: 'none' } },
  };
}

describe('several choices', () => {
  it.each([
    ['الأحد والثلاثاء', ['sunday', 'tuesday']],
    ['الأحد و الثلاثاء', ['sunday', 'tuesday']],
    ['الأحد، الثلاثاء والأربعاء', ['sunday', 'tuesday', 'wednesday']],
    ['الأحد والجمعة والسبت', ['sunday', 'both']],
    ['الجمعة والسبت', ['both']],
    ['الاحد والثلاثا', ['sunday', 'tuesday']],
    ['Sunday and Tuesday', ['sunday', 'tuesday']],
    ['1 و 2', ['sunday', 'tuesday']],
    ['١ و٤', ['sunday', 'wednesday']],
    ['1 4', ['sunday', 'wednesday']],
    ['الأحد', ['sunday']],
    ['الأحد والقمر', undefined],
    ['الأحد القمر الثلاثاء', undefined],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
