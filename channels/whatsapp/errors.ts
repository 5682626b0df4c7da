// What the Graph API's error codes mean for a send (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
import { z } from 'zod';
import type { SendError, SendResult } from '../channel.js';
import { failureOfStatus, sendErrors } from '../common/send-errors.js';

const second = 1_000;
const minute = 60 * second;

interface Meaning {
  error: SendError;
  /** Milliseconds when the provider names none. */
  after?: number;
}

const throttled = (after: number, more: Partial<SendError> = {}): Meaning => ({
  error: { ...sendErrors.rate_limited, ...more },
  after,
});
const stopped: Meaning = { error: sendErrors.auth, after: 15 * minute };
const undeliverable: Meaning = { error: { ...sendErrors.not_found, tellStaff: true, optOut: false } };
const down: Meaning = { error: sendErrors.provider_down };

/** By code, never by title: titles are translated and reworded. */
const meanings: ReadonlyMap<number, Meaning> = new Map([
  [0, stopped],
  [3, stopped],
  [10, stopped],
  [190, stopped],
  [131005, stopped],
  [131031, stopped],
  [368, { error: sendErrors.auth, after: 60 * minute }],
  [1, down],
  [2, down],
  [131000, down],
  [131016, down],
  [133004, down],
  [131057, { error: sendErrors.provider_down, after: minute }],
  [4, throttled(minute)],
  [80007, throttled(minute)],
  [133016, throttled(minute)],
  [130429, throttled(5 * second)],
  [131056, throttled(6 * second, { slow: 'conversation' })],
  [131048, throttled(15 * minute, { tellStaff: true })],
  [131047, { error: sendErrors.window_closed }],
  [470, { error: sendErrors.window_closed }],
  [131026, undeliverable],
  [131021, undeliverable],
  [131030, undeliverable],
  [131049, { error: sendErrors.refused }],
  [130472, { error: sendErrors.refused }],
  [132000, { error: sendErrors.template }],
  [132001, { error: sendErrors.template }],
  [132005, { error: sendErrors.template }],
  [132007, { error: sendErrors.template }],
  [132012, { error: sendErrors.template }],
  [132015, { error: sendErrors.template }],
  [132016, { error: sendErrors.template }],
  [132018, { error: sendErrors.template }],
  [131050, { error: sendErrors.blocked }],
  [131052, { error: sendErrors.media }],
  [131053, { error: { ...sendErrors.media, retry: true, slow: 'message' }, after: 10 * second }],
]);

/** Permissions that were taken away: 200 to 299. */
const meaningOf = (code: number): Meaning =>
  meanings.get(code) ?? (code >= 200 && code <= 299 ? stopped : { error: sendErrors.refused });

/** The error of a `failed` status: it is told afterwards, nothing can be tried again. */
export function errorOfCode(code: number): SendError {
  return { ...meaningOf(code).error, retry: false };
}

const answer = z.object({ error: z.object({ code: z.number() }) });

/** Uploads are tried three times: a file that is wrong stays wrong. */
const MOST_MEDIA_TRIES = 3;

/** A failed answer as a send's result. `retryAfter`: milliseconds, of the header. */
export function failureOf(
  status: number,
  body: unknown,
  attempt: number,
  retryAfter: number | undefined,
): Exclude<SendResult, { result: 'sent' }> {
  const read = answer.safeParse(body);
  if (!read.success)
    return status === 429 ? failureOfStatus(status, retryAfter ?? 5 * second) : failureOfStatus(status, retryAfter);
  const meaning = meaningOf(read.data.error.code);
  const tired = meaning.error.code === 'media' && attempt >= MOST_MEDIA_TRIES;
  const error = tired ? { ...meaning.error, retry: false } : meaning.error;
  const after = later(retryAfter, meaning.after);
  return { result: 'error', error, ...(after !== undefined && error.retry && { retryAfter: after }) };
}

/** Never sooner than the provider asks, nor than its rules say. */
function later(asked: number | undefined, known: number | undefined): number | undefined {
  if (asked === undefined || known === undefined) return asked ?? known;
  return Math.max(asked, known);
}
