/** Small random flows that call each other two deep, for a test that knows by other means what should be filed of them. */
import type { Choice, Condition, End, Flow, FlowSet, Step } from '../../src/engine/types.js';
import type { Draw } from './flow-edits.js';

export const MAIN = 'aid';
/** Another request, into which people wander. */
export const OTHER = 'other';

export interface World {
  readonly set: FlowSet;
  /** Whether some answer leads back: then what was asked does not follow from the last answers alone. */
  readonly circles: boolean;
}

/** Names and values that conditions may be about: only what stands before in the way. */
interface Known {
  readonly id: string;
  readonly values: readonly string[];
}

interface Writing {
  readonly draw: Draw;
  readonly known: Known[];
  count: number;
  circles: boolean;
}

const shared = {
  class: 'personal' as const,
  wrong: { tries: 'any' as const },
  silence: { after: 3_600_000, go: 'saved' },
};
const both = (text: string) => ({ ar: text, en: text });

/** A menu, a request of three flows, and another request, on the words and texts of a real set. */
export function randomWorld(draw: Draw, base: FlowSet): World {
  const writing: Writing = { draw, known: [], count: 0, circles: false };
  const flows = [menu(), ...requestOf(writing), otherFlow()];
  const body = {
    ...base,
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    hash: 'oracle',
    start: 'menu',
    doors: { menu: 'menu' },
    danger: [],
    readFirst: false,
    inquiries: false,
  };
  return { set: body, circles: writing.circles };
}

function menu(): Flow {
  const choices = [MAIN, OTHER].map((id): Choice => ({ id, label: both(`to ${id}`), go: `flow/${id}` }));
  const step: Step = {
    id: 'service',
    kind: 'ask',
    ask: both('menu?'),
    answer: 'choice',
    choices,
    ...shared,
    silence: { after: 1, go: 'done' },
  };
  return flow('menu', [step], { done: {} });
}

function otherFlow(): Flow {
  return flow(OTHER, [text('o1'), text('o2')], {
    done: { submit: 'case/other', say: both('other filed') },
    saved: { park: true, say: both('saved') },
  });
}

/** The flows are written from the first question of the way to the last, so that conditions can look back. */
function requestOf(writing: Writing): Flow[] {
  const { draw } = writing;
  const opening: Step[] =
    draw(3) === 0 ? [{ id: 'agree', kind: 'consent', ask: both('Qagree.'), version: '1', ...shared }] : [];
  const before = [...opening, ...questions(writing, 1 + draw(3))];
  const call: Step = { id: 'call_part', kind: 'call', flow: 'part', ...condition(writing, 3) };
  const inPart = questions(writing, draw(3));
  const callDeep: Step = { id: 'call_deep', kind: 'call', flow: 'deep', ...condition(writing, 3) };
  const deep = questions(writing, 1 + draw(2));
  const partEnd = questions(writing, draw(2));
  const part =
    inPart.length + partEnd.length === 0 || draw(3) > 0 ? [...inPart, callDeep, ...partEnd] : [...inPart, ...partEnd];
  const after = questions(writing, 1 + draw(3));
  const [name, ...end] = closing(writing);
  const open: Step[] = [...before, call, ...after, name];
  // Nobody signs without a name: no jump leads past it.
  jumpAhead(writing, open, []);
  const main = [...open, ...end];
  jumpAhead(writing, part, ['early']);
  const early = after[draw(after.length)];
  const calling = main.map((one): Step =>
    one === call && early && draw(2) === 0 ? { ...call, on: { early: early.id } } : one,
  );
  const called = { done: {}, early: {}, saved: { park: true } };
  return [
    flow(MAIN, calling, {
      done: { submit: 'case/aid', say: both('filed') },
      saved: { park: true, say: both('saved') },
    }),
    flow('part', part, called),
    flow('deep', deep, called),
  ];
}

function closing(writing: Writing): [Step, ...Step[]] {
  const { draw, known } = writing;
  const name = text('signer');
  const review: Step = {
    id: 'check',
    kind: 'review',
    ask: both('right?'),
    fields: [...known.map(({ id }) => id), 'signer'],
    ...shared,
  };
  const sign: Step = {
    id: 'truth',
    kind: 'declaration',
    ask: both('Qtruth.'),
    version: '1',
    signs: 'signer',
    ...shared,
  };
  const last = draw(3) === 0 ? questions(writing, 1) : [];
  return [name, ...(draw(4) > 0 ? [review] : []), ...(draw(2) === 0 ? [sign] : []), ...last];
}

function questions(writing: Writing, count: number): Step[] {
  return Array.from({ length: count }, () => question(writing)).flatMap((one) =>
    writing.draw(6) === 0 ? [{ id: `say_${one.id}`, kind: 'say', say: both('by the way') }, one] : [one],
  );
}

function question(writing: Writing): Step {
  const { draw, known } = writing;
  const id = `q${++writing.count}`;
  const when = condition(writing, 2);
  const optional = draw(5) === 0 && { optional: true };
  const drawn = draw(6);
  if (drawn < 2) {
    known.push({ id, values: [] });
    return { ...text(id), ...optional, ...when };
  }
  if (drawn === 2) {
    known.push({ id, values: ['yes', 'no'] });
    return {
      id,
      kind: 'ask',
      ask: both(`Q${id}.`),
      short: both(`field ${id}`),
      answer: 'yes_no',
      ...optional,
      ...when,
      ...shared,
    };
  }
  const values = ['a', 'b', 'c'].slice(0, 2 + draw(2)).map((one) => `${id}${one}`);
  const choices = values.map((value, at): Choice => ({
    id: value,
    label: both(value),
    ...(at > 0 && condition(writing, 2)),
  }));
  known.push({ id, values });
  return {
    id,
    kind: 'ask',
    ask: both(`Q${id}.`),
    short: both(`field ${id}`),
    answer: 'choice',
    choices,
    ...optional,
    ...when,
    ...shared,
  };
}

function text(id: string): Extract<Step, { kind: 'ask' }> {
  return { id, kind: 'ask', ask: both(`Q${id}.`), short: both(`field ${id}`), answer: 'text', ...shared };
}

/** One time in `rarity` a condition on something before. */
function condition({ draw, known }: Writing, rarity: number): { onlyIf?: Condition } {
  const gate = draw(rarity) === 0 ? known[draw(Math.max(1, known.length))] : undefined;
  if (!gate) return {};
  const value = gate.values[draw(Math.max(1, gate.values.length))];
  const not = draw(3) === 0 && { not: true };
  return { onlyIf: [{ name: gate.id, ...(value !== undefined && { in: [value] }), ...not }] };
}

/** One choice or yes/no of a flow leads over what stands next; rarely one leads back. */
function jumpAhead(writing: Writing, steps: Step[], ends: readonly string[]): void {
  const { draw } = writing;
  const at = draw(Math.max(1, steps.length));
  const step = steps[at];
  if (step?.kind !== 'ask' || (!step.choices && step.answer !== 'yes_no')) return;
  const back = draw(6) === 0;
  const targets = back
    ? steps.slice(0, at).flatMap((one) => (one.kind === 'ask' ? [one.id] : []))
    : [...steps.slice(at + 1).map(({ id }) => id), ...ends];
  const to = targets[draw(Math.max(1, targets.length))];
  if (to === undefined) return;
  if (back) writing.circles = true;
  // The first choice is always offered: it leads on.
  const value = step.choices?.[back ? 1 : draw(step.choices.length)]?.id;
  steps[at] =
    value === undefined
      ? { ...step, on: { [draw(2) === 0 ? 'yes' : 'no']: to } }
      : { ...step, choices: (step.choices ?? []).map((one) => (one.id === value ? { ...one, go: to } : one)) };
}

function flow(id: string, steps: readonly Step[], ends: Readonly<Record<string, Omit<End, 'id'>>>): Flow {
  return {
    id,
    title: both(id),
    steps,
    ends: Object.fromEntries(Object.entries(ends).map(([name, end]) => [name, { id: name, ...end }])),
  };
}
