// Prints the code that opens a channel's session for whoever runs the program: each code once, in the process that holds the session.
import type { Channel } from '../../channels/channel.js';
import type { Hints } from '../conversation/hints.js';
import { codeOf, type Log } from '../conversation/log.js';
import type { Texts } from '../conversation/texts.js';
import { announce } from './words.js';

interface Watched {
  channels: readonly Channel[];
  house: { hints: Pick<Hints, 'watch'>; log: Log };
}

/** Returns the function that stops it. */
export function printSessionCodes({ channels, house }: Watched, texts: Texts): () => void {
  const printed = new Map<string, string>();
  const look = async ({ name, session }: Channel): Promise<void> => {
    const code = session?.holds() ? (await session.state())?.code?.text : undefined;
    if (code === undefined || printed.get(name) === code) return;
    printed.set(name, code);
    const { default: qrcode } = await import('qrcode');
    const drawn = await qrcode.toString(code, { type: 'terminal', small: true });
    announce(texts, 'boot.session_code');
    process.stdout.write(`${drawn}\n`);
  };
  const lookAt = (channel: Channel) =>
    void look(channel).catch((error: unknown) => house.log('session.not_printed', { reason: codeOf(error) }));
  channels.forEach(lookAt);
  return house.hints.watch(({ kind, id }) => {
    if (kind === 'channel') channels.filter(({ name }) => name === id).forEach(lookAt);
  });
}
