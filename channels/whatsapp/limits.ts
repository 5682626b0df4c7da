// What WhatsApp carries, as Meta publishes it (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages).
import type { ChannelLimits } from '../channel.js';

const hour = 3_600_000;
const megabyte = 1024 * 1024;

export const limits = {
  channel: 'whatsapp',
  text: 4_096,
  textWithOptions: 1_024,
  buttons: { count: 3, label: 20 },
  list: { count: 10, label: 24, hint: 72 },
  replyWindow: 24 * hour,
  fileBytes: 25 * megabyte,
  templates: true,
  merge: true,
  // 80 a second and one in 6 s to a person, of whom 45 may be borrowed at once: kept below, so that staff and tries again have room.
  rate: { perSecond: 60, person: { burst: 20, every: 6_000 } },
  reconcile: 15_000,
} as const satisfies ChannelLimits;

/** Caps of the adapter. */
export const caps = {
  /** Payloads reach 3 MB; nothing else on this server takes more than 64 kB. */
  bodyBytes: 4 * megabyte,
  /** Most bytes of an answer of the Graph API. */
  answerBytes: 256 * 1024,
  caption: 1_024,
  buttonId: 256,
  rowId: 200,
  /** Milliseconds of one exchange with the Graph API. */
  sendTimeout: 10_000,
  mediaTimeout: 45_000,
  readTimeout: 5_000,
  /** Read receipts under way at once; more are left out, they are a courtesy. */
  readsAtOnce: 8,
  /** Messages whose parts are half sent, remembered until they are whole. */
  halfSent: 1_000,
} as const;

/** Where the addresses of media that the Cloud API hands out lie. */
export const mediaHosts = /^(lookaside\.fbsbx\.com|[a-z0-9.-]+\.(fbcdn\.net|fbsbx\.com|whatsapp\.net))$/;
