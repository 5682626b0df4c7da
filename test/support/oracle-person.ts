/** Somebody who answers, corrects, goes back and wanders through random flows, and remembers what was said to which question. */
import { asText } from '../../src/engine/as-text.js';
import type { Prepared } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { AskingStep, Effect, Frame, Input, Json, Option, Session } from '../../src/engine/types.js';
import type { Draw } from './flow-edits.js';

type Message = Extract<Input, { kind: 'message' }>;
export type Submission = Extract<Effect, { kind: 'submission' }>;

/** The question that stands open, and its run. */
export interface Standing {
  readonly run: string;
  readonly step: AskingStep;
}

export class OraclePerson {
  session: Session | null = null;
  /** The last valid answer to each question, by run. */
  readonly said = new Map<string, Map<string, Json>>();
  /** Every valid answer to each question that a person gave in a run, as run/question/value. */
  readonly ever = new Set<string>();
  readonly filed: Submission[] = [];
  /** What was said to and fro, for whoever has to find a fault. */
  readonly log: string[] = [];
  private options: readonly Option[] = [];
  private old: readonly Option[] = [];
  private correcting: { run: string; name: string } | undefined;
  private turns = 0;

  constructor(
    private readonly prepared: Prepared,
    private readonly draw: Draw,
    private readonly count: (what: string) => void,
  ) {}

  /** Anything that anybody might do. */
  wander(): void {
    const moves = [
      () => this.back(),
      () => this.correct(),
      () => this.correct(),
      () => this.correct(),
      () => this.correct(),
      () => this.say('القائمة'),
      () => this.say(this.session?.language === 'en' ? 'العربية' : 'English'),
      () => this.say('إلغاء'),
      () => this.silence(),
      () => this.nonsense(),
      () => this.stale(),
    ];
    const move = this.draw(5) < 3 ? undefined : moves[this.draw(moves.length)];
    if (move) move();
    else this.answer();
  }

  /** What a person does who wants to be done. */
  answer(): void {
    const { standing } = this;
    if (this.session?.pending) return this.settle();
    if (!standing) return this.say('مرحبا');
    const { step } = standing;
    if (step.kind === 'review') return this.tap('/right');
    if (step.id === 'service') return this.tap(this.draw(4) === 0 ? '/other' : '/aid');
    if (step.kind === 'ask' && step.optional && this.draw(4) === 0)
      return this.give(standing, 'skipped', { kind: 'message', text: 'تخطي' });
    if (step.kind === 'ask' && step.choices) return this.choose(standing);
    const [value, words] = this.valid(standing);
    this.give(standing, value, { kind: 'message', text: words });
  }

  get standing(): Standing | undefined {
    const frame = this.session?.stack.at(-1);
    const found = frame && this.prepared.flows.get(frame.flow)?.steps.get(frame.step);
    return frame && found && 'wrong' in found ? { run: frame.run, step: found } : undefined;
  }

  saidIn(run: string): Map<string, Json> {
    const known = this.said.get(run) ?? new Map<string, Json>();
    this.said.set(run, known);
    return known;
  }

  private valid({ run, step }: Standing): [Json, string] {
    const yes = this.draw(2) === 0;
    if (step.kind === 'consent') return yes ? ['yes', 'أوافق'] : ['no', 'لا أوافق'];
    if (step.kind === 'declaration') {
      const name = this.saidIn(run).get('signer');
      return typeof name === 'string' ? [name, name] : ['nobody', 'nobody'];
    }
    if (step.kind === 'ask' && step.answer === 'yes_no') return yes ? ['yes', 'نعم'] : ['no', 'لا'];
    const words = `kalima w${++this.turns}x`;
    return [words, words];
  }

  private choose(standing: Standing): void {
    const own = this.options.filter(({ id }) => id.startsWith(`${standing.run}/${standing.step.id}/`));
    const option = own[this.draw(Math.max(1, own.length))];
    if (!option) throw new Error(`${standing.step.id} offers nothing`);
    const value = option.id.split('/').slice(2).join('/');
    const typed = value !== 'skipped' && this.draw(3) === 0;
    this.give(
      standing,
      value,
      typed ? { kind: 'message', text: option.label } : { kind: 'message', choice: option.id },
    );
  }

  /** A valid answer: it stands from now on, and a signature under another one is void. */
  private give({ run, step }: Standing, value: Json, input: Message): void {
    const said = this.saidIn(run);
    if (step.kind !== 'declaration' && said.has(step.id) && said.get(step.id) !== value) said.delete('truth');
    said.set(step.id, value);
    this.ever.add(`${run}/${step.id}/${asText(value)}`);
    if (this.correcting?.run === run && this.correcting.name === step.id) this.correcting = undefined;
    this.count('answers');
    this.do(input);
  }

  /** What the engine asked in between. */
  private settle(): void {
    const pending = this.session?.pending;
    const { standing } = this;
    if (this.draw(6) === 0) {
      this.say('رجوع');
      return;
    }
    // Whoever is called "back" could not sign by that name.
    const options = this.options.filter(({ id }) => standing?.step.id !== 'signer' || !id.endsWith('/answer'));
    const option = options[this.draw(Math.max(1, options.length))];
    if (!option) throw new Error('asked in between without a choice');
    if (pending?.about === 'word' && option.id.endsWith('/answer') && standing)
      return this.give(standing, pending.text, { kind: 'message', choice: option.id });
    if (pending?.about === 'word' && pending.word === 'back' && option.id.endsWith('/command'))
      return this.goBack({ kind: 'message', choice: option.id });
    if (pending?.about === 'word' && pending.word === 'edit')
      return this.named(/field (\w+)/.exec(pending.text)?.[1], { kind: 'message', choice: option.id });
    if (pending?.about === 'field')
      return this.named(option.id.split('/').at(-1), { kind: 'message', choice: option.id });
    this.do({ kind: 'message', choice: option.id });
  }

  private back(): void {
    if (this.session?.pending || !this.standing) return this.settleOrAnswer();
    this.count('back');
    this.goBack({ kind: 'message', text: 'رجوع' });
  }

  /** The answer to the question that is asked then is taken back, unless only a correction was left. */
  private goBack(input: Message): void {
    const before = this.standing;
    this.do(input);
    const now = this.standing;
    if (this.session?.pending || !now || now.run !== before?.run) return;
    const left = this.correcting?.run === now.run && this.correcting.name === before.step.id;
    if (left) this.correcting = undefined;
    else this.saidIn(now.run).delete(now.step.id);
  }

  private correct(): void {
    const { standing } = this;
    if (this.session?.pending || !standing || standing.step.id === 'service') return this.settleOrAnswer();
    if (standing.step.kind === 'review' && this.draw(2) === 0) return this.tap('/edit');
    const names = [...this.saidIn(standing.run).keys()];
    const name = names[this.draw(Math.max(1, names.length))];
    if (name === undefined || name === 'agree' || name === 'truth') return this.answer();
    this.count('corrections');
    this.named(name, { kind: 'message', text: `تعديل field ${name}` });
  }

  /** A correction of a named answer; where the way is being walked again to it, the old answer is given up. */
  private named(name: string | undefined, input: Message): void {
    const before = this.standing;
    this.do(input);
    const now = this.standing;
    if (this.session?.pending || !before || !now || name === undefined || before.run !== now.run) return;
    const shown = this.log.at(-1) ?? '';
    if (shown.includes(`field ${name}»`)) this.saidIn(now.run).delete(name);
    else if (now.step.id === name && before.step.id !== name) this.correcting = { run: now.run, name };
  }

  private silence(): void {
    if (!this.session) return;
    this.count('silences');
    this.do({ kind: 'timer', due: 'silence' });
  }

  private nonsense(): void {
    const { standing } = this;
    const open = standing?.step.kind === 'ask' && standing.step.answer === 'text';
    if (open || this.session?.pending) return this.settleOrAnswer();
    this.say('زقزق بقبق');
  }

  private stale(): void {
    const { standing } = this;
    const option = this.old[this.draw(Math.max(1, this.old.length))];
    if (
      !option ||
      !standing ||
      this.session?.pending ||
      option.id.startsWith('!') ||
      option.id.startsWith(`${standing.run}/${standing.step.id}/`)
    )
      return;
    this.do({ kind: 'message', choice: option.id });
  }

  private settleOrAnswer(): void {
    if (this.session?.pending) this.settle();
    else this.answer();
  }

  private say(text: string): void {
    const { standing } = this;
    if (text === 'القائمة') this.count('wandered off');
    // At a question for any words these are asked back; after that they may turn out to be the answer.
    this.do({ kind: 'message', text });
    if (standing && this.correcting && this.standing?.run !== this.correcting.run) this.count('left in a correction');
  }

  private tap(end: string): void {
    const option = this.options.find(({ id }) => id.endsWith(end));
    if (!option) throw new Error(`no button ${end}`);
    this.do({ kind: 'message', choice: option.id });
  }

  private do(input: Input): void {
    this.turns += 1;
    const before = JSON.stringify(this.session);
    const ids = { run: () => `r${this.turns}`, number: () => `n${this.turns}` };
    const result = step(this.prepared, this.session, input, { now: 1_700_000_000_000 + this.turns * 60_000, ids });
    must(JSON.stringify(this.session) === before, 'a session was changed in place');
    this.session = JSON.parse(JSON.stringify(result.session)) as Session;
    const says = result.effects.flatMap((one) => (one.kind === 'say' ? [one] : []));
    this.log.push(
      `> ${input.kind === 'message' ? (input.text ?? input.choice ?? '') : 'silence'}`,
      ...says.map(({ text }) => `< ${text}`),
    );
    must(input.kind !== 'message' || says.length > 0, 'a message without an answer');
    const last = says.at(-1);
    if (last) {
      this.old = [...this.options, ...this.old].slice(0, 20);
      this.options = last.options ?? [];
      this.mustAskWhatWaits(last.text);
    }
    this.filed.push(...result.effects.flatMap((one) => (one.kind === 'submission' ? [one] : [])));
    this.session.stack.forEach(mustHoldOnlyWhatWasSaid(this.ever));
  }

  /** The question that waits is the one that was put last. */
  private mustAskWhatWaits(text: string): void {
    const { standing } = this;
    if (!standing || this.session?.pending) return;
    const { step } = standing;
    const words = step.kind === 'review' ? 'right?' : step.id === 'service' ? 'menu?' : `Q${step.id}.`;
    const short = step.kind === 'consent' && /صريح|clear/.test(text);
    const differs = step.kind === 'declaration' && /Q|«|name|الاسم/.test(text);
    must(text.includes(words) || short || differs, `${step.id} waits, but was not asked: ${text}`);
  }
}

/** Wherever answers stand in a run, somebody said them to that very question. */
function mustHoldOnlyWhatWasSaid(ever: ReadonlySet<string>): (frame: Frame) => void {
  return ({ run, answers }) => {
    for (const [name, value] of Object.entries(answers))
      must(
        name.endsWith('.at') || name === 'service' || ever.has(`${run}/${name}/${asText(value)}`),
        `${name} holds ${JSON.stringify(value)}`,
      );
  };
}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
