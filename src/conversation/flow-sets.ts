// Flow sets by their hash: published at the start, loaded and prepared once.
import { prepare, type Prepared } from '../engine/prepare.js';
import type { FlowSet, Session } from '../engine/types.js';
import type { Store } from '../store/contract.js';

/** This process does not know the set that a session stands in: the bell is left to one that does. */
export class UnknownFlowSet extends Error {
  constructor(readonly hash: string) {
    super(`flow set ${hash} is not stored`);
    this.name = 'UnknownFlowSet';
  }
}

export class FlowSets {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly store: Pick<Store, 'flowSets'>) {}

  /** Stores the set and makes it the one that new runs start in. */
  async publish(set: FlowSet, now: number): Promise<void> {
    await this.store.flowSets.put(set.hash, JSON.stringify(set), now);
    await this.store.flowSets.setCurrent(set.hash);
    this.prepared.set(set.hash, prepare(set));
  }

  /** The session's own set while a run is under way or put aside, else the current one. Throws {@link UnknownFlowSet}. */
  async of(session: Session | null): Promise<Prepared> {
    const bound = session !== null && (session.stack.length > 0 || (session.parked?.length ?? 0) > 0);
    return bound ? this.load(session.set) : this.current();
  }

  async current(): Promise<Prepared> {
    const hash = await this.store.flowSets.current();
    if (hash === null) throw new UnknownFlowSet('none');
    return this.load(hash);
  }

  private async load(hash: string): Promise<Prepared> {
    const known = this.prepared.get(hash);
    if (known) return known;
    const body = await this.store.flowSets.get(hash);
    if (body === null) throw new UnknownFlowSet(hash);
    const prepared = prepare(JSON.parse(body) as FlowSet);
    this.prepared.set(hash, prepared);
    return prepared;
  }
}
