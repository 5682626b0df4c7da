// Whether what the bot says may repeat a confidential answer, so that staff see a marker instead.
import type { Prepared } from '../engine/prepare.js';
import type { Session } from '../engine/types.js';
import type { TurnRecord } from './records.js';

/** True when the turn made a one-time code: whoever reads it could use it. */
export function showsCode({ given }: Pick<TurnRecord, 'given'>): boolean {
  return Object.keys(given).some((key) => key.startsWith('link_code '));
}

/** True while a run is under way in which a confidential question was answered: a review would show the answer. */
export function hasConfidential(prepared: Prepared, session: Session | undefined): boolean {
  return (session?.stack ?? []).some((frame) => {
    const questions = prepared.flows.get(frame.flow)?.questions;
    return Object.keys(frame.answers).some((name) => questions?.get(name)?.class === 'confidential');
  });
}
