// One-time links to a page of our own, for papers that should not go through a foreign channel.
import type { Found, Need } from '../engine/types.js';
import type { Conversation } from '../store/contract.js';
import type { House } from './house.js';

export const UPLOAD_LINK = {
  validMs: 30 * 60_000,
  /** Links that one conversation is given within an hour. */
  made: { most: 12, windowMs: 3_600_000 },
} as const;

/** A link for the question that waits; the one before it ends. */
export async function makeUploadLink(house: House, row: Conversation, asked: Need['with']): Promise<Found> {
  const { run = '', step = '' } = asked;
  const at = house.now();
  const made = await house.store.counters.hit(
    house.vault.hash('upload', 'made', row.id),
    UPLOAD_LINK.made.windowMs,
    at,
  );
  if (made > UPLOAD_LINK.made.most) return { outcome: 'none' };
  const token = house.ids.token();
  const tokenKey = house.vault.hash('upload', token);
  await house.store.uploads.add({ tokenKey, conversation: row.id, run, step, at, expiresAt: at + UPLOAD_LINK.validMs });
  return {
    outcome: 'ready',
    values: { link: `${house.publicUrl}/u/${token}`, minutes: String(UPLOAD_LINK.validMs / 60_000) },
  };
}
