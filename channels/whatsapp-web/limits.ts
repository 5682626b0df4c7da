// What WhatsApp carries for a private account, and how a person would use it: nothing here is published, all is kept low on purpose.
import type { ChannelLimits } from '../channel.js';

const hour = 3_600_000;
const megabyte = 1024 * 1024;

export const limits = {
  channel: 'whatsapp-web',
  text: 4_096,
  // Buttons and lists of the library are deprecated and reach nobody: options are numbered lines.
  buttons: null,
  list: null,
  // We answer, and never begin: what comes later waits until the person writes.
  replyWindow: 24 * hour,
  fileBytes: 25 * megabyte,
  merge: true,
  // As fast as somebody who types: one message in two seconds over all, three in a row to a person and then one in five seconds.
  rate: { perSecond: 0.5, person: { burst: 3, every: 5_000 } },
} as const satisfies ChannelLimits;

/** Caps of the adapter; times in milliseconds. */
export const caps = {
  caption: 1_024,
  megabytes: 25,
  /** A message of one part is settled, one way or the other, before the house takes its send for dead (a minute). */
  typingTimeout: 5_000,
  sendTimeout: 20_000,
  sendFileTimeout: 40_000,
  lookTimeout: 60_000,
  stateTimeout: 20_000,
  /** The page is asked so often how it stands; it is gone when it is silent so many times in a row. */
  pulse: 30_000,
  unanswered: 2,
  /** Askings in a row that find it cut off from WhatsApp before staff hear of it: five minutes. */
  cutOff: 10,
  /** A browser that was opened asks to be paired, or is on, within this. */
  opens: 10 * 60_000,
  /** A browser that is closed may finish what it was asked for so long, and then has so long to end. */
  finishTimeout: 3_000,
  closeTimeout: 5_000,
  /** A browser that was on for so long counts as one that stays. */
  stays: 60_000,
  /** A holder that is gone is followed by another after this. */
  lease: 60_000,
  /** Between two openings of a browser that does not stay. */
  firstWait: 1_000,
  longestWait: 5 * 60_000,
  /** After a ban nothing is tried for so long: each try would be seen. */
  bannedWait: 6 * hour,
  /** A code to scan is shown so long, should no newer one come. WhatsApp changes it every 20 to 60 seconds. */
  codeShown: 60_000,
  /** Browsers that are opened for codes which nobody scans, before they are opened less often. */
  idleRounds: 10,
  /** What people wrote before this is not looked for again; well within the days for which the house knows a message. */
  lookBack: 3 * 24 * hour,
  recentChats: 50,
  recentMessages: 30,
  /** Messages with files that are remembered as kept. */
  kept: 1_000,
  halfSent: 1_000,
  /** Tries of a file before the person is asked to send it again, and of a message before it is put aside. */
  fileTries: 3,
  acceptTries: 8,
  typingAtOnce: 8,
} as const;

/** How long a person would type: by letters, between these, and somewhat more or less. */
export const typing = { perLetter: 35, least: 800, most: 6_000, jitter: 0.3 } as const;
