// What a mail server's refusals mean for a send: its reply code and enhanced status code decide (RFC 5321, RFC 3463), never its words alone.
import { z } from 'zod';
import type { SendError, SendResult } from '../channel.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';

type Failure = Exclude<SendResult, { result: 'sent' }>;

export function failureOf(error: unknown): Failure {
  const { code = '', responseCode = 0, response = '', originalCode = '', timeoutType = '' } = factsOf(error);
  if (responseCode >= 400) return { result: 'error', error: errorOf(responseCode, enhancedOf(response)) };
  if (code === 'EAUTH' || code === 'ENOAUTH') return { result: 'error', error: sendErrors.auth };
  if (code === 'EENVELOPE') return { result: 'error', error: sendErrors.refused };
  return failureOfLine([code, originalCode, timeoutType].some((one) => BEFORE.has(one)) ? 'no' : 'maybe');
}

/** The line broke before the server heard of the letter. */
const BEFORE: ReadonlySet<string> = new Set([
  ...['EDNS', 'ETLS', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'],
]);

/** The library's or the server's code: never its words, which may quote an address. `auth`: the server does not take user and password. */
export function codeOf(error: unknown): string {
  const { code, responseCode, authenticationFailed = false, serverResponseCode = '' } = factsOf(error);
  // A line that broke meanwhile has a code of its own; what passes by itself says so (RFC 5530).
  if (authenticationFailed && code === undefined && !PASSES.has(serverResponseCode)) return 'auth';
  return responseCode === undefined ? (code ?? 'unknown') : `smtp_${responseCode}`;
}

const PASSES: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'THROTTLED']);

function errorOf(reply: number, status: string): SendError {
  if (reply === 421) return sendErrors.provider_down;
  if ([430, 432, 454, 530, 534, 535, 538].includes(reply)) return sendErrors.auth;
  if (reply < 500) return { ...sendErrors.rate_limited, slow: 'message' };
  if (/^5\.1\.(1|2|3|6|10)$/.test(status)) return sendErrors.not_found;
  if (status === '5.3.4' || status === '5.2.3' || reply === 552) return sendErrors.media;
  // 550 and 553 without an enhanced code: the mailbox is not there (RFC 5321, 4.2.3).
  if (status === '' && (reply === 550 || reply === 553)) return sendErrors.not_found;
  return sendErrors.refused;
}

function enhancedOf(response: string): string {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';
}

/** As nodemailer, ImapFlow and Node set them. */
const Shape = z.object({
  code: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  timeoutType: z.string().optional().catch(undefined),
  authenticationFailed: z.boolean().optional().catch(undefined),
  serverResponseCode: z.string().optional().catch(undefined),
});

function factsOf(error: unknown): z.infer<typeof Shape> {
  return Shape.safeParse(error).data ?? {};
}
