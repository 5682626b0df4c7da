/** Small random flows and random changes to them, with what every question is about kept apart from its name. */
import { hashOf } from '../../src/engine/language/hash.js';
import type { Choice, Condition, Flow, FlowSet, Moved, Step } from '../../src/engine/types.js';

/** Numbers below a bound, drawn from a seed. */
export type Draw = (below: number) => number;

type Kind = 'text' | 'number' | 'yes_no' | 'choice';

/** A question as an author thinks of it: `about` never changes, whatever it is called and however it is worded. */
export interface Asked {
  about: number;
  id: string;
  kind: Kind;
  wording: number;
  choices: string[];
  optional: boolean;
  onlyIf?: { id: string; value: string };
  /** One choice that leads elsewhere: to an id, or back to an earlier one. */
  jump?: { value: string; to: string };
}

type Part = { part: 'ask'; asked: Asked } | { part: 'say' | 'review' | 'call' | 'declaration'; id: string };

export interface Draft {
  /** The main flow's name; it changes too. */
  main: string;
  parts: Part[];
  sub: Part[];
  moved: { main: Moved; sub: Moved };
  /** Ids that were given up in this version: not to be used again in it. */
  freed: Set<string>;
  last: { about: number; id: number };
}

const none = (): Moved => ({ steps: {}, answers: {}, flows: [] });
const kinds: Kind[] = ['text', 'number', 'yes_no', 'choice'];

export function firstDraft(draw: Draw): Draft {
  const draft: Draft = {
    main: 'aid',
    parts: [],
    sub: [],
    moved: { main: none(), sub: none() },
    freed: new Set(),
    last: { about: 0, id: 0 },
  };
  draft.parts.push({ part: 'ask', asked: { ...fresh(draft, draw), kind: 'text', optional: false } });
  for (let n = 2 + draw(4); n > 0; n--) insert(draft, 'parts', draw);
  for (let n = 1 + draw(2); n > 0; n--) insert(draft, 'sub', draw);
  draft.parts.splice(1 + draw(draft.parts.length), 0, { part: 'call', id: 'call_sub' });
  if (draw(2) === 0) draft.parts.push({ part: 'review', id: 'check' });
  if (draw(3) === 0) draft.parts.push({ part: 'declaration', id: 'truth' });
  return draft;
}

/** The edits by name; each changes the draft as an author would, and says what moved, or forgets to. */
export const edits: Record<string, (draft: Draft, draw: Draw) => void> = {
  insert: (draft, draw) => insert(draft, where(draw), draw),
  say: (draft, draw) => draft.parts.splice(1 + draw(draft.parts.length), 0, { part: 'say', id: newId(draft, draw) }),
  rename: (draft, draw) => rename(draft, draw, true),
  renameAndAsk: (draft, draw) => rename(draft, draw, false),
  remove: (draft, draw) => remove(draft, draw, true),
  removeSilently: (draft, draw) => remove(draft, draw, false),
  reorder: (draft, draw) => {
    const list = draft[where(draw)];
    const at = 1 + draw(Math.max(1, list.length - 2));
    const [a, b] = [list[at], list[at + 1]];
    if (a?.part === 'ask' && b?.part === 'ask') list.splice(at, 2, b, a);
  },
  reword: (draft, draw) => {
    const asked = any(draft, draw).asked;
    if (asked) asked.wording += 1;
  },
  choices: (draft, draw) => {
    const asked = any(draft, draw).asked;
    if (asked?.kind !== 'choice') return;
    if (draw(2) === 0 && asked.choices.length > 2) asked.choices.splice(draw(asked.choices.length), 1);
    else asked.choices.splice(draw(asked.choices.length), 0, `a${asked.about}x${++draft.last.id}`);
  },
  optional: (draft, draw) => {
    const asked = any(draft, draw).asked;
    if (asked && asked !== first(draft)) asked.optional = !asked.optional;
  },
  retype: (draft, draw) => {
    const { asked } = any(draft, draw);
    // The same name for another type: nobody may stand there, and no answer of the old type may stay.
    if (!asked || asked === first(draft) || draft.freed.has(asked.id)) return;
    draft.freed.add(asked.id);
    retype(draft, asked, draw);
  },
  retypeAndRename: (draft, draw) => {
    const { asked, list } = any(draft, draw);
    if (!asked || asked === first(draft)) return;
    const from = asked.id;
    asked.id = newId(draft, draw);
    retype(draft, asked, draw);
    refer(draft, from, asked.id);
    told(draft, list, from, asked.id, null);
  },
  review: (draft) => {
    const at = draft.parts.findIndex(({ part }) => part === 'review');
    if (at >= 0) draft.parts.splice(at, 1);
    else draft.parts.push({ part: 'review', id: 'check' });
  },
  jump: (draft, draw) => {
    const asked = questions(draft.parts)[draw(questions(draft.parts).length)];
    const to = questions(draft.parts)[draw(questions(draft.parts).length)];
    const value = asked?.choices[draw(asked.choices.length)];
    if (asked && to && value !== undefined && asked !== to) asked.jump = { value, to: to.id };
  },
  renameFlow: (draft) => {
    const former = draft.main;
    draft.main = `aid${++draft.last.id}`;
    draft.moved.main = { ...draft.moved.main, flows: [...draft.moved.main.flows, former] };
  },
};

export function questions(parts: readonly Part[]): Asked[] {
  return parts.flatMap((one) => (one.part === 'ask' ? [one.asked] : []));
}

/** The draft as a set on the ground of a real one. */
export function compiled(draft: Draft, base: FlowSet): FlowSet {
  const flows = {
    [draft.main]: flow(draft.main, draft.parts, draft.moved.main, draft),
    sub: flow('sub', draft.sub, draft.moved.sub, draft),
  };
  const body = { ...base, flows, start: draft.main, doors: { menu: draft.main }, readFirst: false, inquiries: false };
  const { hash: _, ...rest } = body;
  return { ...body, hash: hashOf(rest) };
}

/** What a question of a set is about, read off its words. */
export const aboutOf = (text: string): number | undefined => {
  const found = /Q(\d+)\./.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

function flow(id: string, parts: readonly Part[], moved: Moved, draft: Draft): Flow {
  const end = (name: string, more: object) => [name, { id: name, ...more }] as const;
  const says = (name: string, more: object) => end(name, { ...more, ...(id !== 'sub' && { say: both(name) }) });
  const ends = [
    says('done', id === 'sub' ? {} : { submit: 'case/aid' }),
    says('saved', { park: true }),
    end('staff', { handoff: true, say: both('staff') }),
  ];
  return {
    id,
    title: both(id),
    steps: parts.map((one) => stepOf(one, draft)),
    ends: Object.fromEntries(ends),
    moved,
  };
}

function stepOf(one: Part, draft: Draft): Step {
  const shared = {
    class: 'personal' as const,
    wrong: { tries: 'any' as const },
    silence: { after: 3_600_000, go: 'saved' },
  };
  if (one.part === 'ask') return questionOf(one.asked, shared);
  switch (one.part) {
    case 'say':
      return { id: one.id, kind: 'say', say: both('by the way') };
    case 'call':
      return { id: one.id, kind: 'call', flow: 'sub' };
    case 'review':
      return { id: one.id, kind: 'review', ask: both('right?'), fields: fieldsOf(draft), ...shared };
    case 'declaration':
      return { id: one.id, kind: 'declaration', ask: both('sign'), version: '1', signs: first(draft).id, ...shared };
  }
}

function questionOf(asked: Asked, shared: Pick<Extract<Step, { kind: 'ask' }>, 'class' | 'wrong' | 'silence'>): Step {
  const choices = asked.choices.map((id): Choice => ({
    id,
    label: both(id),
    ...(asked.jump?.value === id && { go: asked.jump.to }),
  }));
  const onlyIf: Condition | undefined = asked.onlyIf && [{ name: asked.onlyIf.id, in: [asked.onlyIf.value] }];
  return {
    id: asked.id,
    kind: 'ask',
    ask: both(`Q${asked.about}. version ${asked.wording}`),
    short: both(`field ${asked.about}`),
    answer: asked.kind,
    ...(asked.kind === 'choice' && { choices }),
    ...(asked.optional && { optional: true }),
    ...(onlyIf && { onlyIf }),
    ...shared,
  };
}

const fieldsOf = (draft: Draft) => [...questions(draft.parts), ...questions(draft.sub)].map(({ id }) => id);
const both = (text: string) => ({ ar: text, en: text });
const where = (draw: Draw) => (draw(4) === 0 ? ('sub' as const) : ('parts' as const));

function first(draft: Draft): Asked {
  const [asked] = questions(draft.parts);
  if (!asked) throw new Error('the first question is never removed');
  return asked;
}

function any(draft: Draft, draw: Draw): { asked: Asked | undefined; list: 'parts' | 'sub' } {
  const list = where(draw);
  const all = questions(draft[list]);
  return { asked: all[draw(Math.max(1, all.length))], list };
}

function fresh(draft: Draft, draw: Draw): Asked {
  const about = ++draft.last.about;
  const kind = kinds[draw(kinds.length)] ?? 'text';
  const choices = kind === 'choice' ? ['p', 'q', 'r'].map((one) => `a${about}${one}`) : [];
  return { about, id: newId(draft, draw), kind, wording: 0, choices, optional: draw(5) === 0 };
}

/** From a small pool, so that names come back with another meaning; never one that is in use or was just given up. */
function newId(draft: Draft, draw: Draw): string {
  const used = new Set([
    ...draft.freed,
    ...[...draft.parts, ...draft.sub].map((one) => (one.part === 'ask' ? one.asked.id : one.id)),
  ]);
  const free = Array.from({ length: 14 }, (_, n) => `q${n}`).filter((id) => !used.has(id));
  const id = free[draw(Math.max(1, free.length))] ?? `q${20 + ++draft.last.id}`;
  for (const list of ['main', 'sub'] as const) draft.moved[list] = without(draft.moved[list], id);
  return id;
}

/** A name that is used again is no former one any more; nor can anybody be sent to what is gone. */
function without(moved: Moved, id: string): Moved {
  const kept = <V>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([from, to]) => from !== id && to !== id));
  return { steps: kept(moved.steps), answers: kept(moved.answers), flows: moved.flows };
}

function insert(draft: Draft, list: 'parts' | 'sub', draw: Draw): void {
  const asked = fresh(draft, draw);
  const at = list === 'sub' ? draw(draft.sub.length + 1) : 1 + draw(draft.parts.length);
  const before = questions(draft.parts.slice(0, at)).filter(({ kind }) => kind === 'choice');
  const gate = before[draw(Math.max(1, before.length))];
  if (list === 'parts' && gate && draw(3) === 0) asked.onlyIf = { id: gate.id, value: gate.choices[0] ?? '' };
  draft[list].splice(at, 0, { part: 'ask', asked });
}

function rename(draft: Draft, draw: Draw, keep: boolean): void {
  const { asked, list } = any(draft, draw);
  if (!asked) return;
  const from = asked.id;
  asked.id = newId(draft, draw);
  refer(draft, from, asked.id);
  told(draft, list, from, asked.id, keep ? asked.id : null);
}

function remove(draft: Draft, draw: Draw, tell: boolean): void {
  const { asked, list } = any(draft, draw);
  if (!asked || asked === first(draft) || questions(draft[list]).length < 2) return;
  const at = draft[list].findIndex((one) => one.part === 'ask' && one.asked === asked);
  draft[list].splice(at, 1);
  refer(draft, asked.id, undefined);
  const next = draft[list][at];
  const to = draw(4) === 0 || !next ? 'done' : next.part === 'ask' ? next.asked.id : next.id;
  if (tell) told(draft, list, asked.id, to, null);
  else forgotten(draft, asked.id);
}

function retype(draft: Draft, asked: Asked, draw: Draw): void {
  const others = kinds.filter((kind) => kind !== asked.kind);
  asked.kind = others[draw(others.length)] ?? 'text';
  // Another type asks about something else, as far as an answer goes.
  asked.about = ++draft.last.about;
  asked.choices = asked.kind === 'choice' ? ['p', 'q'].map((one) => `a${asked.about}${one}`) : [];
  delete asked.jump;
}

/** Conditions and jumps follow a new name, and go with what is gone. */
function refer(draft: Draft, from: string, to: string | undefined): void {
  for (const one of [...questions(draft.parts), ...questions(draft.sub)]) {
    if (one.onlyIf?.id === from && to !== undefined) one.onlyIf = { ...one.onlyIf, id: to };
    else if (one.onlyIf?.id === from) delete one.onlyIf;
    if (one.jump?.to !== from) continue;
    if (to === undefined) delete one.jump;
    else one.jump = { ...one.jump, to };
  }
}

/** Earlier moves to what is gone now lead to where it went. */
function told(draft: Draft, list: 'parts' | 'sub', from: string, to: string, answer: string | null): void {
  const key = list === 'parts' ? 'main' : 'sub';
  const { steps, answers, flows } = draft.moved[key];
  const led = Object.fromEntries(Object.entries(steps).map(([id, target]) => [id, target === from ? to : target]));
  const kept = Object.fromEntries(Object.entries(answers).map(([id, name]) => [id, name === from ? answer : name]));
  draft.moved[key] = { steps: { ...led, [from]: to }, answers: { ...kept, [from]: answer }, flows };
  draft.freed.add(from);
}

function forgotten(draft: Draft, id: string): void {
  for (const list of ['main', 'sub'] as const) draft.moved[list] = without(draft.moved[list], id);
  draft.freed.add(id);
}
