// The closed list of send errors with what each means for the next try, and how plain HTTP tells them.
import type { SendError, SendResult } from '../channel.js';

type Code = SendError['code'];

/** What holds for every provider; an adapter overrides a field where its provider means it differently. */
export const sendErrors: Readonly<Record<Code, SendError>> = {
  network: of('network', { retry: true, slow: 'message' }),
  provider_down: of('provider_down', { retry: true, slow: 'account' }),
  rate_limited: of('rate_limited', { retry: true, slow: 'account' }),
  window_closed: of('window_closed', { tellStaff: true }),
  // The provider does not know it, paused it, or wants other parameters: a person must look.
  template: of('template', { tellStaff: true }),
  blocked: of('blocked', { optOut: true }),
  not_found: of('not_found', { optOut: true }),
  too_long: of('too_long', { tellStaff: true }),
  media: of('media', { tellStaff: true }),
  // The token may be put right: nothing is lost meanwhile, and the circuit keeps the tries few.
  auth: of('auth', { retry: true, slow: 'account', tellStaff: true }),
  refused: of('refused', { tellStaff: true }),
};

/** A failed answer of which only the status is known. `retryAfter` in milliseconds, from the provider's own words. */
export function failureOfStatus(status: number, retryAfter?: number): Exclude<SendResult, { result: 'sent' }> {
  const error = sendErrors[codeOfStatus(status)];
  return { result: 'error', error, ...(retryAfter !== undefined && { retryAfter }) };
}

/** No answer: `sent` tells whether the provider may have the message all the same. */
export function failureOfLine(sent: 'no' | 'maybe'): Exclude<SendResult, { result: 'sent' }> {
  return sent === 'no'
    ? { result: 'error', error: sendErrors.network }
    : { result: 'ambiguous', error: sendErrors.network };
}

function codeOfStatus(status: number): Code {
  if (status === 401) return 'auth';
  if (status === 403) return 'blocked';
  if (status === 404) return 'not_found';
  if (status === 413) return 'too_long';
  if (status === 408 || status === 429) return 'rate_limited';
  return status >= 500 ? 'provider_down' : 'refused';
}

function of(code: Code, more: Partial<Omit<SendError, 'code'>>): SendError {
  return { code, retry: false, slow: 'nothing', tellStaff: false, optOut: false, ...more };
}
