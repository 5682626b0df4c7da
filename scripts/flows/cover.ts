/** Finds conversations that show what no transcript shows yet, by trying them on the real engine. */
import type { Condition, Flow, FlowSet } from '../../src/engine/types.js';
import type { Liberty, Mark } from '../chats/marks.js';
import { type House, type Room, roomFor } from '../chats/room.js';
import { beginTalk, type Heard, type Talk } from '../chats/talk.js';
import { type Act, actsAt, toMenu, type Wanted, waitingIn } from './acts.js';
import { coverageOf, markKey, missingIn } from './coverage.js';
import { edgeName, edgesOf } from './ways.js';

export interface Found {
  readonly flow: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** What a person may bring along: no case, one, several, and somebody else's. */
const worlds = ['', 'own submitted', 'own submitted, own approved', 'own submitted, other approved', 'linked'];
/** Talks that are looked at before one search is given up. */
const mostTalks = 6_000;

/**
 * Transcripts that show all of a charity's flows beside `shown`, as far as the engine can be brought there. `failures` learns of turns
 * in which the engine failed: the message, and what the person had said before. `patience`: talks looked at before a search is given up.
 */
export function coverFlows(
  house: House,
  shown: readonly Mark[],
  failures: Map<string, readonly string[]> = new Map(),
  patience = mostTalks,
): Found[] {
  const marks = [...shown];
  const found: Found[] = [];
  const flows = Object.values(house.set.flows).sort((a, b) => b.steps.length - a.steps.length || (a.id < b.id ? -1 : 1));
  for (const flow of flows) {
    for (const world of worlds) {
      const count = found.filter((other) => other.flow === flow.id).length + 1;
      const one = coverFlow(house, flow, world, count, marks, failures, patience);
      if (!one) continue;
      found.push(one);
      marks.push(...one.marks);
    }
  }
  return found;
}

function coverFlow(
  house: House,
  flow: Flow,
  world: string,
  count: number,
  shown: readonly Mark[],
  failures: Map<string, readonly string[]>,
  patience: number,
): Found | undefined {
  const goals = new Set(goalsOf(house, flow, shown));
  if (goals.size === 0) return undefined;
  const header = headerOf(house, flow, world, count);
  const search = new Search(house, flow, roomFor(header, house), goals, failures, patience);
  const lines: string[] = [];
  const marks: Mark[] = [];
  let talk = beginTalk(search.room);
  for (let path = search.nearest(talk); path; path = search.nearest(talk)) {
    for (const heard of path) {
      lines.push(...heard.lines);
      marks.push(...heard.marks);
      talk = heard.talk;
    }
    search.before = [...search.before, ...said(path)];
    for (const mark of marks) goals.delete(markKey(mark));
  }
  return lines.length === 0 ? undefined : { flow: flow.id, text: `${header}\n${lines.join('\n').trimEnd()}\n`, marks };
}

function goalsOf(house: House, flow: Flow, shown: readonly Mark[]): string[] {
  const cover = coverageOf(house.set, shown).find((one) => one.flow === flow.id);
  return cover ? missingIn(cover).map(markKey) : [];
}

function headerOf(house: House, flow: Flow, world: string, count: number): string {
  return [
    `# charity: ${house.set.charity.id}`,
    '# language: ar',
    ...(world === '' ? [] : [`# cases: ${world}`]),
    `# ${flow.title['ar'] ?? flow.id} (${count}): what other transcripts do not show of this flow. Written by npm run flows -- --cover.`,
    '',
  ].join('\n');
}

function said(path: readonly Heard[]): string[] {
  return path.flatMap(({ lines }) => lines.filter((line) => /^[>~=] /.test(line)));
}

interface Node {
  readonly talk: Talk;
  readonly path: readonly Heard[];
}

/** The shortest way from a talk to anything that is still to be shown. */
class Search {
  /** What was said before the search. */
  before: readonly string[] = [];
  private readonly near: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;

  constructor(
    private readonly house: House,
    private readonly flow: Flow,
    readonly room: Room,
    private readonly goals: ReadonlySet<string>,
    private readonly failures: Map<string, readonly string[]>,
    private readonly patience: number,
  ) {
    this.near = flowsToward(flow, house.set);
    this.names = namesInConditions(house.set);
  }

  nearest(talk: Talk): readonly Heard[] | undefined {
    if (this.goals.size === 0) return undefined;
    const seen = new Set([this.keyOf(talk)]);
    const open: Node[] = [{ talk, path: [] }];
    for (let at = 0; at < open.length && seen.size < this.patience; at++) {
      const node = open[at];
      for (const act of node ? this.acts(node.talk) : []) {
        const heard = node && this.tried(act, node);
        if (!heard) continue;
        const path = [...node.path, heard];
        if (heard.marks.some((mark) => this.goals.has(markKey(mark)))) return path;
        const key = this.keyOf(heard.talk);
        if (seen.has(key)) continue;
        seen.add(key);
        open.push({ talk: heard.talk, path });
      }
    }
    return undefined;
  }

  /** A turn that fails in the engine is a fault of the engine or the flow: it is told, and the search goes around it. */
  private tried(act: Act, { talk, path }: Node): Heard | undefined {
    try {
      return act(this.room, talk);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!this.failures.has(message)) this.failures.set(message, [...this.before, ...said(path)]);
      return undefined;
    }
  }

  private acts(talk: Talk): Act[] {
    const frame = talk.session?.stack.at(-1);
    const away = frame !== undefined && !this.near.has(frame.flow) && !talk.session?.hold && !talk.session?.pending;
    return away ? [toMenu(this.room, talk)] : actsAt(this.room, talk, this.wanted(talk));
  }

  private wanted(talk: Talk): Wanted {
    const frame = talk.session?.stack.at(-1);
    const step = waitingIn(this.house, talk);
    const here = frame?.flow === this.flow.id && step !== undefined;
    const has = (what: Mark['what'], name: string): boolean => this.goals.has(markKey({ flow: this.flow.id, what, name }));
    const kinds: readonly Liberty[] = ['kind', 'question', 'language', 'correction', 'cancel', 'back', 'silence'];
    const exit = (way: 'wrong' | 'silence', to: string | undefined): boolean =>
      here && to !== undefined && (has('edge', edgeName({ from: step.id, to, way })) || !(to in this.flow.ends));
    return {
      liberties: here ? kinds.filter((liberty) => has(liberty, step.id)) : [],
      wrong: exit('wrong', step?.wrong.go),
      silence: exit('silence', step?.silence.go),
      hours: this.names.has('open') && frame?.flow === this.house.set.start,
    };
  }

  /** Talks with the same key go on alike: where the person stands, and the answers that conditions name. */
  private keyOf({ session, cases, withdrawn, now, misses, links }: Talk): string {
    const answers = (values: Readonly<Record<string, unknown>>): unknown =>
      Object.entries(values).filter(([name]) => this.names.has(name));
    const frames = session?.stack.map(({ run: _run, trail: _trail, answers: given, found, ...rest }) => [
      rest,
      answers(given),
      Object.keys(given).length > 0,
      Object.entries(found ?? {}).map(([name, one]) => [name, one.outcome]),
    ]);
    const parked = session?.parked?.map((stack) => stack.map((frame) => [frame.flow, frame.step, answers(frame.answers)]));
    const hour = this.names.has('open') ? Math.floor(now / 36_000_000) % 3 : 0;
    const about = session?.pending?.about;
    return JSON.stringify([frames, parked, about, session?.hold !== undefined, cases.length, withdrawn, hour, Math.min(misses, 1), links.linked, links.made, session === null]);
  }
}

/** The flow, those that lead to it from the start, and those that it calls or that call it. */
function flowsToward(flow: Flow, set: FlowSet): Set<string> {
  const leads = new Map<string, string>();
  const open = [set.start];
  for (let id = open.shift(); id !== undefined && !leads.has(flow.id); id = open.shift()) {
    for (const next of opened(set.flows[id], set)) {
      if (leads.has(next) || next === set.start) continue;
      leads.set(next, id);
      open.push(next);
    }
  }
  const near = new Set([flow.id, set.start]);
  for (let id = leads.get(flow.id); id !== undefined && id !== set.start; id = leads.get(id)) near.add(id);
  for (const step of flow.steps) if (step.kind === 'call') near.add(step.flow);
  if (conditionsOf(flow).some((test) => test.name === 'draft'))
    for (const other of Object.values(set.flows)) if (Object.values(other.ends).some((end) => end.park)) near.add(other.id);
  return near;
}

/** Flows that a flow leads to or calls. */
function opened(flow: Flow | undefined, set: FlowSet): string[] {
  if (!flow) return [];
  const led = edgesOf(flow, set).flatMap(({ to }) => (to.startsWith('flow/') ? [to.slice('flow/'.length)] : []));
  return [...led, ...flow.steps.flatMap((step) => (step.kind === 'call' ? [step.flow] : []))];
}

function namesInConditions(set: FlowSet): Set<string> {
  return new Set(Object.values(set.flows).flatMap((flow) => conditionsOf(flow).map((test) => test.name)));
}

function conditionsOf(flow: Flow): Condition {
  return flow.steps.flatMap((step) => [
    ...(step.onlyIf ?? []),
    ...(step.kind === 'branch' ? step.cases.flatMap((one) => one.if ?? []) : []),
    ...(step.kind === 'ask' ? (step.choices ?? []).flatMap((choice) => choice.onlyIf ?? []) : []),
  ]);
}
