// A whole Sila in a folder of its own, with a clock that the test moves, bells that ring when it says so, and a channel that remembers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  Channel,
  ChannelLimits,
  ChannelModule,
  ChannelSession,
  Incoming,
  Outgoing,
  SendResult,
} from '../../channels/channel.js';
import type { Staff } from '../../src/conversation/desk-types.js';
import type { Training } from '../../src/conversation/knowledge.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds, type Ids } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import type { Bell, BellKind, Lane, Order, Queue } from '../../src/queue/contract.js';
import { OwnOrder } from '../../src/queue/own-order.js';
import { createSila, type Bundle, type Shared, type Sila } from '../../src/sila.js';
import type { Blobs, Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { pack } from '../support/pack.js';

/** 11:00 in Riyadh on a Sunday: working hours, no quiet ones. */
export const MORNING = Date.UTC(2026, 2, 1, 8);

export class Clock {
  constructor(public at = MORNING) {}
  now = (): number => this.at;
  pass(ms: number): void {
    this.at += ms;
  }
}

/** Rings nothing by itself: `drain` handles all that is due on the test's clock, side by side, until nothing is. */
export class HandQueue implements Queue {
  readonly bells = new Map<string, Bell & { due: number }>();
  private readonly handlers = new Map<BellKind, (id: string) => Promise<void>>();
  readonly errors: unknown[] = [];

  constructor(
    private readonly clock: Clock,
    readonly order: Order = new OwnOrder(),
  ) {}

  ring(bell: Bell, delay = 0): Promise<void> {
    const key = `${bell.kind} ${bell.id}`;
    const due = Math.min(this.bells.get(key)?.due ?? Infinity, this.clock.at + delay);
    this.bells.set(key, { ...bell, due });
    return Promise.resolve();
  }

  /** What was asked to be heard of, as `kind lane`. */
  readonly heard: string[] = [];

  work(kind: BellKind, _concurrency: number, handler: (id: string) => Promise<void>, lane?: Lane): void {
    this.handlers.set(kind, handler);
    this.heard.push(`${kind} ${lane?.name ?? ''}`);
  }

  /** Rounds come only when the test asks for one. */
  schedule(): void {}

  private readonly listeners = new Set<(hint: string) => void>();

  tell(hint: string): void {
    for (const listener of this.listeners) listener(hint);
  }

  hear(listener: (hint: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async drain(): Promise<void> {
    for (let rounds = 0; rounds < 2000; rounds++) {
      const due = [...this.bells].filter(([, bell]) => bell.due <= this.clock.at && this.handlers.has(bell.kind));
      if (due.length === 0) return;
      for (const [key] of due) this.bells.delete(key);
      await Promise.all(due.map(([, bell]) => this.handle(bell)));
    }
    throw new Error('bells ring without an end');
  }

  private async handle(bell: Bell): Promise<void> {
    try {
      await this.handlers.get(bell.kind)?.(bell.id);
    } catch (error) {
      this.errors.push(error);
      await this.ring(bell);
    }
  }

  pending(): Promise<number> {
    return Promise.resolve(this.bells.size);
  }

  close(): Promise<void> {
    this.bells.clear();
    return Promise.resolve();
  }
}

/** A channel that keeps what it was given and answers as the test wants. */
export class FakeChannel implements Channel {
  readonly name = 'fake';
  readonly sent: Outgoing[] = [];
  answer: (message: Outgoing) => Promise<SendResult> = () => Promise.resolve({ result: 'sent' });

  declare readonly session?: ChannelSession;

  constructor(
    readonly limits: ChannelLimits,
    session?: ChannelSession,
  ) {
    if (session) this.session = session;
  }

  routes = (): [] => [];

  send(message: Outgoing): Promise<SendResult> {
    this.sent.push(message);
    return this.answer(message);
  }

  /** What a person was told, in order. */
  said(user: string): string[] {
    return this.sent.filter((message) => message.user === user).map(({ text }) => text);
  }
}

export const fakeLimits: ChannelLimits = {
  channel: 'fake',
  text: 4096,
  buttons: null,
  list: null,
  replyWindow: null,
  fileBytes: 1_000_000,
};

export interface Options {
  charity?: string;
  bundle?: Bundle;
  dir?: string;
  clock?: Clock;
  ids?: Partial<Ids>;
  limits?: Partial<ChannelLimits>;
  /** The channel's sends are bound to it. */
  session?: ChannelSession;
  random?: () => number;
  /** How questions are learned; the bundle must have lessons. */
  training?: Training;
  /** Shares its work with others over the same store. */
  shared?: Shared;
  /** Wraps the store, to break or watch it. */
  store?: (store: Store) => Store;
  /** Another place than a folder. */
  open?: () => Promise<{ store: Store; blobs: Blobs }>;
  /** Number of the last message that people wrote to the same data before. */
  messagesBefore?: number;
}

export interface Harness {
  sila: Sila;
  store: Store;
  queue: HandQueue;
  channel: FakeChannel;
  clock: Clock;
  dir: string;
  logged: { event: string; facts?: object }[];
  /** Lets a person write, without anything being handled yet. */
  write: (
    user: string,
    text: string,
    more?: Partial<Incoming>,
  ) => Promise<{ conversation: string; item: string; duplicate: boolean }>;
  /** Lets a person write and everything be handled; gives back what they are told. */
  tell: (user: string, text: string, more?: Partial<Incoming>) => Promise<string[]>;
  settle: () => Promise<void>;
  stop: () => Promise<void>;
}

export const KEY = Buffer.alloc(32, 7);
export const SARA: Staff = { id: '00000000-0000-7000-8000-00000000000a', name: 'سارة', role: 'administrator' };
export const HUDA: Staff = { id: '00000000-0000-7000-8000-00000000000b', name: 'هدى', role: 'reception' };

export async function harness(options: Options = {}): Promise<Harness> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'sila-'));
  const clock = options.clock ?? new Clock();
  const queue = new HandQueue(clock);
  const channel = new FakeChannel({ ...fakeLimits, ...options.limits }, options.session);
  const module: ChannelModule = { limits: channel.limits, create: () => channel };
  const place = (await options.open?.()) ?? {
    store: await openEmbeddedStore({ dir }),
    blobs: blobsOnDisk(join(dir, 'files')),
  };
  const store = options.store?.(place.store) ?? place.store;
  const logged: Harness['logged'] = [];
  let messages = options.messagesBefore ?? 0;
  const sila = await createSila({
    store,
    queue,
    blobs: place.blobs,
    bundle: options.bundle ?? pack(options.charity ?? 'safe-treatment'),
    ...(options.training && { training: options.training }),
    ...(options.shared && { shared: options.shared }),
    encryptionKeys: () => [KEY],
    channels: [{ module, settings: {} }],
    now: clock.now,
    ids: { ...createIds(), ...options.ids },
    random: options.random ?? (() => 0.5),
    observer: createObserver((event, facts) => void logged.push(lineOf(event, facts))),
    sweepEvery: null,
  });
  const host = sila.host('fake');
  const write: Harness['write'] = async (user, text, more = {}) => {
    const messageId = `m${++messages}-${user}`;
    const { conversation, ...taken } = await host.accept({ account: 'main', user, messageId, text, ...more });
    return { conversation: conversation ?? '', ...taken };
  };
  const settle = () => queue.drain();
  const stop = async () => {
    await sila.stop();
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  };
  const made: Harness = {
    sila,
    store,
    queue,
    channel,
    clock,
    dir,
    logged,
    write,
    settle,
    stop,
    tell: async (user, text, more) => {
      const before = channel.said(user).length;
      await write(user, text, more);
      await settle();
      return channel.said(user).slice(before);
    },
  };
  return made;
}

/** Without its trace, which is another one every time. */
function lineOf(event: string, { trace: _trace, ...facts }: Readonly<Record<string, unknown>> = {}) {
  return { event, ...(Object.keys(facts).length > 0 && { facts }) };
}

/** The same, stopped when the test ends. */
export async function started(options: Options = {}): Promise<Harness> {
  const made = await harness(options);
  onTestFinished(made.stop);
  return made;
}

/** Says one thing after the other; gives back the last answer. */
export async function tellAll(h: Harness, user: string, lines: readonly string[]): Promise<string[]> {
  let last: string[] = [];
  for (const line of lines) last = await h.tell(user, line);
  return last;
}
