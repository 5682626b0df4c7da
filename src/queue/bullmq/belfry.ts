/** All bells of an installation as this process knows them: one queue for each kind and lane, opened when it is first needed. */
import type { Queue as BullQueue } from 'bullmq';
import type { Bell, BellKind, Trouble } from '../contract.js';
import { Bells, queuesKey } from './bells.js';
import type { Line } from './line.js';

export interface BelfryOptions {
  line: Line;
  prefix: string;
  newId: () => string;
  /** UTC milliseconds. */
  now: () => number;
  onTrouble: (trouble: Trouble) => void;
}

/** What a queue's name begins with. */
type Kind = BellKind | 'schedule';

export class Belfry {
  readonly #given: BelfryOptions;
  readonly #bells = new Map<string, Bells>();
  readonly #rounds: NodeJS.Timeout[] = [];

  constructor(options: BelfryOptions) {
    this.#given = options;
  }

  of(kind: Kind, lane?: string): Bells {
    return this.#named(lane === undefined ? kind : `${kind}-${lane}`);
  }

  /** A bell that is lost is told of, and rung by the sweeper. */
  async ring({ kind, id, lane }: Bell, delay: number): Promise<void> {
    await this.of(kind, lane)
      .ring(id, delay)
      .catch((error: unknown) => this.#given.onTrouble({ of: kind, what: 'lost', error }));
  }

  /**
   * A bell that rings itself again after every round. Every process rings it now and then too, with so long a delay that it only counts
   * when the round's own bell was lost.
   */
  schedule(name: string, every: number, handler: () => Promise<void>): void {
    const { onTrouble } = this.#given;
    const bells = this.of('schedule', name);
    const ring = (delay: number) =>
      bells.ring(name, delay).catch((error: unknown) => onTrouble({ of: 'schedule', what: 'lost', error }));
    const round = () => handler().catch((error: unknown) => onTrouble({ of: 'schedule', what: 'handler', error }));
    bells.work(1, () => round().then(() => ring(every)));
    this.#rounds.push(setInterval(() => void ring(2 * every), every).unref());
    void ring(every);
  }

  /** Of all processes. Rejects when Redis does not say. */
  async pending(kind?: BellKind): Promise<number> {
    const wanted = (await this.#names()).filter((name) => (kind ? kindOf(name) === kind : kindOf(name) !== 'schedule'));
    const counts = await Promise.all(wanted.map((name) => this.#named(name).pending()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async queues(): Promise<BullQueue[]> {
    return Promise.all((await this.#names()).map((name) => this.#named(name).opened()));
  }

  async close(): Promise<void> {
    this.#rounds.forEach(clearInterval);
    await Promise.all([...this.#bells.values()].map((bells) => bells.close()));
  }

  /** Sorted; after a FLUSHALL those of this process. */
  async #names(): Promise<string[]> {
    const told = await this.#given.line.ask((redis) => redis.smembers(queuesKey(this.#given.prefix)));
    return [...new Set([...told, ...this.#bells.keys()])].sort();
  }

  #named(name: string): Bells {
    const { onTrouble } = this.#given;
    const onError = (what: Trouble['what'], error: unknown) => onTrouble({ of: kindOf(name), what, error });
    const bells = this.#bells.get(name) ?? new Bells({ ...this.#given, name, onError });
    this.#bells.set(name, bells);
    return bells;
  }
}

function kindOf(name: string): Kind {
  const [kind = ''] = name.split('-');
  return kind as Kind;
}
