/** Reads the rows of `choice` and `choices` as the engine does: a flow with one question, driven by one message. */
import { readFileSync } from 'node:fs';
import { NOW } from '../../../bench/answers/rows.js';
import { prepare } from '../../../src/engine/prepare.js';
import { step } from '../../../src/engine/step.js';
import type { Reading } from '../../../src/engine/types.js';
import { compileForTest, testCharity } from '../../support/compile.js';

const flow = (many: boolean): string => `flow: pick
title: { ar: اختيار, en: Pick }
on_wrong_answer: { tries: any }
on_silence: { after: 20h, go: saved }
steps:
  - id: help
    ask: { ar: ما المساعدة؟, en: Which help? }
    ${many ? 'many: true' : 'exact: false'}
    class: personal
    choices:
      - { id: surgery, label: { ar: عملية جراحية, en: Surgery }, also: { ar: [جراحة] } }
      - { id: devices, label: { ar: أجهزة طبية, en: Medical devices } }
      - { id: medicine, label: { ar: دواء, en: Medicine }, also: { ar: [علاج] } }
      - { id: sponsorship, label: { ar: كفالة طبية, en: Sponsorship } }
  - id: more
    ask: { ar: التفاصيل؟, en: Details? }
    answer: text
    class: personal
ends:
  done: {}
  saved: { park: true, say: { ar: حفظ, en: Saved } }
`;
const charity = `${testCharity}inquiries: false\nread_first: false\n`;
/** The shipped words; their doors lead to flows that are not here. */
const words = readFileSync(new URL('../../../flows/words.yaml', import.meta.url), 'utf8').replace(/^doors:[^]*/m, '');
const context = { now: NOW, ids: { run: () => 'run', number: () => '0' } };

/** A reader that gives the chosen value, or `choice` when the engine called the message a wrong answer. */
export function choiceReader(many: boolean): (text: string) => Reading {
  const set = compileForTest({ pick: flow(many) }, { charity, words });
  const prepared = prepare(set);
  const open = (text: string) => step(prepared, null, { kind: 'message', text }, context).session;
  const sessions = { ar: open('السلام عليكم'), en: open('hello') };
  return (text) => {
    const opened = sessions[/[a-z]/i.test(text) ? 'en' : 'ar'];
    const { session, read } = step(prepared, opened, { kind: 'message', text }, context);
    const value = session.stack[0]?.answers['help'];
    if (value !== undefined) return { value };
    return { wrong: read.as === 'wrong' ? 'choice' : `read as ${read.as}` };
  };
}
