// The methods of the fake Bot API: each refuses what the real one refuses, in its words.
import { badRequest, Refused, type BotMessage, type Button, type Chat, type TelegramState } from './telegram-state.js';

export type Payload = Record<string, unknown>;
export interface Upload {
  field: string;
  name: string;
  mime: string;
  bytes: Buffer;
}
type Method = (state: TelegramState, payload: Payload, uploads: Upload[]) => unknown;

const megabyte = 1024 * 1024;

/** All but getUpdates, which waits and so is the server's. */
export const methods: Readonly<Record<string, Method>> = {
  getMe: ({ token, botName }) => ({ id: botId(token), is_bot: true, first_name: 'صلة', username: botName }),
  sendMessage,
  sendPhoto: (state, payload, uploads) => sendFile(state, payload, uploads, 'photo', 10 * megabyte),
  sendDocument: (state, payload, uploads) => sendFile(state, payload, uploads, 'document', 50 * megabyte),
  sendAudio: (state, payload, uploads) => sendFile(state, payload, uploads, 'audio', 50 * megabyte),
  sendVoice: (state, payload, uploads) => sendFile(state, payload, uploads, 'voice', 50 * megabyte),
  sendChatAction: (state, payload) => {
    chatOf(state, payload);
    if (payload['action'] !== 'typing') throw badRequest('wrong parameter action in request');
    return true;
  },
  answerCallbackQuery,
  editMessageReplyMarkup,
  getChat: (state, payload) => {
    const { id, type } = chatOf(state, payload);
    return { id, type, title: 'فريق الاستقبال' };
  },
  getFile,
  setMyCommands,
  setWebhook,
  deleteWebhook: (state) => {
    state.webhook = null;
    return true;
  },
  getWebhookInfo: ({ webhook, waiting }) => ({ url: webhook?.url ?? '', pending_update_count: waiting.length }),
};

function sendMessage(state: TelegramState, payload: Payload): unknown {
  const chat = chatOf(state, payload);
  const text = payload['text'];
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('message text is empty');
  if (text.length > 4_096) throw badRequest('message is too long');
  if (payload['parse_mode'] !== undefined) parsed(text);
  return said(state, chat, { text, keyboard: keyboardOf(payload) });
}

function sendFile(state: TelegramState, payload: Payload, uploads: Upload[], as: string, most: number): unknown {
  const chat = chatOf(state, payload);
  const caption = payload['caption'];
  const upload = uploads.find(({ field }) => field === as || payload[as] === `attach://${field}`);
  if (!upload) throw badRequest(`there is no ${as} in the request`);
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  if (upload.bytes.length > most) throw new Refused(413, 'Request Entity Too Large');
  if (typeof caption === 'string' && caption.length > 1_024) throw badRequest('message caption is too long');
  const { name, mime, bytes } = upload;
  return said(state, chat, {
    ...(typeof caption === 'string' && { caption }),
    file: { as, name, mime, bytes },
    keyboard: keyboardOf(payload),
  });
}

function said(state: TelegramState, chat: Chat, message: Omit<BotMessage, 'message_id' | 'chat'>): unknown {
  state.lastMessage += 1;
  state.messages.push({ message_id: state.lastMessage, chat: chat.id, ...message });
  return { message_id: state.lastMessage, chat: { id: chat.id, type: chat.type }, date: 1, text: message.text };
}

function chatOf(state: TelegramState, payload: Payload): Chat {
  const chat = state.chats.get(Number(payload['chat_id']));
  if (payload['chat_id'] === undefined || payload['chat_id'] === '') throw badRequest('chat_id is empty');
  if (!chat) throw badRequest('chat not found');
  if (chat.blocked) throw new Refused(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

/** MarkdownV2 and Markdown fail on a lone sign. */
function parsed(text: string): void {
  const lone = [...text.matchAll(/[_*`[]/g)].length % 2 === 1;
  if (lone) throw badRequest("can't parse entities: Can't find end of the entity starting at byte offset 1");
}

function keyboardOf(payload: Payload): Button[][] {
  const given = payload['reply_markup'];
  if (given === undefined) return [];
  const markup = (typeof given === 'string' ? JSON.parse(given) : given) as { inline_keyboard?: unknown };
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows)) throw badRequest('object expected as reply markup');
  const buttons = rows.flat() as Partial<Button>[];
  if (buttons.length > 100) throw badRequest('REPLY_MARKUP_TOO_LONG');
  for (const { text, callback_data: data, url } of buttons) {
    if (typeof text !== 'string' || text.trim() === '')
      throw badRequest('inline keyboard button text must be non-empty');
    if (url !== undefined && !/^https?:\/\/(?!localhost|127\.)[^\s/]+\./.test(url))
      throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    if (url !== undefined) continue;
    if (data === undefined) throw badRequest('text buttons are unallowed in the inline keyboard');
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  return rows as Button[][];
}

function answerCallbackQuery(state: TelegramState, payload: Payload): unknown {
  const id = textOf(payload['callback_query_id']);
  if (state.queries.get(id) !== 'open')
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  if (textOf(payload['text']).length > 200) throw badRequest('MESSAGE_TOO_LONG');
  state.queries.set(id, 'answered');
  return true;
}

function editMessageReplyMarkup(state: TelegramState, payload: Payload): unknown {
  const chat = chatOf(state, payload);
  const message = state.messages.find(
    (one) => one.chat === chat.id && one.message_id === Number(payload['message_id']),
  );
  if (!message) throw badRequest('message to edit not found');
  const keyboard = keyboardOf(payload);
  if (JSON.stringify(keyboard) === JSON.stringify(message.keyboard))
    throw badRequest('message is not modified: specified new message content and reply markup are exactly the same');
  message.keyboard = keyboard;
  return { message_id: message.message_id };
}

function getFile(state: TelegramState, payload: Payload): unknown {
  const id = textOf(payload['file_id']);
  const file = state.files.get(id);
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.bytes.length > 20 * megabyte) throw badRequest('file is too big');
  return { file_id: id, file_unique_id: `u${id}`, file_size: file.bytes.length, file_path: file.path };
}

function setMyCommands(state: TelegramState, payload: Payload): unknown {
  const commands = payload['commands'] as { command: string; description: string }[];
  const language = textOf(payload['language_code']);
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  state.commands.set(language, commands);
  return true;
}

function setWebhook(state: TelegramState, payload: Payload): unknown {
  const { url, secret_token: secret = '', allowed_updates: allowed, max_connections: connections = 40 } = payload;
  // As the open Bot API server does with --local: plain HTTP is taken, on any port.
  if (typeof url !== 'string' || !/^https?:\/\//.test(url))
    throw badRequest('bad webhook: invalid webhook URL specified');
  if (typeof secret !== 'string' || !/^[A-Za-z0-9_-]{0,256}$/.test(secret))
    throw badRequest('secret token contains unallowed characters');
  if (typeof connections !== 'number' || connections < 1 || connections > 100)
    throw badRequest('max_connections must be between 1 and 100');
  state.webhook = { url, secret, allowed: (allowed as string[] | undefined) ?? null, connections };
  return true;
}

export function botId(token: string): number {
  return Number(token.split(':')[0]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
