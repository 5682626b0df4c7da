// What the codes of the Send API mean (https://developers.facebook.com/docs/messenger-platform/error-codes).
import type { SendResult } from '../channel.js';
import { graphFailure, graphMeanings, meaningOfRest, throttled, type Meaning } from '../common/graph-errors.js';
import { sendErrors } from '../common/send-errors.js';

const minute = 60_000;

const closed: Meaning = { error: sendErrors.window_closed };
const blocked: Meaning = { error: sendErrors.blocked };
const media: Meaning = { error: sendErrors.media };

/** Of one code, Meta tells by its sub-code what really is the matter. */
const bySubcode: ReadonlyMap<number, Meaning> = new Map([
  [2018278, closed],
  [2534022, closed],
  [2018065, closed],
  [2018108, blocked],
  [1545041, blocked],
  [2018001, { error: sendErrors.not_found }],
  [2018047, media],
  [2018109, media],
  [2018294, media],
  [2018007, media],
]);
const byCode: ReadonlyMap<number, Meaning> = new Map([
  [551, blocked],
  [613, throttled(minute)],
  [32, throttled(minute)],
  [1200, { error: sendErrors.provider_down }],
]);

function meaningOf(code: number, subcode = 0): Meaning {
  return bySubcode.get(subcode) ?? byCode.get(code) ?? graphMeanings.get(code) ?? meaningOfRest(code);
}

/** A failed answer as a send's result. `retryAfter`: milliseconds, of the header. */
export function failureOf(
  status: number,
  body: unknown,
  retryAfter: number | undefined,
): Exclude<SendResult, { result: 'sent' }> {
  return graphFailure(meaningOf, status, body, retryAfter);
}
