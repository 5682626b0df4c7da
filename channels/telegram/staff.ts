// The group chat of staff: what we post there, what they tap there, and the codes by which we know who they are.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { SendError, SendResult, StaffGroup, StaffListener } from '../channel.js';
import type { Bot } from './bot.js';
import { sendFailure } from './errors.js';
import { caps } from './limits.js';

/** What of an update is for staff. `none`: it is said in their group and means nothing to us. */
export type StaffUpdate =
  | { kind: 'tap'; user: string; query: string; data: string; message: number; openUrl: string | null }
  | { kind: 'code'; user: string; chat: string; code: string }
  | { kind: 'none' };

const tapped = z.object({
  id: z.string().min(1).max(256),
  from: z.object({ id: z.number().int() }),
  data: z.string().max(64),
  message: z.object({
    message_id: z.number().int(),
    chat: z.object({ id: z.number().int() }),
    reply_markup: z.json().optional(),
  }),
});
const said = z.object({
  from: z.object({ id: z.number().int() }).optional(),
  chat: z.object({ id: z.number().int(), type: z.string() }),
  text: z.string().optional(),
});

/** Null: it is not for staff. Taps count in their group alone, codes in a private chat alone. */
export function staffUpdate(value: Json, group: string): StaffUpdate | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const tap = tapped.safeParse(value['callback_query']);
  if (tap.success && String(tap.data.message.chat.id) === group) {
    const { id: query, from, data, message } = tap.data;
    const openUrl = urlIn(message.reply_markup);
    return { kind: 'tap', user: String(from.id), query, data, message: message.message_id, openUrl };
  }
  const read = said.safeParse(value['message'] ?? value['edited_message']);
  if (!read.success) return null;
  const { from, chat, text = '' } = read.data;
  if (String(chat.id) === group) return { kind: 'none' };
  const code = /^\s*(?:\/start\s+)?(staff-[\w-]{20,60})\s*$/.exec(text)?.[1];
  if (code === undefined || chat.type !== 'private' || !from) return null;
  return { kind: 'code', user: String(from.id), chat: String(chat.id), code };
}

const markup = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string(), url: z.string().optional() }))),
});

function urlIn(given: Json | undefined): string | null {
  const read = markup.safeParse(given);
  return (read.success && read.data.inline_keyboard.flat().find(({ url }) => url !== undefined)?.url) || null;
}

export class Staff implements StaffGroup {
  private listener: StaffListener | undefined;

  constructor(
    private readonly telegram: Bot,
    readonly group: string,
  ) {}

  bot(): Promise<string | null> {
    return this.telegram.username();
  }

  listen(listener: StaffListener): void {
    this.listener = listener;
  }

  async post({ text, buttons }: Parameters<StaffGroup['post']>[0]): Promise<SendResult> {
    const rows = buttons.map(({ label, url, tap }) => [
      url === undefined ? { text: label, callback_data: `s.${tap ?? ''}` } : { text: label, url },
    ]);
    const payload = {
      chat_id: this.group,
      text,
      link_preview_options: { is_disabled: true },
      ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
    };
    const outcome = await this.telegram.client.call('sendMessage', payload, caps.callTimeout);
    return outcome.ok ? { result: 'sent' } : sendFailure(outcome);
  }

  async check(): Promise<SendError['code'] | null> {
    const outcome = await this.telegram.client.call('getChat', { chat_id: this.group }, caps.callTimeout);
    return outcome.ok ? null : sendFailure(outcome).error.code;
  }

  /** Never rejects: a tap that is lost may be tapped again. */
  async handle(update: StaffUpdate, openLabel: string): Promise<void> {
    try {
      if (update.kind === 'tap') await this.tap(update, openLabel);
      else if (update.kind === 'code') await this.code(update);
    } catch {
      this.telegram.host.log('telegram.staff_failed', { kind: update.kind });
    }
  }

  private async tap(update: Extract<StaffUpdate, { kind: 'tap' }>, openLabel: string): Promise<void> {
    const { user, query, data, message, openUrl } = update;
    if (!this.listener || !data.startsWith('s.')) return;
    const { say, done } = await this.listener.tapped(user, data.slice(2));
    const { client } = this.telegram;
    await client.call(
      'answerCallbackQuery',
      { callback_query_id: query, text: say, show_alert: !done },
      caps.callTimeout,
    );
    if (!done) return;
    const left = openUrl === null ? [] : [[{ text: openLabel, url: openUrl }]];
    const edit = { chat_id: this.group, message_id: message, reply_markup: { inline_keyboard: left } };
    await client.call('editMessageReplyMarkup', edit, caps.callTimeout);
  }

  private async code({ user, chat, code }: Extract<StaffUpdate, { kind: 'code' }>): Promise<void> {
    if (!this.listener) return;
    const text = await this.listener.linked(user, code);
    await this.telegram.client.call('sendMessage', { chat_id: chat, text }, caps.callTimeout);
  }
}
