/** A world of one flow, a few people in it and some versions of it, all from one seed; throws when somebody is wronged. */
import { FlowSets } from '../../src/conversation/flow-sets.js';
import { asText } from '../../src/engine/as-text.js';
import { step } from '../../src/engine/step.js';
import type { Answers, Effect, FlowSet, Input, Json, Option, Session } from '../../src/engine/types.js';
import type { FlowSets as SetStore } from '../../src/store/contract.js';
import { aboutOf, compiled, edits, firstDraft, type Draft, type Draw } from './flow-edits.js';
import { pack } from './pack.js';

// Words of danger have no part in publishing, and are dear to prepare for every version.
const base = { ...pack('safe-treatment').set, danger: [] };
export const PEOPLE = 4;
const VERSIONS = 3;
const MOST_MESSAGES = 120;

/** What was seen, over all worlds. */
export const counts: Record<string, number> = {};
const count = (name: string, by = 1) => (counts[name] = (counts[name] ?? 0) + by);

/** One person: what they said to which question of which run, and what was last said to them. */
class Person {
  session: Session | null = null;
  private shown = '';
  /** The question that stands open: asides of the engine leave it. */
  private about: number | undefined;
  private options: Option[] = [];
  private readonly said = new Map<string, Json[]>();
  private words = 0;
  private ended = 0;

  constructor(
    private readonly flows: FlowSets,
    private readonly draw: Draw,
    private readonly ids: () => string,
  ) {}

  get ends(): number {
    return this.ended;
  }

  /** One message, as somebody who reads what stands there; true words are kept for later. `wild`: sometimes back, menu or a correction. */
  async act(wild: boolean): Promise<void> {
    const { about } = this;
    const input = this.reply(about, wild);
    const run = this.session?.stack.at(-1)?.run ?? '';
    const value = input.choice?.split('/').slice(2).join('/') ?? input.text;
    if (about !== undefined && value !== undefined) {
      const key = `${run} ${about}`;
      this.said.set(key, [...(this.said.get(key) ?? []), value]);
    }
    await this.play(input);
  }

  async silence(): Promise<void> {
    if (this.session) await this.play({ kind: 'timer', due: 'silence' });
  }

  private reply(about: number | undefined, wild: boolean): Extract<Input, { kind: 'message' }> {
    const kind = 'message' as const;
    if (wild && this.draw(8) === 0) return { kind, text: ['رجوع', 'القائمة', 'إلغاء', 'back'][this.draw(4)] ?? '' };
    const offered = this.options.filter(({ id }) => id !== '!/pending/answer');
    const options = wild ? offered : offered.filter(({ id }) => !/\/edit$|\/cancel$|\/new$/.test(id));
    const option = options[this.draw(Math.max(1, options.length))];
    if (option && this.draw(3) > 0) return { kind, choice: option.id };
    if (option && about !== undefined && /Q/.test(this.shown) && option.id.endsWith('/skipped'))
      return { kind, choice: option.id };
    if (option && !/sign$/.test(this.shown)) return { kind, choice: option.id };
    if (/sign$/.test(this.shown)) return { kind, text: this.signature() };
    return { kind, text: /number/.test(this.expects) ? String(1000 + ++this.words) : `kalima w${++this.words}x` };
  }

  private expects = '';
  private set: FlowSet | undefined;

  private signature(): string {
    const frame = this.session?.stack.at(-1);
    const step = this.set?.flows[frame?.flow ?? '']?.steps.find(({ id }) => id === frame?.step);
    const signed = step?.kind === 'declaration' ? frame?.answers[step.signs] : undefined;
    return typeof signed === 'string' ? signed : 'nobody';
  }

  private async play(input: Input): Promise<void> {
    const before = JSON.stringify(this.session);
    const { prepared, session } = await this.flows.of(this.session);
    const context = { now: 1_700_000_000_000, ids: { run: this.ids, number: this.ids } };
    const result = step(prepared, session, input, context);
    must(JSON.stringify(this.session) === before, 'a session was changed in place');
    // As the store would: nothing survives but JSON.
    this.session = JSON.parse(JSON.stringify(result.session)) as Session;
    this.hear(result.effects, input);
    this.set = prepared.set;
    this.check(prepared.set, this.session, result.effects);
    if (session?.set !== undefined && (JSON.parse(before) as Session | null)?.set !== session.set)
      count('people carried over');
  }

  private hear(effects: readonly Effect[], input: Input): void {
    const says = effects.flatMap((one) => (one.kind === 'say' ? [one] : []));
    must(input.kind !== 'message' || says.length > 0, 'a message without an answer');
    if (says.some(({ text }) => text.includes('Sorry, we have') || text.includes('حدّثنا أسئلتنا'))) count('asked anew');
    const last = says.at(-1);
    if (last) {
      this.shown = last.text;
      this.about = aboutOf(last.text) ?? (/right\?$|sign$|^done$/.test(last.text) ? undefined : this.about);
      this.options = last.options ?? [];
      this.expects = last.expects ?? '';
    }
    if (
      effects.some(({ kind }) => kind === 'submission' || kind === 'handoff') ||
      says.some(({ text }) => text === 'done')
    ) {
      this.ended += 1;
      count('ends');
    }
    if (this.session?.hold) delete this.session.hold;
  }

  /** Every answer that stands anywhere was said to the question that it stands under. */
  private check(set: FlowSet, session: Session, effects: readonly Effect[]): void {
    must(session.set === set.hash, 'a session in another set than its turn');
    for (const frame of [...session.stack, ...(session.parked ?? []).flat()].flatMap((one) => [
      one,
      ...(one.above ?? []),
    ]))
      if (set.flows[frame.flow]) this.checkAnswers(set, frame.run, frame.answers);
    for (const effect of effects) if (effect.kind === 'submission') this.checkAnswers(set, effect.run, effect.answers);
  }

  private checkAnswers(set: FlowSet, run: string, answers: Answers): void {
    for (const [name, value] of Object.entries(answers)) {
      const question = Object.values(set.flows)
        .flatMap(({ steps }) => steps)
        .find(({ id }) => id === name);
      must(question !== undefined, `an answer under ${name}, which nothing asks`);
      if (question?.kind !== 'ask') continue;
      const about = aboutOf(question.ask.ar ?? '') ?? 0;
      const said = (this.said.get(`${run} ${about}`) ?? []).map(asText);
      must(said.includes(asText(value)), `${name} (Q${about}) holds ${JSON.stringify(value)}`);
      count('answers checked');
    }
  }
}

/** Sets in memory; who stands where is asked of the people themselves. */
function memory(people: () => readonly Person[]): { flowSets: SetStore } {
  const bodies = new Map<string, string>();
  const line: string[] = [];
  return {
    flowSets: {
      put: (hash, body) => Promise.resolve(void bodies.set(hash, body)),
      get: (hash) => Promise.resolve(bodies.get(hash) ?? null),
      setCurrent: (hash) => Promise.resolve(void line.push(hash)),
      current: () => Promise.resolve(line.at(-1) ?? null),
      line: () => Promise.resolve([...line]),
      standing: () =>
        Promise.resolve(
          people().flatMap(({ session }) => {
            const frame = session?.stack.at(-1);
            return session && frame ? [{ flowSet: session.set, flow: frame.flow, step: frame.step, count: 1 }] : [];
          }),
        ),
    },
  };
}

/** A flow, people, versions; everybody goes on to an end, and what they said stays where they said it. */
export async function live(seed: number): Promise<void> {
  let state = seed >>> 0;
  const draw: Draw = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let id = 0;
  const people: Person[] = [];
  const flows = new FlowSets(memory(() => people));
  let draft = firstDraft(draw);
  await flows.publish(compiled(draft, base), 0);
  for (let n = 0; n < PEOPLE; n++) people.push(new Person(flows, draw, () => `id${++id}`));
  for (let version = 0; version < VERSIONS; version++) {
    // Some go on, some stay silent over several versions.
    for (const person of people) if (draw(3) > 0) for (let n = draw(7); n > 0; n--) await person.act(true);
    if (draw(4) === 0) await people[draw(PEOPLE)]?.silence();
    draft = await change(draft, draw, flows, people);
  }
  for (const person of people) {
    const before = person.ends;
    for (let n = 0; person.ends === before; n++) {
      must(n < MOST_MESSAGES, `somebody is stranded (${JSON.stringify(person.session)})`);
      await person.act(false);
    }
  }
}

async function change(before: Draft, draw: Draw, flows: FlowSets, people: readonly Person[]): Promise<Draft> {
  const draft = structuredClone({ ...before, freed: new Set<string>() });
  const names = Object.keys(edits);
  for (let n = 1 + draw(3); n > 0; n--) {
    const name = names[draw(names.length)] ?? '';
    edits[name]?.(draft, draw);
    count('edits');
  }
  const { outcome } = await flows.publish(compiled(draft, base), 0);
  count(outcome);
  if (people.some(({ session }) => session && session.stack.length > 0)) count(`${outcome} with people in the middle`);
  return outcome === 'refused' ? before : draft;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
