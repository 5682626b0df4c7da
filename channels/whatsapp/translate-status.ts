// Pure translation of delivery statuses.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { StatusReport } from '../channel.js';
import { errorOfCode } from './errors.js';
import { millisecondsOf } from './translate-in.js';

const shape = z.object({
  id: z.string().min(1).max(512),
  status: z.string(),
  timestamp: z.coerce.number().optional().catch(undefined),
  biz_opaque_callback_data: z.string().max(512).optional().catch(undefined),
  errors: z
    .array(z.object({ code: z.number() }))
    .optional()
    .catch(undefined),
});
const states = new Set<string>(['sent', 'delivered', 'read', 'failed']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One element of `statuses`; `silent` for kinds that change nothing (deleted, warning, played). */
export function translateStatus(value: Json, account: string, now: number): StatusReport | 'silent' | 'broken' {
  const read = shape.safeParse(value);
  if (!read.success) return 'broken';
  const { id, status, timestamp, biz_opaque_callback_data: ours, errors } = read.data;
  if (!states.has(status)) return 'silent';
  const state = status as StatusReport['state'];
  const code = errors?.[0]?.code;
  return {
    account,
    providerId: id,
    state,
    at: millisecondsOf(timestamp) || now,
    ...(state === 'failed' && { error: errorOfCode(code ?? -1) }),
    ...(ours !== undefined && uuid.test(ours) && { id: ours }),
  };
}
