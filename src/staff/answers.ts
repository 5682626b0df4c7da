// What the API answers: JSON with a code and nothing else when it refuses.
import type { ChannelResponse } from '../../channels/channel.js';

/** The closed list of refusals. The console has a sentence for each under `console.error.`. */
export type Refusal =
  | 'signed_out'
  | 'wrong_credentials'
  | 'too_many_tries'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'foreign_origin'
  | 'wrong_type'
  | 'busy'
  | 'login_taken'
  | 'retained';

const statuses: Readonly<Record<Refusal, number>> = {
  signed_out: 401,
  wrong_credentials: 401,
  too_many_tries: 429,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  foreign_origin: 403,
  wrong_type: 415,
  busy: 503,
  login_taken: 409,
  retained: 409,
};

/** Personal data must not stay in any cache on the way. */
const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

export function answer(body: object, headers: Record<string, string> = {}): ChannelResponse {
  return { status: 200, headers: { ...PRIVATE, ...headers }, body };
}

export function refuse(code: Refusal, headers: Record<string, string> = {}): ChannelResponse {
  return { status: statuses[code], headers: { ...PRIVATE, ...headers }, body: { error: { code } } };
}

/** Thrown inside a handler to end it with a refusal. */
export class Refused extends Error {
  constructor(
    readonly code: Refusal,
    readonly headers: Record<string, string> = {},
  ) {
    super(`refused: ${code}`);
    this.name = 'Refused';
  }
}
