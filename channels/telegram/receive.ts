// Takes in one update: what a person said is kept before anything else happens, then buttons are answered and retired.
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import { InOrder } from '../common/in-order.js';
import { readable } from '../common/readable.js';
import type { Bot } from './bot.js';
import { caps } from './limits.js';
import { translateIn, type Tap, type Translated } from './translate-in.js';
import { staffUpdate, type Staff } from './staff.js';
import { readButtonData } from './translate-out.js';

export type Receive = (update: Json) => Promise<void>;

/**
 * Durable when it resolves; rejects with the store's error when what a person said could not be kept: Telegram then brings it again. An
 * update that cannot be read is put aside with its reason, so that its neighbours are not held up.
 */
export function createReceive(bot: Bot, staff?: Staff): Receive {
  const inOrder = new InOrder();
  return async (update) => {
    const forStaff = staff && staffUpdate(update, staff.group);
    // Nothing of it is kept: what counts is done, and told to the one who tapped.
    if (forStaff) return staff.handle(forStaff, bot.host.say('notices.open', ''));
    const translated = readable<Translated>(
      () => translateIn(update, bot.account, (key, language) => bot.host.say(key, language)),
      { kind: 'broken', why: 'shape' },
    );
    switch (translated.kind) {
      case 'message': {
        const { incoming, update: order } = translated;
        await inOrder.run(incoming.user, order, () => bot.host.accept(incoming, order));
        return;
      }
      case 'tap':
        await inOrder.run(translated.incoming.user, translated.update, () => acceptTap(bot, translated));
        // Nobody waits for these: a button that spins a little longer is no harm.
        void retire(bot, translated.tap);
        return;
      case 'group':
        return pointToPrivateChat(bot, translated);
      case 'broken':
        return bot.host.unreadable({
          account: bot.account,
          bytes: Buffer.from(JSON.stringify(update)),
          why: translated.why,
        });
      case 'silent':
        bot.host.log('telegram.silent', { why: translated.why });
    }
  };
}

async function acceptTap(bot: Bot, { incoming, update, tap }: Extract<Translated, { kind: 'tap' }>): Promise<void> {
  await bot.host.accept({ ...incoming, choice: await optionOf(bot, incoming, tap.data) }, update);
}

/** The option's own id; of a message that is gone the data itself, which no question knows: the person is told that it is an old one. */
async function optionOf(bot: Bot, { account, user }: Incoming, data: string): Promise<string> {
  const place = readButtonData(data);
  if (!place) return data;
  const [message] = await bot.host.transcript(account, user, place.seq - 1, 1);
  return (message?.seq === place.seq ? message.options[place.index]?.id : undefined) ?? data;
}

/** The button stops spinning, and all buttons of its message go. */
async function retire(bot: Bot, { query, chat, message }: Tap): Promise<void> {
  const answered = await bot.client.call('answerCallbackQuery', { callback_query_id: query }, caps.callTimeout);
  const gone = { chat_id: chat, message_id: message, reply_markup: { inline_keyboard: [] } };
  const edited = await bot.client.call('editMessageReplyMarkup', gone, caps.callTimeout);
  if (!answered.ok || !edited.ok) bot.host.log('telegram.button_stayed', { answered: answered.ok, edited: edited.ok });
}

/** One line, then silence: what concerns a person is not for a group. */
async function pointToPrivateChat(
  bot: Bot,
  { chat, language = '' }: Extract<Translated, { kind: 'group' }>,
): Promise<void> {
  if (!(await bot.host.within('telegram.group', chat, 1, caps.groupAgain))) return;
  const name = await bot.username();
  if (name === null) return;
  const text = bot.host.say('telegram.group', language, { bot: `@${name}` });
  void bot.client.call('sendMessage', { chat_id: chat, text }, caps.callTimeout);
}
