// The reference work in botbuilder-dialogs 4.23 (waterfall and prompts), as its samples write it; installed apart, never a dependency.
import { createRequire } from 'node:module';
import { fnv } from '../work.mjs';

export const info = {
  peer: 'botbuilder-dialogs 4.23',
  note: 'WaterfallDialog and prompts, MemoryStorage-like JSON store',
};

/** @param {{store: any, from: string}} options `from`: the folder whose node_modules holds the packages. */
export function create({ store, from }) {
  const require = createRequire(`${from}/package.json`);
  const { ConversationState, TestAdapter, TurnContext } = require('botbuilder');
  const { DialogSet, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs');

  const storage = {
    read: async (keys) =>
      Object.fromEntries(
        keys.flatMap((key) => {
          const text = store.get(key);
          return text ? [[key, JSON.parse(text)]] : [];
        }),
      ),
    write: async (changes) => {
      for (const [key, value] of Object.entries(changes)) store.set(key, JSON.stringify({ ...value, eTag: '*' }));
    },
    delete: async (keys) => keys.forEach((key) => store.del(key)),
  };
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  const replies = [];
  const adapter = new TestAdapter(async () => {});
  adapter.sendActivities = async (_context, activities) => {
    for (const activity of activities) if (activity.type === 'message') replies.push(activity.text);
    return activities.map(() => ({ id: '' }));
  };

  const prompt = (name, check) =>
    dialogs.add(new TextPrompt(name, async (p) => p.recognized.succeeded && check(p.recognized.value)));
  const aids = ['Food', 'Rent', 'Medical', 'Education'];
  prompt('word', (v) => v === 'menu');
  prompt('menu', (v) => v === '2');
  prompt('yes', (v) => v === 'yes' || v === 'no');
  prompt('name', (v) => v.split(' ').length >= 2 && v.length <= 80);
  prompt('id', (v) => /^[12]\d{9}$/.test(v) && luhn(v));
  prompt('phone', (v) => /^05\d{8}$/.test(v));
  prompt('aid', (v) => /^[1-4]$/.test(v));
  prompt('need', (v) => v.length >= 10 && v.length <= 1000);
  prompt('document', (v) => v.startsWith('attachment:'));
  const ask = (name, text, retry) => (step) => step.prompt(name, { prompt: text, retryPrompt: retry ?? text });
  const keep = (key, then) => (step) => {
    step.values[key] = step.result;
    return then(step);
  };
  dialogs.add(
    new WaterfallDialog('intake', [
      ask('word', "Welcome to the Relief Desk. Type 'menu' to see what I can do."),
      ask('menu', 'Menu: 1) Ask a question 2) Request aid 3) Check a case 4) Rate us'),
      ask('yes', 'To open a request we keep your name, ID and phone. Do you agree? (yes/no)'),
      (step) => (step.result === 'no' ? step.endDialog() : ask('name', 'What is your full name?')(step)),
      keep(
        'name',
        ask(
          'id',
          'What is your national ID number? (10 digits)',
          'That ID is not valid. Please enter the 10 digits again.',
        ),
      ),
      keep('id', ask('phone', 'What is your mobile number? (05XXXXXXXX)')),
      keep('phone', ask('aid', 'Which aid do you need? 1) Food 2) Rent 3) Medical 4) Education')),
      (step) => {
        step.values.aid = aids[Number(step.result) - 1];
        return ask('need', 'Describe your need in one message.')(step);
      },
      keep('need', ask('document', 'Send one supporting document.')),
      (step) => {
        const { name, id, phone, aid, need } = step.values;
        const words = need.split(' ');
        const short = `${words[0]} ${words[1]} ... ${words.at(-2)} ${words.at(-1)}`;
        return ask(
          'yes',
          `Review - Name: ${name}; ID: ******${id.slice(-4)}; Phone: ${phone}; Aid: ${aid}; Need: ${short}; Document: ${step.result.slice(11)}. Confirm? (yes/no)`,
        )(step);
      },
      async (step) => {
        if (step.result === 'yes')
          await step.context.sendActivity(
            `Your case number is AR-${fnv(step.context.activity.conversation.id)}. Staff will contact you.`,
          );
        return step.endDialog();
      },
    ]),
  );

  return {
    start() {},
    async turn(id, text) {
      replies.length = 0;
      const context = new TurnContext(adapter, {
        type: 'message',
        id: '1',
        channelId: 'bench',
        text,
        from: { id: 'u' },
        recipient: { id: 'b' },
        conversation: { id },
      });
      const dialog = await dialogs.createContext(context);
      const result = await dialog.continueDialog();
      if (result.status === 'empty') await dialog.beginDialog('intake');
      if (result.status === 'complete') await state.clear(context);
      await state.saveChanges(context, false);
      if (result.status === 'complete') await state.delete(context);
      return replies.slice();
    },
    close() {},
  };
}

function luhn(digits) {
  let sum = 0;
  for (let index = 0; index < 10; index++) {
    const digit = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
