// What is handled as one turn: a mailbox item, an album with all its parts, each with its files brought in.
import type { PersonInput } from '../engine/types.js';
import type { Conversation, Item } from '../store/contract.js';
import { Fetcher } from './fetcher.js';
import { ring, type House } from './house.js';
import type { ArrivedMessage, ItemBody, Traced } from './records.js';

/** An album is closed so many milliseconds after its last part: providers send its parts one by one and never say how many there are. */
export const ALBUM_CLOSES = 1_500;

export interface Arrival {
  item: Item;
  /** The other parts of the album; consumed with the item. */
  along: readonly string[];
  /** Null for a timer, which carries nothing, and for what cannot be opened: the turn finds out for itself. */
  body: (ItemBody & Traced) | null;
  /** Opening it has brought the process down so often that it is not opened again. */
  crashed?: true;
}

/** Tries at an item before it is put aside. */
export const MOST_TRIES = 3;

export class Arrivals {
  private readonly fetcher: Fetcher;
  /** What waited when this process began and was opened without harm. */
  private readonly harmless = new Set<string>();

  constructor(private readonly house: House) {
    this.fetcher = new Fetcher(house);
  }

  /** The oldest of the items with all that belongs to it; null while more is on its way: the conversation's bell rings then. */
  async next(row: Conversation, items: readonly [Item, ...Item[]]): Promise<Arrival | null> {
    const [item] = items;
    const body = await this.open(item);
    if (body === 'crashed') return { item, along: [], body: null, crashed: true };
    if (body?.kind !== 'message') return { item, along: [], body };
    const parts = body.album === undefined ? [] : await this.otherParts(items, body.album);
    const open = body.album === undefined ? 0 : ALBUM_CLOSES - (this.house.now() - lastOf(item, parts).at);
    if (open > 0) {
      await ring(this.house, 'conversation', row.id, open);
      return null;
    }
    const message = parts.reduce<ArrivedMessage>((whole, part) => joined(whole, part.body), body);
    const input = await this.withFiles(row, item.id, message, body.trace);
    if (!input) return null;
    return { item, along: parts.map((part) => part.item.id), body: { ...body, ...message, input } };
  }

  /** The item was handled or put aside. */
  done({ item }: Arrival): void {
    this.fetcher.forget(item.id);
    this.harmless.delete(item.id);
  }

  private async withFiles(
    row: Conversation,
    item: string,
    { input, remote = [] }: ArrivedMessage,
    trace: string | undefined,
  ): Promise<PersonInput | null> {
    if (remote.length === 0) return input;
    const fetched = await this.fetcher.take(row, item, remote, trace);
    return fetched && joinedInput(input, { kind: 'message', ...fetched });
  }

  private async otherParts(items: readonly Item[], album: string): Promise<Part[]> {
    const parts: Part[] = [];
    for (const item of items.slice(1)) {
      const body = await this.open(item);
      if (body !== 'crashed' && body?.kind === 'message' && body.album === album) parts.push({ item, body });
    }
    return parts;
  }

  private async open(item: Item): Promise<(ItemBody & Traced) | null | 'crashed'> {
    if (item.kind === 'timer') return null;
    const body = () => this.house.records.item.open('', item.id, item.sealed).catch(() => null);
    if (item.at >= this.house.startedAt || this.harmless.has(item.id)) return body();
    // It waited while a process went down. Counted before it is opened, so that what crashes here is known as well.
    const { turns } = this.house.store;
    if ((await turns.failed(item.id)) > MOST_TRIES) return 'crashed';
    const opened = await body();
    await turns.excuse(item.id);
    this.harmless.add(item.id);
    return opened;
  }
}

interface Part {
  item: Item;
  body: ArrivedMessage;
}

function lastOf(item: Item, parts: readonly Part[]): Item {
  return parts.at(-1)?.item ?? item;
}

function joined(whole: ArrivedMessage, part: ArrivedMessage): ArrivedMessage {
  const remote = [...(whole.remote ?? []), ...(part.remote ?? [])];
  return { ...whole, input: joinedInput(whole.input, part.input), ...(remote.length > 0 && { remote }) };
}

/** Both messages as one: their words below each other, their files and refusals side by side. */
function joinedInput(first: PersonInput, second: PersonInput): PersonInput {
  const text = [first.text, second.text].filter((one) => one !== undefined && one !== '').join('\n');
  const files = [...(first.files ?? []), ...(second.files ?? [])];
  const refused = [...(first.refused ?? []), ...(second.refused ?? [])];
  return {
    ...second,
    ...first,
    ...(text !== '' && { text }),
    ...(files.length > 0 && { files }),
    ...(refused.length > 0 && { refused }),
  };
}
