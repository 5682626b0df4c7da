// Pure translation of what we say into calls of the Bot API.
import type { FileRef, Option } from '../../src/engine/types.js';
import type { Outgoing } from '../channel.js';
import { bubbles } from '../common/choices.js';
import { caps, limits } from './limits.js';

/** Scores of a rating: its first options, from the least on. */
const SCORES = 5;

/** One call. `file` goes along as the field `upload`, under its name. */
export interface Request {
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument' | 'sendAudio' | 'sendVoice';
  payload: Record<string, unknown>;
  file?: { as: 'photo' | 'document' | 'audio' | 'voice'; ref: FileRef };
}

/** The calls of a message, in order; words are never parsed for markup. */
export function translateOut(message: Outgoing): Request[] {
  const chat = message.reply['chat'] ?? message.user;
  return [...fileRequest(message, chat), ...wordRequests(message, chat)];
}

/**
 * The data of the n-th button under a message: its place in the conversation, from which the option is read again in the transcript. So
 * it is short whatever the option's id (at most 64 bytes), says nothing, and lives as long as the message.
 */
export function buttonData(seq: number, index: number): string {
  return `o.${seq.toString(36)}.${index.toString(36)}`;
}

/** Null: no data of ours. */
export function readButtonData(data: string): { seq: number; index: number } | null {
  const match = /^o\.([0-9a-z]{1,10})\.([0-9a-z]{1,3})$/.exec(data);
  return match ? { seq: parseInt(match[1] ?? '', 36), index: parseInt(match[2] ?? '', 36) } : null;
}

function wordRequests(message: Outgoing, chat: string): Request[] {
  if (hasCaption(message)) return [];
  return bubbles(message.text, message.options, limits).map((bubble) => ({
    method: 'sendMessage',
    payload: {
      chat_id: chat,
      text: bubble.text,
      link_preview_options: { is_disabled: true },
      ...(bubble.as !== 'text' && { reply_markup: keyboard(message, bubble.options) }),
    },
  }));
}

/** One below the other: Arabic labels side by side would read in the wrong order. Only the scores of a rating stand in one row. */
function keyboard({ seq, expects }: Outgoing, options: readonly Option[]): object {
  const buttons = options.map(({ label }, index) => ({ text: label, callback_data: buttonData(seq, index) }));
  if (expects !== 'stars' || buttons.length < SCORES) return { inline_keyboard: buttons.map((one) => [one]) };
  const row = buttons.slice(0, SCORES).map((one, index) => ({ ...one, text: `${index + 1} ⭐` }));
  return { inline_keyboard: [row, ...buttons.slice(SCORES).map((one) => [one])] };
}

/** Short words stand under the file itself. */
function hasCaption({ text, options, file }: Outgoing): boolean {
  return file !== undefined && options.length === 0 && text.length <= caps.caption;
}

function fileRequest(message: Outgoing, chat: string): Request[] {
  const { file, text } = message;
  if (!file) return [];
  const as = kindOf(file);
  const caption = hasCaption(message) && text !== '' ? { caption: text } : {};
  return [{ method: methods[as], payload: { chat_id: chat, ...caption }, file: { as, ref: file } }];
}

const methods = { photo: 'sendPhoto', document: 'sendDocument', audio: 'sendAudio', voice: 'sendVoice' } as const;

/** What Telegram shows in place; all else goes as a document, whole. */
function kindOf({ mime, bytes }: FileRef): keyof typeof methods {
  if ((mime === 'image/jpeg' || mime === 'image/png') && bytes <= caps.photoBytes) return 'photo';
  if (mime === 'audio/ogg') return 'voice';
  return mime === 'audio/mp4' || mime === 'audio/mpeg' ? 'audio' : 'document';
}
