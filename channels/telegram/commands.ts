// The commands of the bot's menu, and the global word that each stands for.
import type { Client } from './client.js';
import { caps } from './limits.js';

/** `start` is what Telegram itself offers to somebody new. */
export const commandWords: Readonly<Record<string, string>> = {
  start: 'menu',
  menu: 'menu',
  help: 'help',
  language: 'language',
  staff: 'person',
  cancel: 'cancel',
};

const shown = ['menu', 'staff', 'language', 'cancel', 'help'] as const;

/** Puts the menu up, Arabic for everybody and English for phones that speak it. False when Telegram did not take it. */
export async function putUpCommands(
  client: Client,
  say: (key: string, language: string) => string,
  signal: AbortSignal,
): Promise<boolean> {
  for (const language of ['', 'en']) {
    const commands = shown.map((command) => ({
      command,
      description: say(`telegram.command.${commandWords[command] ?? command}`, language === '' ? 'ar' : language),
    }));
    const payload = { commands, ...(language !== '' && { language_code: language }) };
    if (!(await client.call('setMyCommands', payload, caps.callTimeout, signal)).ok) return false;
  }
  return true;
}
