// Opens a webhook: every entry, every event and change as an item of its own, so that a broken one hurts no neighbour.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Opened } from '../common/meta-webhook.js';

export type Product = 'page' | 'instagram';

/** `event`: between a person and us; `change`: something public, such as a comment. `account`: the page, or the Instagram account. */
export interface Item {
  kind: 'event' | 'change';
  product: Product;
  account: string;
  value: Json;
}

const list = z.array(z.json()).catch([]);
const envelope = z.object({ object: z.enum(['page', 'instagram']), entry: z.array(z.json()) });
const entry = z.object({ id: z.string().regex(/^\d{1,32}$/), messaging: list, changes: list });

/** Null when it is no webhook of Messenger or Instagram at all. */
export function openEnvelope(body: Json): Opened<Item> | null {
  const read = envelope.safeParse(body);
  if (!read.success) return null;
  const { object: product } = read.data;
  const entries = read.data.entry.map((one) => entry.safeParse(one));
  const items = entries.flatMap((one) => (one.success ? itemsOf(product, one.data) : []));
  return { items, skipped: entries.filter((one) => !one.success).length };
}

function itemsOf(product: Product, { id: account, messaging, changes }: z.infer<typeof entry>): Item[] {
  return [
    ...messaging.map((value) => ({ kind: 'event' as const, product, account, value })),
    ...changes.map((value) => ({ kind: 'change' as const, product, account, value })),
  ];
}
