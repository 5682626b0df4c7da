// What the connector's refusals mean for a send: by the code of the error, else by the status.
import { z } from 'zod';
import type { SendError, SendResult } from '../channel.js';
import type { HttpResult } from '../common/http-client.js';
import { parseJson } from '../common/json.js';
import { failureOfLine, failureOfStatus, sendErrors } from '../common/send-errors.js';

export type Failure = Exclude<SendResult, { result: 'sent' }>;

/** What came back is not what a send wants: carried through the SDK, which knows neither our list of errors nor ambiguity. */
export class NotSent extends Error {
  constructor(readonly failure: Failure) {
    super(failure.error.code);
    this.name = 'NotSent';
  }
}

/** Codes of https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages; other channels use them too. */
const codes: ReadonlyMap<string, SendError> = new Map([
  ['ConversationBlockedByUser', sendErrors.blocked],
  ['BotNotInConversationRoster', sendErrors.blocked],
  ['MessageWritesBlocked', sendErrors.blocked],
  // The tenant's administrator switched the bot off, or its registration changed: not the person's doing.
  ['BotDisabledByAdmin', sendErrors.auth],
  ['NotEnoughPermissions', sendErrors.auth],
  ['InvalidBotApiHost', sendErrors.auth],
  ['BotNotRegistered', sendErrors.auth],
  ['ConversationNotFound', sendErrors.not_found],
  ['MessageSizeTooBig', sendErrors.too_long],
]);

const answer = z.object({ error: z.object({ code: z.string() }) });
/** Teams puts what really is the matter into a text of JSON. */
const subCode = /"subCode\\?"\s*:\s*\\?"(\w+)/;

/** Of everything but a success. `now` in UTC milliseconds. */
export function failureOf(result: HttpResult, now: number): Failure {
  if (!result.ok) return failureOfLine(result.sent);
  const { status, headers, body } = result;
  const retryAfter = retryAfterOf(headers, now);
  const known = errorOf(status, body);
  if (!known) return failureOfStatus(status, retryAfter);
  return { result: 'error', error: known, ...(known.retry && retryAfter !== undefined && { retryAfter }) };
}

function errorOf(status: number, body: Buffer): SendError | undefined {
  // Two writes at once to one conversation: Teams asks to try again.
  if (status === 412) return sendErrors.provider_down;
  const parsed = parseJson(body);
  const read = answer.safeParse(parsed.ok ? parsed.value : null);
  const named = read.success ? codes.get(read.data.error.code) : undefined;
  return named ?? codes.get(subCode.exec(body.toString('utf8'))?.[1] ?? '');
}

/** Milliseconds of `retry-after`: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(headers: Headers, now: number): number | undefined {
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const wait = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
