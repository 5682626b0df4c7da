// What the Graph API's error codes mean for a send (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
import type { SendError, SendResult } from '../channel.js';
import { down, graphFailure, graphMeanings, meaningOfRest, stopped, throttled } from '../common/graph-errors.js';
import type { Meaning } from '../common/graph-errors.js';
import { sendErrors } from '../common/send-errors.js';

const second = 1_000;
const minute = 60 * second;

const undeliverable: Meaning = { error: { ...sendErrors.not_found, tellStaff: true, optOut: false } };

/** WhatsApp's own, beside those that every product has. */
const meanings: ReadonlyMap<number, Meaning> = new Map([
  [0, stopped],
  [131005, stopped],
  [131031, stopped],
  [131000, down],
  [131016, down],
  [133004, down],
  [131057, { error: sendErrors.provider_down, after: minute }],
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

function meaningOf(code: number): Meaning {
  return meanings.get(code) ?? graphMeanings.get(code) ?? meaningOfRest(code);
}

/** The error of a `failed` status: it is told afterwards, nothing can be tried again. */
export function errorOfCode(code: number): SendError {
  return { ...meaningOf(code).error, retry: false };
}

/** Uploads are tried three times: a file that is wrong stays wrong. */
const MOST_MEDIA_TRIES = 3;

/** A failed answer as a send's result. `retryAfter`: milliseconds, of the header. */
export function failureOf(
  status: number,
  body: unknown,
  attempt: number,
  retryAfter: number | undefined,
): Exclude<SendResult, { result: 'sent' }> {
  return graphFailure((code) => tiring(meaningOf(code), attempt), status, body, retryAfter);
}

function tiring(meaning: Meaning, attempt: number): Meaning {
  const tired = meaning.error.code === 'media' && attempt >= MOST_MEDIA_TRIES;
  return tired ? { ...meaning, error: { ...meaning.error, retry: false } } : meaning;
}
