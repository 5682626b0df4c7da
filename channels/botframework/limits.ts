// What the channels of Azure Bot Service carry, all of them together; `azure-channels.ts` has the row of each.
import type { ChannelLimits } from '../channel.js';
import { rowOf } from './azure-channels.js';

const megabyte = 1024 * 1024;

export const limits = {
  channel: 'botframework',
  // The widest row: what a channel carries less of is degraded when it is sent.
  text: rowOf('webchat').text,
  buttons: rowOf('webchat').buttons,
  list: null,
  replyWindow: null,
  fileBytes: 25 * megabyte,
  // Teams: 50 a second for an app, 60 in half a minute to one conversation (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).
  rate: { perSecond: 40, person: { burst: 5, every: 500 } },
} as const satisfies ChannelLimits;

/** Caps of the adapter; times in milliseconds. */
export const caps = {
  /** An activity of a channel; the largest are cards. */
  bodyBytes: 256 * 1024,
  /** Most letters of an `Authorization` header; a token of the service has about a thousand. */
  headerLetters: 8_192,
  /** Most bytes of an answer of the connector or of the login. */
  answerBytes: 256 * 1024,
  sendTimeout: 15_000,
  mediaTimeout: 45_000,
  /** The SDK asks for keys without a time of its own. */
  proofTimeout: 10_000,
  /** Before a token of ours ends, a new one is asked for. */
  tokenSlack: 5 * 60_000,
  /** What shows that we read, under way at once; more are left out, they are a courtesy. */
  readsAtOnce: 8,
  /** Messages of which a part is out, remembered until they are whole. */
  halfSent: 1_000,
  /** Files of one message; what is over is not fetched. */
  files: 20,
  /** Letters of a file's address. */
  address: 4_096,
  /** A group hears where to find us once in this time. */
  groupAgain: 365 * 24 * 3_600_000,
} as const;
