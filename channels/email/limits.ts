// What e-mail carries, and the caps of the adapter.
import type { ChannelLimits } from '../channel.js';

const megabyte = 1024 * 1024;
const hour = 3_600_000;

export const limits = {
  channel: 'email',
  // No server bounds a text; this is what somebody reads of one letter.
  text: 20_000,
  // Choices are numbered lines: a reply brings the number or the words.
  buttons: null,
  list: null,
  replyWindow: null,
  fileBytes: 25 * megabyte,
  letters: true,
  // A turn is one letter, not three.
  merge: true,
  // Far below what mail servers take of one account in an hour.
  rate: { perSecond: 2, person: { burst: 5, every: 2_000 } },
} as const satisfies ChannelLimits;

/** Caps of the adapter; times in milliseconds. */
export const caps = {
  /** A file of 25 MB in base64, and room for words. Of a larger letter the head alone is read. */
  letterBytes: 36 * megabyte,
  /**
   * Of a letter that is read: the largest take half a second and some 25 megabytes besides their files. Below half the lease, which is held
   * again between two letters.
   */
  readTime: 20_000,
  readMegabytes: 128,
  /** Processes that may end in the middle of reading a letter before it is put aside. */
  tries: 3,
  /** Words of one letter, in UTF-16 units; nobody writes more by hand. */
  words: 20_000,
  files: 20,
  /** Smaller pictures that stand within the words are signs and signatures. */
  pictureBytes: 30 * 1024,
  /** Words from which a first letter is a letter, and no question that is answered at once. */
  letterWords: 400,
  subject: 200,
  /** The newest Message-IDs of a thread that an answer names. */
  references: 10,
  /**
   * What lay in the mailbox for longer is left to people. Below the eight days for which the house knows a letter by its id: whatever
   * flags and UIDs a server forgets, nothing is answered twice.
   */
  oldest: 7 * 24 * hour,
  /** Of one person in an hour; more is a machine that does not say so. Far above what a letter that cannot be kept is tried in that time. */
  ofOnePerson: 240,
  hour,
  connectTimeout: 20_000,
  /** Silence on an IMAP line while an answer is due. */
  lineTimeout: 60_000,
  sendTimeout: 60_000,
  /** A receiver that is gone is followed by another after this. */
  lease: 60_000,
  firstWait: 1_000,
  longestWait: 60_000,
  /** In a row, over some four minutes: a server that was started anew is back by then. */
  failures: 10,
} as const;
