// Somebody with Telegram: what they do becomes updates of the fake Bot API, which the bot fetches by long polling.
import type { Option } from '../../src/engine/types.js';
import { startTelegram, type BotMessage } from '../../test/providers/telegram.js';
import { keepAtTelegram, send, tap, write } from '../../test/providers/telegram-people.js';
import type { Phone, Shown } from './phone.js';
import type { World } from './world.js';

export async function telegramWorld(name: string, language: string): Promise<World> {
  const fake = await startTelegram();
  const person = { id: 5_550_001, name, language };
  /** What a message had when it came: buttons go once one of them was tapped. */
  const first = new Map<number, Shown>();
  const phone: Phone = {
    channel: 'telegram',
    tellsLanguage: true,
    write: (text) => done(write(fake, person, text)),
    tap: (label) => done(tap(fake, person, label)),
    sendFile: (file, bytes) => {
      const id = keepAtTelegram(fake, file, bytes);
      const document = { file_id: id, file_unique_id: id, file_name: file, file_size: bytes.length };
      return done(send(fake, person, { document }));
    },
    shown: () => {
      for (const message of fake.said(person.id))
        if (!first.has(message.message_id)) first.set(message.message_id, shownBy(message));
      return Promise.resolve([...first.values()]);
    },
  };
  return {
    phone,
    settings: { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_URL: fake.url },
    open: () => Promise.resolve(),
    close: fake.stop,
  };
}

function shownBy({ text = '', keyboard }: BotMessage): Shown {
  const options: Option[] = keyboard.flat().map((button) => ({ id: button.callback_data, label: button.text }));
  return options.length > 0 ? { as: 'buttons', text, options } : { as: 'text', text };
}

function done(_update: unknown): Promise<void> {
  return Promise.resolve();
}
