// What a channel's provider told and nobody can read: kept with its reason, and staff are told.
import type { House } from './house.js';

const KEEP_FOR = 30 * 24 * 3_600_000;
const MOST_KEPT = 500;
/** Bytes of it that are kept: enough to see what it is. */
export const MOST_BYTES = 64 * 1024;
/** Staff hear of it once in this time for each account, however much of it comes. */
const TELL_EVERY = 3_600_000;

/** Durable when it resolves. `why` is a code of the channel's. */
export async function keepUnreadable(
  house: Pick<House, 'store' | 'vault' | 'records' | 'ids' | 'hints' | 'log' | 'now'>,
  channel: string,
  { account, bytes, why }: { account: string; bytes: Buffer; why: string },
): Promise<void> {
  const { store, vault, records, ids, hints, log, now } = house;
  const at = now();
  const id = ids.next();
  const what = bytes.subarray(0, MOST_BYTES).toString('base64');
  const key = vault.hash('unreadable', channel, account, what);
  const sealed = await records.unclaimed.seal('', id, { v: 1, kind: 'unreadable', channel, account, why, what });
  // What comes again and again is kept once.
  await store.unclaimed.take('unreadable', key);
  await store.unclaimed.keep({ id, kind: 'unreadable', key, at, until: at + KEEP_FOR, sealed }, MOST_KEPT);
  log('update.unreadable', { id, channel, why });
  const notice = {
    id: `quarantined.${vault.hash('account', channel, account).slice(0, 16)}.${Math.floor(at / TELL_EVERY)}`,
    kind: 'quarantined' as const,
    conversation: null,
    caseNumber: null,
    at,
  };
  if (await store.notices.add(notice)) hints.give('notice', notice.id);
}
