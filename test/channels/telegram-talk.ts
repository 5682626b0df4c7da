// Somebody talks with a whole Sila over Telegram's webhook; the fake Bot API shows what they see.
import { onTestFinished } from 'vitest';
import { startTelegram, type FakeTelegram, type Update } from '../providers/telegram.js';
import * as people from '../providers/telegram-people.js';
import { providerOf, telegramContract } from './telegram-contract.js';
import { openWhole, type Whole } from './whole.js';

export interface Talk {
  whole: Whole;
  fake: FakeTelegram;
  person: people.Person;
  /** Posts what waits at Telegram, handles all, and gives back what the person was told meanwhile. */
  heard: (person?: people.Person) => Promise<string[]>;
  write: (text: string) => Promise<string[]>;
  tap: (label: string) => Promise<string[]>;
  /** Brings updates to the webhook without handling them; gives back the answers' statuses. */
  bring: () => Promise<number[]>;
}

export async function openTalk(): Promise<Talk> {
  const fake = await startTelegram();
  const whole = await openWhole({ ...telegramContract, start: () => Promise.resolve(providerOf(fake)) });
  onTestFinished(whole.stop);
  const person = { id: 5_001, language: 'ar' };
  const bring = async () => {
    const statuses: number[] = [];
    for (const update of fake.state.waiting.splice(0)) statuses.push((await whole.post(bytesOf(update))).status);
    return statuses;
  };
  const heard: Talk['heard'] = async (who = person) => {
    const before = fake.said(who.id).length;
    await bring();
    await whole.settle();
    return fake
      .said(who.id)
      .slice(before)
      .map(({ text, caption }) => text ?? caption ?? '');
  };
  return {
    whole,
    fake,
    person,
    bring,
    heard,
    write: (text) => {
      people.write(fake, person, text);
      return heard();
    },
    tap: (label) => {
      people.tap(fake, person, label);
      return heard();
    },
  };
}

const bytesOf = (update: Update): Buffer => Buffer.from(JSON.stringify(update));

/** Labels of the buttons under the newest message that has some. */
export function buttonsOf(fake: FakeTelegram, chat: number): string[] {
  const message = fake.said(chat).findLast(({ keyboard }) => keyboard.length > 0);
  return (message?.keyboard ?? []).flat().map(({ text }) => text);
}

/** Until something that goes on beside the test has happened. */
export async function until(holds: () => boolean | Promise<boolean>, most = 30_000): Promise<void> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > most) throw new Error('it did not happen');
    await new Promise((next) => setTimeout(next, 5));
  }
}
