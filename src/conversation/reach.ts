// How words that staff send about a case reach the person now.
import { templateFor } from '../engine/approved.js';
import type { TemplatePurpose } from '../engine/types.js';
import type { Reach } from './desk-types.js';
import { isOver } from './expiry.js';
import type { House } from './house.js';

/** `conversation`: where the person would read it. */
export async function reachIn(
  house: House,
  conversation: string,
): Promise<Record<Extract<TemplatePurpose, 'status' | 'message'>, Reach>> {
  const row = await house.store.turns.conversation(conversation);
  const limits = row ? house.channels.get(row.channel)?.limits : undefined;
  const rests = row !== null && (await house.records.sessionOf(row))?.session.rest !== undefined;
  const over = row !== null && isOver(limits, row.lastPersonAt, house.now());
  const reachFor = (purpose: TemplatePurpose): Reach => {
    if (rests || !over) return rests ? 'waits' : 'now';
    return limits?.templates && templateFor({ approved: house.approved }, purpose) ? 'template' : 'waits';
  };
  return { status: reachFor('status'), message: reachFor('message') };
}
