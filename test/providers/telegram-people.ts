// People before the fake Bot API: what they write, tap and send becomes the update that Telegram would bring.
import type { Button, Chat, TelegramState, Update } from './telegram-state.js';
import type { FakeTelegram } from './telegram.js';

export interface Person {
  id: number;
  name?: string;
  language?: string;
}

/** The fields that every message of a person has. Opens the chat with the bot. */
export function messageOf(state: TelegramState, person: Person, chat: Chat, more: object): Record<string, unknown> {
  const known = state.chats.get(chat.id) ?? chat;
  state.chats.set(chat.id, known);
  state.lastMessage += 1;
  return {
    message_id: state.lastMessage,
    from: {
      id: person.id,
      is_bot: false,
      first_name: person.name ?? 'فاطمة',
      ...(person.language !== undefined && { language_code: person.language }),
    },
    chat: { id: chat.id, type: chat.type },
    date: 1_772_352_000,
    ...more,
  };
}

export const privateChat = (person: Person): Chat => ({ id: person.id, type: 'private' });

export function write(telegram: FakeTelegram, person: Person, text: string): Update {
  return telegram.push({ message: messageOf(telegram.state, person, privateChat(person), { text }) });
}

export function send(telegram: FakeTelegram, person: Person, more: object): Update {
  return telegram.push({ message: messageOf(telegram.state, person, privateChat(person), more) });
}

/** A file lies at Telegram; gives back its id. */
export function keepAtTelegram({ state }: FakeTelegram, name: string, bytes: Buffer): string {
  const id = `file-${state.files.size + 1}`;
  state.files.set(id, { path: `documents/${state.files.size + 1}-${name}`, bytes });
  return id;
}

export function photo(telegram: FakeTelegram, person: Person, bytes: Buffer, more: object = {}): Update {
  const small = keepAtTelegram(telegram, 'small.jpg', Buffer.from('thumbnail'));
  const large = keepAtTelegram(telegram, 'large.jpg', bytes);
  const sizes = [
    { file_id: small, file_unique_id: 'a', width: 90, height: 60, file_size: 9 },
    { file_id: large, file_unique_id: 'b', width: 900, height: 600, file_size: bytes.length },
  ];
  return send(telegram, person, { photo: sizes, ...more });
}

/** Taps the button with that label under the newest message that has it. */
export function tap(telegram: FakeTelegram, person: Person, label: string): Update {
  const message = telegram
    .said(person.id)
    .findLast(({ keyboard }) => keyboard.flat().some((button) => button.text === label));
  const button = message?.keyboard.flat().find(({ text }) => text === label);
  if (!message || !button) throw new Error(`no button ${label}`);
  return tapData(telegram, person, message.message_id, button);
}

export function tapData(
  telegram: FakeTelegram,
  person: Person,
  messageId: number,
  { callback_data: data }: Button,
): Update {
  const id = `q${telegram.state.lastUpdate + 1}`;
  telegram.state.queries.set(id, 'open');
  return telegram.push({
    callback_query: {
      id,
      from: { id: person.id, is_bot: false, first_name: person.name ?? 'فاطمة' },
      message: { message_id: messageId, chat: { id: person.id, type: 'private' }, date: 1_772_352_000 },
      chat_instance: '1',
      data,
    },
  });
}
