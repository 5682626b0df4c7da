// What Meta tells of our own messages: echoes, deliveries, readings.
import { z } from 'zod';
import type { StatusReport } from '../channel.js';
import type { Item } from './envelope.js';

const at = z.number().optional().catch(undefined);
const mid = z.string().min(1).max(512);
const echo = z.object({
  timestamp: at,
  message: z.object({ mid, is_echo: z.literal(true), metadata: z.string().max(1_000).optional().catch(undefined) }),
});
/** Readings of Messenger name a time only, not a message: those tell nothing of one. */
const delivery = z.object({ timestamp: at, delivery: z.object({ mids: z.array(mid).max(1_000).catch([]) }) });
const reading = z.object({ timestamp: at, read: z.object({ mid: mid.optional().catch(undefined) }) });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An echo with our id settles a send of which no answer came; what people or other apps wrote there is none of ours. */
export function reportsOf({ kind, account, value }: Item, now: number): StatusReport[] | 'broken' {
  if (kind === 'change') return [];
  const echoed = echo.safeParse(value);
  if (echoed.success) {
    const { message, timestamp = now } = echoed.data;
    const { mid: providerId, metadata: ours } = message;
    return ours !== undefined && uuid.test(ours)
      ? [{ account, providerId, state: 'sent', at: timestamp, id: ours }]
      : [];
  }
  const delivered = delivery.safeParse(value);
  if (delivered.success) {
    const { delivery: told, timestamp = now } = delivered.data;
    return told.mids.map((providerId) => ({ account, providerId, state: 'delivered', at: timestamp }));
  }
  const seen = reading.safeParse(value);
  if (!seen.success) return 'broken';
  const { read, timestamp = now } = seen.data;
  return read.mid === undefined ? [] : [{ account, providerId: read.mid, state: 'read', at: timestamp }];
}
