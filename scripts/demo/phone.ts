// A person with a phone before one channel: what they do there, and what it shows them.
import type { Bubble } from '../../channels/common/choices.js';

/** `text` holds the options as numbered lines where the channel carries neither buttons nor a list for them. */
export type Shown = Bubble;

export interface Phone {
  /** The channel's name. */
  readonly channel: string;
  /** Whether it tells the language of the person's app. */
  readonly tellsLanguage: boolean;
  write(text: string): Promise<void>;
  /** Taps the button, or picks the line of the list, that was shown last with this label. */
  tap(label: string): Promise<void>;
  sendFile(name: string, bytes: Buffer): Promise<void>;
  /** All that was shown since the beginning, in order. */
  shown(): Promise<Shown[]>;
}

/** What a person does when a label is to be chosen: taps it, or writes its number (or itself) where it is only a line. Gives that back. */
export async function choose(phone: Phone, label: string): Promise<{ wrote: string } | { tapped: string }> {
  const last = (await phone.shown()).at(-1);
  if (last && last.as !== 'text') {
    await phone.tap(label);
    return { tapped: label };
  }
  const line = last?.text.split('\n').find((one) => one.replace(/^(\d+\.|•) /, '').split(': ')[0] === label);
  const wrote = line?.startsWith('• ') ? label : /^(\d+)\. /.exec(line ?? '')?.[1];
  if (wrote === undefined) throw new Error(`${phone.channel} does not show «${label}»`);
  await phone.write(wrote);
  return { wrote };
}
