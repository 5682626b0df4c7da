// Limits of channels that are yet to come, as their vendors publish them: packs are kept within them from the beginning.
import type { ChannelLimits } from '../channel.js';

/** Where options stand under a text, some channels take less of it. */
export interface PlannedLimits extends ChannelLimits {
  readonly textWithOptions: number;
}

const megabyte = 1024 * 1024;

/** Telegram Bot API: text 4096, inline keyboards of up to 100 buttons; 64 letters are what a phone shows of one. No list, no reply window. */
export const telegram: PlannedLimits = {
  channel: 'telegram',
  text: 4_096,
  textWithOptions: 4_096,
  buttons: { count: 100, label: 64 },
  list: null,
  replyWindow: null,
  fileBytes: 20 * megabyte,
};

export const plannedLimits: readonly PlannedLimits[] = [telegram];
