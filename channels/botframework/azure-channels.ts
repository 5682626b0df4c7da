// What each channel behind Azure Bot Service carries, by its `channelId`: one row each, and one for those that nobody has looked at.
import type { ChannelLimits } from '../channel.js';

/** How many buttons is what the SDK's own table says of the channel (botbuilder-dialogs 4.23.3, choices/channel), or less where its vendor does. */
export interface Row extends Pick<ChannelLimits, 'text' | 'buttons'> {
  /** Buttons stand in cards of so many, and stay; null: above the keyboard, gone after one is tapped. */
  readonly perCard: number | null;
  /** `id`: a tap brings the option's id (messageBack). `words`: it brings the label as if it were typed (imBack), which every channel can. */
  readonly tap: 'id' | 'words';
  /** Shows that we type. */
  readonly typing: boolean;
  /** Files that go out inside of a message, the only way without a public address of our own; null: none. */
  readonly files: { readonly kinds: RegExp; readonly bytes: number } | null;
  /** Hosts that hold what people send under signed addresses, besides the service's own. */
  readonly media: RegExp | null;
}

const kilobyte = 1024;

/** Web Chat and what speaks its protocol: an activity has at most 256 kB there. */
const web: Row = {
  text: 4_096,
  buttons: { count: 100, label: 64 },
  perCard: null,
  tap: 'id',
  typing: true,
  files: { kinds: /./, bytes: 150 * kilobyte },
  media: /^[a-z0-9-]+\.blob\.core\.windows\.net$/,
};

/** Words only: nothing is taken for granted. */
const plain: Row = {
  text: 1_000,
  buttons: null,
  perCard: null,
  tap: 'words',
  typing: false,
  files: null,
  media: null,
};

const rows: Readonly<Record<string, Row>> = {
  webchat: web,
  directline: web,
  emulator: web,
  // 40 kB of UTF-16 for the whole message, cards with six buttons, PNG and JPEG up to a megabyte
  // (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages).
  msteams: {
    text: 8_000,
    buttons: { count: 24, label: 50 },
    perCard: 6,
    tap: 'id',
    typing: true,
    files: { kinds: /^image\/(png|jpeg)$/, bytes: 1_000 * kilobyte },
    media: /^[a-z0-9-]+\.sharepoint\.com$/,
  },
  facebook: {
    ...plain,
    text: 2_000,
    buttons: { count: 10, label: 20 },
    typing: true,
    media: /^[a-z0-9.-]+\.(fbcdn\.net|fbsbx\.com)$/,
  },
  line: { ...plain, text: 2_000, buttons: { count: 13, label: 20 } },
  slack: { ...plain, text: 3_000, buttons: { count: 20, label: 30 }, perCard: 5, typing: true },
  telegram: { ...plain, text: 4_096, buttons: { count: 100, label: 64 }, typing: true },
  // Ten parts of a text message: one that is longer is not put together by every phone.
  sms: { ...plain, text: 670 },
};

export function rowOf(channelId: string): Row {
  return (Object.hasOwn(rows, channelId) ? rows[channelId] : undefined) ?? plain;
}

/** Every channel that has a row of its own. */
export const channelIds: readonly string[] = Object.keys(rows);
