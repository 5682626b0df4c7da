// What the website's conversation page can carry, and how much of it at a time.
import type { ChannelLimits } from '../channel.js';

export const limits: ChannelLimits = {
  channel: 'website',
  text: 4_096,
  buttons: { count: 10, label: 60 },
  list: { count: 50, label: 60, hint: 140 },
  replyWindow: null,
  fileBytes: 25 * 1024 * 1024,
};

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Caps and lives of the Direct Line adapter. Mobile networks put thousands of people behind one address, hence the wide ones per IP. */
export const caps = {
  bodyBytes: 64 * 1024,
  uploadBytes: limits.fileBytes + 256 * 1024,
  filesPerUpload: 10,
  uploadsAtOnce: 8,
  clientIdLength: 128,
  choiceLength: 256,
  page: 100,
  tokens: { most: 600, window: 10 * minute },
  messages: { most: 60, window: minute },
  messagesPerIp: { most: 1_200, window: minute },
  uploads: { most: 60, window: 10 * minute },
  uploadsPerIp: { most: 600, window: 10 * minute },
  socketsPerConversation: 6,
  socketsPerIp: 500,
  accessLife: 30 * minute,
  /** A person may stop for weeks and go on: the page keeps this one, and only to fetch an access token. */
  resumeLife: 60 * day,
  /** Time to open the stream after its address was handed out; it is in a URL, so it is short. */
  streamLife: 2 * minute,
  fileLife: 30 * minute,
} as const;
