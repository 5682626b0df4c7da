// What a channel's test tells the contract suite: its module, and how its provider speaks.
import type { ChannelModule, Incoming, Outgoing } from '../../channels/channel.js';

/** Something that happened at the provider, in its own words. */
export type Event = unknown;

/** One message as the person's app shows it. */
export interface Shown {
  text: string;
  options: { id: string; label: string; hint?: string }[];
}

/** A strict fake of the provider, running. */
export interface Provider {
  settings: Readonly<Record<string, string>>;
  /** The secrets of the settings, current one first. */
  secrets: readonly [string, string];
  account: string;
  user(n: number): string;
  /** What the adapter keeps to answer that person, where it is more than who they are. */
  reply?(user: string): Record<string, string>;
  /** A person writes; every call makes a new message id. */
  say(user: string, text: string): Event;
  /** A person sends a kind of thing that did not exist when this was written. */
  unknownKind(user: string): Event;
  /** An event of a new kind that no person sent. */
  unknownEvent(): Event;
  /** An event that breaks a careless reader. */
  poison(): Event;
  /** A delivery status, where the provider has such. */
  status?(providerId: string): Event;
  /** The webhooks that bring these events: as many in one as the provider batches. */
  bodies(events: readonly Event[]): Buffer[];
  /** Where nothing is posted to us: puts it where the channel looks, and resolves when it took it. */
  deliver?(body: Buffer): Promise<void>;
  /** How a webhook proves itself. */
  prove(body: Buffer, secret: string): Record<string, string>;
  /** What the person's app shows, in order. */
  shown(user: string): Shown[] | Promise<Shown[]>;
  /** Requests that brought messages or files, in order, without tokens. */
  requests(): unknown[];
  stop(): Promise<void>;
}

export interface ChannelContract {
  module: ChannelModule;
  /** Path of the webhook. */
  path: string;
  /** Header of the proof, and what it proves: the body, or only the sender. */
  proof: { header: string; over: 'body' | 'sender' };
  start(): Promise<Provider>;
}

/** `channels/<name>/fixtures/in.json`: one webhook each. */
export interface InFixture {
  name: string;
  raw: unknown;
  incoming: Incoming[];
}

/** `channels/<name>/fixtures/out.json`. A `file` is kept for the person before. */
export interface OutFixture {
  name: string;
  outgoing: Partial<Omit<Outgoing, 'file'>> & { user: string; file?: { name: string; mime: string; base64: string } };
  requests: unknown[];
}
