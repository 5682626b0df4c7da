/** A person who talks to small flows of a test; the session is written out and read again between turns. */
import { compileSources } from '../../bench/compile.js';
import { prepare, type Prepared } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import { dammDigit } from '../../src/engine/text/damm.js';
import type { Found, Input, Option, Session, StepContext, StepResult } from '../../src/engine/types.js';

/** The beginning of a flow whose questions lead to staff after three wrong answers. */
export const head = (id: string): string => `flow: ${id}
title: { en: ${id} }
on_wrong_answer: { tries: 3, go: staff }
on_silence: { after: 20h, go: saved }
`;

/** Ends of a flow that files a case. */
export const ends = `ends:
  done: { submit: case/test, say: { en: "Done: {number}" } }
  staff: { handoff: true, say: { en: "A person will help." } }
  saved: { park: true, say: { en: "Saved." } }
`;

/** A number that the test's charity gives out. */
export const caseNumber = `730488152096${dammDigit('730488152096')}`;

/** Flows by their id, the first of them where conversations start. */
export function flowSet(flows: Record<string, string>): Prepared {
  const files = Object.fromEntries(Object.entries(flows).map(([id, text]) => [`flows/${id}.yaml`, text]));
  return prepare(compileSources(files, Object.keys(flows)[0] ?? ''));
}

export class FlowPerson {
  session: Session | null = null;
  last!: StepResult;
  options: Option[] = [];
  now = 1_000;
  runs = 0;
  context: Partial<StepContext> = {};

  constructor(public set: Prepared) {}

  do(input: Input, given: Record<string, Found> = {}): this {
    this.now += 1_000;
    const ids = { run: () => `r${++this.runs}`, number: () => caseNumber };
    this.last = step(this.set, this.session, input, { now: this.now, ids, given, ...this.context });
    this.session = JSON.parse(JSON.stringify(this.last.session)) as Session;
    this.options = this.last.effects.findLast((effect) => effect.kind === 'say')?.options ?? [];
    return this;
  }

  say(...lines: string[]): this {
    for (const text of lines) this.do({ kind: 'message', text });
    return this;
  }

  tap(label: string): this {
    const option = this.options.find((one) => one.label === label);
    if (!option) throw new Error(`no ${label}`);
    return this.do({ kind: 'message', choice: option.id });
  }

  get texts(): string[] {
    return this.last.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.text] : []));
  }

  get submission() {
    return this.last.effects.find((effect) => effect.kind === 'submission');
  }

  /** Answers of the run under way, those of called flows included. */
  get answers(): Record<string, unknown> {
    return Object.assign({}, ...(this.session?.stack ?? []).map((frame) => frame.answers)) as Record<string, unknown>;
  }
}
