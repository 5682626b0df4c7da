// Several processes that take in over one store and one order, without a server: each reaches the store, lives and keeps its clock by itself.
import { mkdirSync } from 'node:fs';
import { vi } from 'vitest';
import { addressKeyOf } from '../../src/conversation/accept.js';
import type { House } from '../../src/conversation/house.js';
import { SpooledDoor } from '../../src/conversation/spooled-door.js';
import type { Order } from '../../src/queue/contract.js';
import { openEmbeddedQueue } from '../../src/queue/embedded.js';
import { SpoolFolder } from '../../src/spool/spool-folder.js';
import { StoreError } from '../../src/store/contract.js';
import { awayWhen } from '../support/away.js';
import { SharedOrders } from '../support/shared-order.js';
import type { Harness } from './harness.js';

/** Milliseconds that go by at once. */
const STEP = 50;
/** Of them, in which everything must have come to rest: longer than anybody waits for a process that is stuck. */
const STEPS = 5_000;
/** Milliseconds by which the clocks of two processes differ. */
const SKEW = 30_000;
const realTimeout = globalThis.setTimeout;
/** Bells ring for nobody here. */
const silent = openEmbeddedQueue();

/** Processes over one store and one order, and people who write to them; timers go when the test lets them. */
export class World {
  readonly orders = new SharedOrders();
  readonly logged: string[] = [];
  readonly said = new Map<string, string[]>();
  readonly processes: Process[];
  private readonly locked = new Set<string>();
  private count = 0;

  private constructor(
    readonly h: Harness,
    private readonly name: string,
    dirs: readonly string[],
  ) {
    this.processes = dirs.map((dir, n) => new Process(this, dir, n * SKEW));
  }

  /** `dirs`: where each process keeps its spool; they may share a folder. */
  static async begin(h: Harness, name: string, dirs: readonly string[]): Promise<World> {
    for (const dir of dirs) mkdirSync(dir, { recursive: true });
    const world = new World(h, name, dirs);
    for (const one of world.processes) await one.start();
    return world;
  }

  readonly lock = (dir: string): (() => void) => {
    if (this.locked.has(dir)) throw new StoreError('in_use', 'taken');
    this.locked.add(dir);
    return () => void this.locked.delete(dir);
  };

  /** Resolves when it was acknowledged; only a process that lives hears it. `counts`: the provider says in which order it was written. */
  async say(person: string, through: Process | undefined, counts = true): Promise<void> {
    if (!through?.door) return;
    const text = String(++this.count);
    this.h.clock.pass(10);
    const user = `${person} of ${this.name}`;
    const incoming = { account: 'main', user, messageId: `${user} ${text}`, text };
    await this.during(through.door.message('fake', incoming, counts ? this.count : undefined));
    this.said.set(person, [...(this.said.get(person) ?? []), text]);
  }

  /** What people said as it stands in the store. */
  async stored(): Promise<Map<string, string[]>> {
    const { store, records, vault } = this.h.sila.house;
    const all = new Map<string, string[]>();
    for (const person of this.said.keys()) {
      const user = `${person} of ${this.name}`;
      const home = await store.addresses.conversationOf('main', addressKeyOf({ vault }, 'main', user));
      const items = home ? await store.turns.items(home.conversation, 1_000) : [];
      const bodies = await Promise.all(items.map(({ id, sealed }) => records.item.open('', id, sealed)));
      all.set(
        person,
        bodies.map((body) => (body.kind === 'message' ? (body.input.text ?? '') : '')),
      );
    }
    return all;
  }

  /** Everybody lives and reaches the store, until nothing waits on any disk. */
  async rest(): Promise<void> {
    for (const one of this.processes) one.away = false;
    for (const one of this.processes) await one.start();
    await this.until(() => this.processes.every(({ door }) => door?.waiting === 0));
  }

  async end(): Promise<void> {
    for (const one of this.processes) await one.kill();
  }

  /** So many milliseconds go by. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP) await this.step();
  }

  /** Time goes by until it is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([ended, this.step()]))) continue;
    return work;
  }

  /** Fails when it does not come to hold. */
  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let steps = 0; !(await holds()); steps++) {
      if (steps > STEPS) throw new Error('it did not come to rest');
      await this.step();
    }
  }

  /** Disks are real: what a timer begins there gets a moment. */
  private async step(): Promise<false> {
    this.h.clock.pass(STEP);
    await vi.advanceTimersByTimeAsync(STEP);
    await new Promise((go) => realTimeout(go, 1));
    return false;
  }
}

/** One process that takes in: its own way to the store, its own clock, its own disk. */
export class Process {
  /** Whether it does not reach the store. */
  away = false;
  door: SpooledDoor | null = null;
  private order: Order;

  constructor(
    private readonly world: World,
    private readonly dir: string,
    /** Milliseconds by which its clock is fast. */
    public skew: number,
  ) {
    this.order = world.orders.open();
  }

  async start(): Promise<void> {
    if (this.door) return;
    const { house } = this.world.h.sila;
    this.order = this.world.orders.open();
    const folder = new SpoolFolder({ dir: this.dir, most: 1e6, lock: this.world.lock, onDamaged: () => undefined });
    const own: House = {
      ...house,
      store: awayWhen(house.store, () => this.away),
      queue: { ...silent, order: this.order },
      now: () => house.now() + this.skew,
      log: (event) => void this.world.logged.push(event),
    };
    this.door = await this.world.during(SpooledDoor.open(own, folder));
  }

  /** As by `kill -9`: nothing more gets into the store, and what lies on the disk stays there. */
  async kill(): Promise<void> {
    const { door, away } = this;
    [this.door, this.away] = [null, true];
    await this.world.during(door?.stop() ?? Promise.resolve());
    this.away = away;
  }

  /** The others have waited long enough for a sign of life; false: it lives. */
  lapse(): boolean {
    if (this.door) return false;
    this.world.orders.lapse(this.order);
    return true;
  }
}
