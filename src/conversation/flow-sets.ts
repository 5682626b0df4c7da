// Flow sets in the order in which they were published: sessions of older ones are carried over at their next turn.
import { migrate, placeIn, type Migrated, type Place } from '../engine/migrate.js';
import { prepare, type Prepared } from '../engine/prepare.js';
import type { FlowSet, Session } from '../engine/types.js';
import type { Store } from '../store/contract.js';

/** This process does not know the set that a session stands in: the bell is left to one that does. */
export class UnknownFlowSet extends Error {
  constructor(readonly hash: string) {
    super(`flow set ${hash} is not stored, or newer than this program`);
    this.name = 'UnknownFlowSet';
  }
}

/** A step at which people stand who would have nowhere to go. */
export interface Stranded {
  flow: string;
  step: string;
  people: number;
}

/** `current`: it was already. `older`: another was published after it and stays. */
export type Publication = { outcome: 'published' | 'current' | 'older' } | { outcome: 'refused'; stranded: Stranded[] };

/** The set that a turn is played in, and the session as it stands there. */
export interface Standing {
  prepared: Prepared;
  session: Session | null;
  /** What was lost when the session was carried over; absent when it was not. */
  lost?: Migrated['lost'];
}

/** What is prepared of a set never changes: one for each. */
const preparedSets = new WeakMap<FlowSet, Prepared>();

function preparedOf(set: FlowSet): Prepared {
  const prepared = preparedSets.get(set) ?? prepare(set);
  preparedSets.set(set, prepared);
  return prepared;
}

export class FlowSets {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly store: Pick<Store, 'flowSets'>) {}

  /** The set that this process brings along: one that was superseded meanwhile does not come back by a restart. */
  async begin(set: FlowSet, now: number): Promise<Publication> {
    const line = await this.store.flowSets.line();
    return line.includes(set.hash) && line.at(-1) !== set.hash ? { outcome: 'older' } : this.publish(set, now);
  }

  /** Makes the set the one that runs stand in, unless somebody would be stranded: then all stays as it was. */
  async publish(set: FlowSet, now: number): Promise<Publication> {
    const prepared = preparedOf(set);
    if ((await this.store.flowSets.current()) === set.hash) return { outcome: 'current' };
    const stranded = await this.strandedBy(set);
    if (stranded.length > 0) return { outcome: 'refused', stranded };
    await this.store.flowSets.put(set.hash, JSON.stringify(set), now);
    await this.store.flowSets.setCurrent(set.hash);
    this.prepared.set(set.hash, prepared);
    return { outcome: 'published' };
  }

  /** The newest set that this process can read, with the session carried over to it, never back. Throws {@link UnknownFlowSet}. */
  async of(session: Session | null): Promise<Standing> {
    const line = await this.store.flowSets.line();
    const newest = await this.newest(line);
    const bound = session !== null && (session.stack.length > 0 || (session.parked?.length ?? 0) > 0);
    if (!bound || session.set === newest.set.hash) return { prepared: newest, session };
    return this.carry(session, await this.wayTo(line, session.set, newest.set.hash));
  }

  async current(): Promise<Prepared> {
    return this.newest(await this.store.flowSets.line());
  }

  private carry(session: Session, way: readonly Prepared[]): Standing {
    const lost = { answers: [] as string[], runs: 0 };
    let carried = session;
    let from: Prepared | undefined;
    for (const to of way) {
      if (from) {
        const step = migrate(carried, from, to);
        carried = step.session;
        lost.answers.push(...step.lost.answers);
        lost.runs += step.lost.runs;
      }
      from = to;
    }
    if (!from) throw new UnknownFlowSet(session.set);
    return { prepared: from, session: carried, lost };
  }

  /** The sets from one to another in the order of publishing: what was said to have moved in between counts too. */
  private async wayTo(line: readonly string[], from: string, to: string): Promise<Prepared[]> {
    const [at, end] = [line.lastIndexOf(from), line.lastIndexOf(to)];
    // A set of a newer process than this one: its sessions are left to it.
    if (at > end) throw new UnknownFlowSet(line.at(-1) ?? from);
    // What a newer program published in between is passed over after a return to this one.
    const between = at < 0 ? [] : await Promise.all(line.slice(at + 1, end).map((hash) => this.readable(hash)));
    return [await this.load(from), ...between.flatMap((one) => one ?? []), await this.load(to)];
  }

  private async newest(line: readonly string[]): Promise<Prepared> {
    for (const hash of line.toReversed()) {
      try {
        return await this.load(hash);
      } catch (error) {
        if (!(error instanceof UnknownFlowSet)) throw error;
      }
    }
    throw new UnknownFlowSet(line.at(-1) ?? 'none');
  }

  private async strandedBy(set: FlowSet): Promise<Stranded[]> {
    const line = await this.store.flowSets.line();
    const places = (await this.store.flowSets.standing()).filter(({ flowSet }) => flowSet !== set.hash);
    const people = new Map<string, Stranded>();
    for (const { flowSet, flow, step, count } of places) {
      if (await this.hasPlace(line, flowSet, set, { flow, step })) continue;
      const key = `${flow}/${step}`;
      people.set(key, { flow, step, people: count + (people.get(key)?.people ?? 0) });
    }
    return [...people.values()];
  }

  private async hasPlace(line: readonly string[], from: string, set: FlowSet, place: Place): Promise<boolean> {
    const at = line.lastIndexOf(from);
    const hashes = at < 0 ? [from] : line.slice(at);
    const way = await Promise.all(hashes.map((hash) => this.readable(hash)));
    const sets = [...way.flatMap((one) => one?.set ?? []), set];
    // A set that nobody has any more: its steps can only be looked for by their names.
    if (sets.length === 1) return set.flows[place.flow]?.steps.some(({ id }) => id === place.step) ?? false;
    const last = sets
      .slice(1)
      .reduce<{ set: FlowSet | undefined; here: Place | undefined }>(
        ({ set: before, here }, to) => ({ set: to, here: here && before && placeIn(before, to, here) }),
        { set: sets[0], here: place },
      );
    return last.here !== undefined;
  }

  private readable(hash: string): Promise<Prepared | null> {
    return this.load(hash).catch(unknownAsNull);
  }

  private async load(hash: string): Promise<Prepared> {
    const known = this.prepared.get(hash);
    if (known) return known;
    const body = await this.store.flowSets.get(hash);
    if (body === null) throw new UnknownFlowSet(hash);
    const set = JSON.parse(body) as Omit<FlowSet, 'version'> & { version: number };
    if (set.version !== 1) throw new UnknownFlowSet(hash);
    const prepared = prepare({ ...set, version: 1 });
    this.prepared.set(hash, prepared);
    return prepared;
  }
}

function unknownAsNull(error: unknown): null {
  if (error instanceof UnknownFlowSet) return null;
  throw error;
}
