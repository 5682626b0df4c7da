// Opens a webhook: every entry, every change, every message and status as an item of its own, so that a broken one hurts no neighbour.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Opened } from '../common/meta-webhook.js';

export interface Contact {
  user?: string;
  phone?: string;
  name?: string;
}

export type Item =
  | { kind: 'message'; account: string; contacts: readonly Contact[]; value: Json }
  | { kind: 'status'; account: string; value: Json }
  | { kind: 'error'; account: string; value: Json };

const list = z.array(z.json()).catch([]);
const envelope = z.object({ object: z.literal('whatsapp_business_account'), entry: z.array(z.json()) });
const entry = z.object({ changes: z.array(z.json()) });
const change = z.object({
  field: z.literal('messages'),
  value: z.object({
    metadata: z.object({ phone_number_id: z.string().regex(/^\d{1,32}$/) }),
    contacts: list,
    messages: list,
    statuses: list,
    errors: list,
  }),
});
const contact = z.object({
  user_id: z.string().max(256).optional(),
  wa_id: z.string().max(32).optional(),
  profile: z.object({ name: z.string().optional() }).optional(),
});

/** Null when it is no webhook of WhatsApp at all. */
export function openEnvelope(body: Json): Opened<Item> | null {
  const read = envelope.safeParse(body);
  if (!read.success) return null;
  const entries = read.data.entry.map((one) => entry.safeParse(one));
  const changes = entries.flatMap((one) => (one.success ? one.data.changes : [])).map((one) => change.safeParse(one));
  const items = changes.flatMap((one) => (one.success ? itemsOf(one.data.value) : []));
  const skipped = [...entries, ...changes].filter((one) => !one.success).length;
  return { items, skipped };
}

function itemsOf({ metadata, contacts, messages, statuses, errors }: z.infer<typeof change>['value']): Item[] {
  const account = metadata.phone_number_id;
  const known = contacts.flatMap(contactOf);
  return [
    ...messages.map((value) => ({ kind: 'message' as const, account, contacts: known, value })),
    ...statuses.map((value) => ({ kind: 'status' as const, account, value })),
    ...errors.map((value) => ({ kind: 'error' as const, account, value })),
  ];
}

function contactOf(value: Json): Contact[] {
  const read = contact.safeParse(value);
  if (!read.success) return [];
  const { user_id: user, wa_id: phone, profile } = read.data;
  const name = profile?.name;
  return [
    {
      ...(user !== undefined && { user }),
      ...(phone !== undefined && { phone }),
      ...(name !== undefined && { name }),
    },
  ];
}
