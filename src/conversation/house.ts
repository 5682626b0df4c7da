// What every part of the shell works with. Built once, by src/sila.ts.
import type { Channel } from '../../channels/channel.js';
import type { ApprovedTemplate, CharityFacts } from '../engine/types.js';
import type { Contacts } from '../contacts/contacts.js';
import type { Reserved } from '../contacts/reserved.js';
import type { FileRoom } from '../files/room.js';
import type { Ids } from '../ids.js';
import type { Article, Finder, RuleLexicon, Tongue } from '../inquiries/index.js';
import type { Meter } from '../observe/meter.js';
import type { Traces } from '../observe/traces.js';
import type { Vault } from '../privacy/vault.js';
import type { Bell, Queue } from '../queue/contract.js';
import type { Store } from '../store/contract.js';
import type { FlowSets } from './flow-sets.js';
import type { Hints } from './hints.js';
import type { Log } from './log.js';
import type { Records } from './records.js';
import type { Statuses } from './statuses.js';
import type { Texts } from './texts.js';

export interface House {
  readonly store: Store;
  readonly vault: Vault;
  readonly records: Records;
  readonly queue: Queue;
  readonly files: FileRoom;
  readonly flows: FlowSets;
  readonly texts: Texts;
  readonly charity: CharityFacts;
  /** Approved templates by id; none: what comes too late waits until the person writes. */
  readonly approved: Readonly<Record<string, ApprovedTemplate>>;
  readonly finder: Finder & { readonly articles: readonly Article[] };
  /** Whether a plain word is one that questions are made of; none: questions are not learned from. */
  readonly isWord?: (word: string) => boolean;
  /** What language Latin letters are in; none: the channel's guess decides more. */
  readonly tongue?: (text: string) => Tongue | undefined;
  /** What exact rules know a message by; none: articles alone answer. */
  readonly rules?: RuleLexicon;
  /** Channels that are on, by name. Filled while the house is built. */
  readonly channels: Map<string, Channel>;
  readonly hints: Hints;
  readonly statuses: Statuses;
  readonly reserved: Reserved;
  readonly contacts: Contacts;
  /** Where this installation is reached from outside, without a slash at the end; links to people begin with it. */
  readonly publicUrl: string;
  readonly ids: Ids;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly traces: Traces;
  /** This process among the owners of conversations. */
  readonly owner: string;
  /** When this process began: what it found waiting was under way in one that is gone. */
  readonly startedAt: number;
}

/**
 * Rings without failing the caller: whatever did not ring, the sweeper rings. A delivery waits in the lane of its channel, for the
 * processes in which that channel is on.
 */
export async function ring(
  house: Pick<House, 'queue' | 'log' | 'store'>,
  kind: Bell['kind'],
  id: string,
  delay?: number,
): Promise<void> {
  try {
    if (kind === 'delivery') {
      const row = await house.store.turns.conversation(id);
      if (row) await house.queue.ring({ kind, id, lane: row.channel }, delay);
    } else await house.queue.ring({ kind, id }, delay);
  } catch {
    house.log('bell.lost', { kind, id });
  }
}
