/** One turn in the making: a copy of the session that may change, the effects so far, and what texts need to be said. */
import { without } from './as-text.js';
import { conditionHolds } from './condition.js';
import { inLanguage, isAsking, type Prepared, type PreparedFlow } from './prepare.js';
import { render, type Filter, type Get } from './text/template.js';
import { isOpen } from './hours.js';
import { variable } from './variable.js';
import type {
  Answers,
  AskingStep,
  Condition,
  Effect,
  Found,
  Frame,
  HandoffReason,
  Json,
  LookUpKind,
  Need,
  Option,
  PrivacyClass,
  ReadAs,
  SayEffect,
  Session,
  StepContext,
  StepResult,
  Text,
} from './types.js';

const answering: ReadonlySet<ReadAs> = new Set<ReadAs>(['button', 'choice', 'answer']);

export class Turn {
  readonly session: Session;
  readonly effects: Effect[] = [];
  /** The question that waited when the input came, unless staff have the conversation. */
  readonly asked: AskingStep | undefined;
  need: Need | undefined;
  read: StepResult['read'] = { as: 'silent' };
  /** A danger was named in this message: nothing in it counts as wrong. */
  endangered = false;
  /** Why staff are called, when a flow's end calls them. */
  reason: HandoffReason = 'flow';
  /** Steps passed, against loops. */
  passed = 0;
  /** The walk comes by what the person has seen already: nothing is said. */
  passing = false;
  /** What the turn before did with a question of the person's. */
  readonly answered: Session['answered'];
  /** A question that the walk did not come by was gone to all the same: once a turn. */
  diverted = false;
  /** A run is being brought to its place in a newer set: what was looked up stays as it is. */
  settling = false;
  /** The turn before asked whether our messages should stop. */
  readonly restAsked: boolean;
  /** The run was not brought to its place: no question waits in truth. */
  unsettled = false;

  constructor(
    readonly prepared: Prepared,
    session: Session,
    readonly context: StepContext,
  ) {
    this.session = { ...session, stack: session.stack.slice() };
    this.answered = session.answered;
    this.restAsked = session.pending?.about === 'rest';
    this.own();
    this.asked = session.hold ? undefined : this.waiting;
  }

  /** The active frame. */
  get frame(): Frame | undefined {
    return this.session.stack[this.session.stack.length - 1];
  }

  get language(): string {
    return this.session.language;
  }

  flow(frame: Frame): PreparedFlow {
    const flow = this.prepared.flows.get(frame.flow);
    if (!flow) throw new Error(`the set has no flow ${frame.flow}`);
    return flow;
  }

  /** The question that waits, if one does. */
  get waiting(): AskingStep | undefined {
    const frame = this.frame;
    const step = frame && this.prepared.flows.get(frame.flow)?.steps.get(frame.step);
    return step && isAsking(step) ? step : undefined;
  }

  /** How the input is read, and how private it is: as private as the question it came to, whatever it was. */
  readAs(as: ReadAs, step = this.asked): void {
    const frame = this.frame;
    this.read = {
      as,
      ...(frame && { flow: frame.flow, step: frame.step }),
      ...(step && { class: this.classOf(as, step) }),
    };
  }

  /** What is no answer is not public because the question was; and of danger staff must be able to read. */
  private classOf(as: ReadAs, step: AskingStep): PrivacyClass {
    if (this.endangered && step.class === 'confidential') return 'sensitive';
    return step.class === 'public' && !answering.has(as) ? 'personal' : step.class;
  }

  // ── Frames ─────────────────────────────────────────────────────────────────────────────────────────────────────

  push(frame: Frame): void {
    this.session.stack.push(frame);
    this.own();
  }

  /** Leaves the active frame; the one below becomes ours to change. */
  pop(): Frame | undefined {
    const gone = this.session.stack.pop();
    this.own();
    return gone;
  }

  /** Takes up a run that was put aside. */
  restore(stack: readonly Frame[]): void {
    this.session.stack = stack.slice();
    this.own();
  }

  /** The active frame becomes a copy that may change. */
  private own(): void {
    const { stack } = this.session;
    const frame = stack[stack.length - 1];
    if (!frame) return;
    const { answers, trail, retrace } = frame;
    stack[stack.length - 1] = {
      ...frame,
      answers: { ...answers },
      trail: trail.slice(),
      ...(retrace && { retrace: { ...retrace } }),
    };
  }

  /** Keeps values for questions that lie ahead in the run. */
  keepAhead(values: Answers): void {
    this.setAhead({ ...this.session.stack[0]?.ahead, ...values });
  }

  /** Takes out what was told beforehand for a question. */
  takeAhead(name: string): Json | undefined {
    const ahead = this.session.stack[0]?.ahead;
    if (!ahead || !Object.hasOwn(ahead, name)) return undefined;
    this.setAhead(without(ahead, name));
    return ahead[name];
  }

  private setAhead(ahead: Answers): void {
    const { stack } = this.session;
    const [bottom] = stack;
    if (!bottom) return;
    // The active frame is ours to change, and may be held by whoever walks it; another one is not.
    const frame = stack.length === 1 ? bottom : { ...bottom };
    stack[0] = frame;
    if (Object.keys(ahead).length > 0) frame.ahead = ahead;
    else delete frame.ahead;
  }

  /** Whether the set has every flow of a run. */
  knows(stack: readonly Frame[]): boolean {
    return stack.every((frame) => this.prepared.flows.has(frame.flow));
  }

  /** A question of the run under way, in whichever of its flows. */
  question(name: string): AskingStep | undefined {
    const [bottom] = this.session.stack;
    return bottom && this.prepared.flows.get(bottom.flow)?.questions.get(name);
  }

  /** The number under which the run was filed. */
  get number(): string | undefined {
    return this.session.stack.find((frame) => frame.number !== undefined)?.number;
  }

  // ── Answers and facts ──────────────────────────────────────────────────────────────────────────────────────────

  /** An answer of this run, in this frame or a calling one. */
  answer(name: string): Json | undefined {
    const stack = this.session.stack;
    const run = this.frame?.run;
    for (let index = stack.length - 1; index >= 0; index--) {
      const frame = stack[index];
      if (!frame || frame.run !== run) break;
      const value = frame.answers[name];
      if (value !== undefined && Object.hasOwn(frame.answers, name)) return value;
    }
    return undefined;
  }

  found(name: string): Found | undefined {
    const run = this.frame?.run;
    return this.session.stack.findLast((frame) => frame.run === run && frame.found && Object.hasOwn(frame.found, name))
      ?.found?.[name];
  }

  holds(condition: Condition | undefined): boolean {
    return condition === undefined || conditionHolds(condition, (name) => this.fact(name));
  }

  /** What a condition's name stands for: an answer, a look-up's outcome, or a fact of the moment. */
  private fact(name: string): Json | undefined {
    const answer = this.answer(name);
    if (answer !== undefined) return answer;
    const found = this.found(name);
    if (found) return found.outcome;
    switch (name) {
      case 'draft':
        return this.session.parked?.some((stack) => this.knows(stack)) ? 'yes' : 'no';
      case 'first':
        return this.session.met ? 'no' : 'yes';
      case 'open':
        return isOpen(this.prepared.set.charity, this.context.now) ? 'yes' : 'no';
      case 'channel':
        return this.context.channel ?? 'unknown';
      case 'language':
        return this.language;
      default:
        return undefined;
    }
  }

  /** Asks the shell for a read; undefined (and `need` set) until it has answered. A question brings the last topic along. */
  lookUp(what: LookUpKind, parameters: Record<string, string>): Found | undefined {
    const { topic } = this.session;
    const asked = parameters.question === undefined || topic === undefined ? parameters : { ...parameters, topic };
    const key = `${what} ${JSON.stringify(asked)}`;
    const found = this.context.given?.[key];
    if (!found) this.need = { key, what, with: asked, language: this.language };
    if (found?.values?.topic !== undefined) this.session.topic = found.values.topic;
    return found;
  }

  // ── Saying ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** One of the engine's own texts. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string {
    const text = this.prepared.set.texts[key];
    return text ? this.render(text, values) : key;
  }

  /** A text of the set with its variables filled in. */
  render(text: Text, values?: Readonly<Record<string, string | number>>): string {
    const template = this.prepared.template(inLanguage(this.prepared.set, text, this.language));
    const get = (path: string, filters: readonly Filter[]): ReturnType<Get> =>
      values && Object.hasOwn(values, path) ? String(values[path]) : variable(this, path, filters);
    return render(template, get, this.language);
  }

  /** The text in every language of the set, as staff of either read it. */
  renderAll(text: Text): Text {
    const { language } = this.session;
    const rendered = this.prepared.set.languages.map((one) => {
      this.session.language = one;
      return [one, this.render(text)] as const;
    });
    this.session.language = language;
    return Object.fromEntries(rendered);
  }

  say(text: string, extra?: Partial<SayEffect>): void {
    const step = this.frame?.step;
    this.effects.push({ kind: 'say', author: 'bot', text, ...(step && { step }), ...extra });
  }

  sayKey(key: string, values?: Readonly<Record<string, string | number>>, options?: Option[]): void {
    this.say(this.text(key, values), options && { options, expects: 'choice' });
  }
}
