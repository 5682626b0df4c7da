// How Meta's products tell that a send failed: an error with a code, which each product gives its meaning.
import { z } from 'zod';
import type { SendError, SendResult } from '../channel.js';
import { failureOfStatus, sendErrors } from './send-errors.js';

export interface Meaning {
  error: SendError;
  /** Milliseconds when the provider names none. */
  after?: number;
}

const second = 1_000;
const minute = 60 * second;

export function throttled(after: number, more: Partial<SendError> = {}): Meaning {
  return { error: { ...sendErrors.rate_limited, ...more }, after };
}

export const stopped: Meaning = { error: sendErrors.auth, after: 15 * minute };
export const down: Meaning = { error: sendErrors.provider_down };

/**
 * What holds for every product, by code, never by title: titles are translated and reworded
 * (https://developers.facebook.com/docs/graph-api/guides/error-handling).
 */
export const graphMeanings: ReadonlyMap<number, Meaning> = new Map([
  [1, down],
  [2, down],
  [4, throttled(minute)],
  [3, stopped],
  [10, stopped],
  [190, stopped],
  [368, { error: sendErrors.auth, after: 60 * minute }],
]);

/** Permissions that were taken away: 200 to 299. */
export function meaningOfRest(code: number): Meaning {
  return code >= 200 && code <= 299 ? stopped : { error: sendErrors.refused };
}

const answer = z.object({
  error: z.object({ code: z.number(), error_subcode: z.number().optional().catch(undefined) }),
});

/** A failed answer as a send's result. `retryAfter`: milliseconds, of the header. */
export function graphFailure(
  meaningOf: (code: number, subcode?: number) => Meaning,
  status: number,
  body: unknown,
  retryAfter: number | undefined,
): Exclude<SendResult, { result: 'sent' }> {
  const read = answer.safeParse(body);
  if (!read.success)
    return status === 429 ? failureOfStatus(status, retryAfter ?? 5 * second) : failureOfStatus(status, retryAfter);
  const { code, error_subcode: subcode } = read.data.error;
  const { error, after: known } = meaningOf(code, subcode);
  const after = later(retryAfter, known);
  return { result: 'error', error, ...(after !== undefined && error.retry && { retryAfter: after }) };
}

/** Never sooner than the provider asks, nor than its rules say. */
function later(asked: number | undefined, known: number | undefined): number | undefined {
  if (asked === undefined || known === undefined) return asked ?? known;
  return Math.max(asked, known);
}
