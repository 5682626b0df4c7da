// Through which everything comes in that a provider was told is kept.
import type { Incoming, StatusReport } from '../../channels/channel.js';
import { accept } from './accept.js';
import type { House } from './house.js';
import { keepUnreadable } from './unreadable.js';

export interface Unreadable {
  account: string;
  bytes: Buffer;
  why: string;
}

/** `conversation`: null while nobody can say; `item`: the id under which it will stand in the mailbox. */
export interface TakenIn {
  conversation: string | null;
  item: string;
  duplicate: boolean;
}

/** What it takes is durable when it resolves; rejects with a StoreError when it could not be kept: the provider should tell it again. */
export interface Door {
  /** `order`: as the provider counts, see `ChannelHost.accept`. */
  message(channel: string, incoming: Incoming, order?: number): Promise<TakenIn>;
  status(report: StatusReport): Promise<void>;
  unreadable(channel: string, what: Unreadable): Promise<void>;
  /** Counts a hit of a keyed hash; true while within `most` per window. */
  within(key: string, most: number, windowMs: number): Promise<boolean>;
}

/** Straight into the store. */
export function doorOf(house: House): Door {
  return {
    message: async (channel, incoming) => {
      const { conversation, item, duplicate } = await accept(house, channel, incoming);
      return { conversation, item, duplicate };
    },
    status: (report) => house.statuses.report(report),
    unreadable: (channel, what) => keepUnreadable(house, channel, what),
    within: async (key, most, windowMs) => (await house.store.counters.hit(key, windowMs, house.now())) <= most,
  };
}
