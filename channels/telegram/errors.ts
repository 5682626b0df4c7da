// What the Bot API's refusals mean for a send. The status decides; of 400 and 403 the words tell more.
import type { SendError, SendResult } from '../channel.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import type { CallResult } from './client.js';

export type Failure = Extract<CallResult, { ok: false }>;

export function sendFailure(failure: Failure): Exclude<SendResult, { result: 'sent' }> {
  if (failure.why === 'broken') return failureOfLine(failure.sent);
  const { retryAfter } = failure;
  return { result: 'error', error: errorOf(failure), ...(retryAfter !== undefined && { retryAfter }) };
}

function errorOf({ status, description }: Extract<Failure, { why: 'refused' }>): SendError {
  if (status === 429) return sendErrors.rate_limited;
  if (status >= 500) return sendErrors.provider_down;
  // A token that is not even a token is answered with 404.
  if (status === 401 || status === 404) return sendErrors.auth;
  if (status === 403) return sendErrors.blocked;
  if (status === 413) return sendErrors.media;
  const known = words.find(([pattern]) => pattern.test(description));
  return known ? known[1] : sendErrors.refused;
}

const words: readonly (readonly [RegExp, SendError])[] = [
  [/chat not found|user not found|PEER_ID_INVALID|chat_id is empty/i, sendErrors.not_found],
  [/user is deactivated|bot was blocked|bot was kicked/i, sendErrors.blocked],
  [/too long|MESSAGE_TOO_LONG/i, sendErrors.too_long],
  [/file|photo|document|IMAGE_PROCESS_FAILED|PHOTO_/i, sendErrors.media],
];
