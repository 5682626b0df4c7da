// Limits of channels that are yet to come, as their vendors publish them: packs are kept within them from the beginning.
import type { ChannelLimits } from '../channel.js';

/** Where options stand under a text, some channels take less of it. */
export interface PlannedLimits extends ChannelLimits {
  readonly textWithOptions: number;
}

const hour = 3_600_000;
const megabyte = 1024 * 1024;

/** WhatsApp Cloud API: text 4096, interactive body 1024, 3 reply buttons of 20, a list of 10 rows with 24 and 72, free text for 24 hours. */
export const whatsapp: PlannedLimits = {
  channel: 'whatsapp',
  text: 4_096,
  textWithOptions: 1_024,
  buttons: { count: 3, label: 20 },
  list: { count: 10, label: 24, hint: 72 },
  replyWindow: 24 * hour,
  fileBytes: 16 * megabyte,
};

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

export const plannedLimits: readonly PlannedLimits[] = [whatsapp, telegram];
