// What Messenger and Instagram carry, as Meta publishes it (https://developers.facebook.com/docs/messenger-platform/reference/send-api).
import type { ChannelLimits } from '../channel.js';

const hour = 3_600_000;
const megabyte = 1024 * 1024;

export const limits = {
  channel: 'messenger',
  text: 2_000,
  // Quick replies: they go when one is tapped, so an old one is never tapped again.
  buttons: { count: 13, label: 20 },
  list: null,
  replyWindow: 24 * hour,
  fileBytes: 25 * megabyte,
  // 300 a second for words, 10 for files; far more than a charity says.
  rate: { perSecond: 40, person: { burst: 20, every: 1_000 } },
  // Our own messages come back as echoes, with our id in them.
  reconcile: 15_000,
} as const satisfies ChannelLimits;

/** Caps of the adapter. */
export const caps = {
  bodyBytes: 4 * megabyte,
  /** Most bytes of an answer of the Graph API. */
  answerBytes: 256 * 1024,
  /** Instagram counts a text's bytes (https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message). */
  instagramBytes: 1_000,
  /** Milliseconds of one exchange with the Graph API. */
  sendTimeout: 10_000,
  mediaTimeout: 45_000,
  readTimeout: 5_000,
  /** What shows that we read, under way at once; more are left out, they are a courtesy. */
  readsAtOnce: 8,
  /** Messages of which a part is out, remembered until they are whole. */
  halfSent: 1_000,
  /** A public comment may be answered once in private, within seven days; and one person not more often than that in a day. */
  commentWindow: 7 * 24 * hour,
  commentsOfOne: 24 * hour,
} as const;

/** Where what people send lies. */
export const mediaHosts = /^(lookaside\.fbsbx\.com|[a-z0-9.-]+\.(fbcdn\.net|fbsbx\.com|cdninstagram\.com))$/;
