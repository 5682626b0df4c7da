// The whatsapp-web.js channel: a private WhatsApp account of the charity's, through a browser. Unofficial: WhatsApp may ban the number.
import { basename, dirname, join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import type { Channel, ChannelHost, ChannelModule } from '../channel.js';
import { atMost } from '../common/courtesy.js';
import { caps, limits } from './limits.js';
import { openLine, type OpenLine } from './line.js';
import { Memory } from './memory.js';
import { Receiving } from './receiving.js';
import { Sending } from './sending.js';
import { Session, sharedState } from './session.js';
import type { Opening } from './wire.js';

/** What of the world around it the channel uses; other things take their place in tests. */
export interface Around {
  openLine: OpenLine;
  /** 0 to 1. */
  random: () => number;
  /** Resolves after so many milliseconds, or when the signal says so. */
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * Settings: CHROMIUM_PATH, SESSION_DIR (a folder of its own, not sealed), WHATSAPP_WEB_PAGE (optional: a kept page of WhatsApp Web,
 * `<version>.html`).
 */
export const whatsappWeb: ChannelModule = {
  limits,
  create: (host, settings) => createChannel(host, settings, { openLine, random: Math.random, pause }),
};

export function createChannel(host: ChannelHost, settings: Readonly<Record<string, string>>, around: Around): Channel {
  const folder = settings['SESSION_DIR'] ?? '';
  const memory = new Memory(folder, host.secret('known messages'));
  const receiving = new Receiving(host, memory);
  const session = new Session({ host, opening: openingOf(settings, folder), memory, receiving, ...around });
  const sending = new Sending({ host, way: () => session.way(), ...around });
  const show = async (user: string): Promise<boolean> => {
    const way = session.way();
    // Another process may hold the session: it types when it sends.
    return typeof way === 'string' || (await way.line.ask({ do: 'typing', user, on: true })).ok;
  };
  const showTyping = atMost(caps.typingAtOnce, show, () => host.log('whatsapp_web.typing_not_shown'));
  return {
    name: limits.channel,
    limits,
    session: {
      state: () => sharedState(host),
      holds: () => session.holds(),
      onHeld: (listener) => session.onHeld(listener),
    },
    routes: () => [],
    send: (message) => sending.send(message),
    reach: async (code) => {
      const number = (await sharedState(host))?.number;
      // https://faq.whatsapp.com/5913398998672934: the link opens a chat with these words in it.
      return number === undefined ? null : `https://wa.me/${number}${code === undefined ? '' : `?text=${code}`}`;
    },
    reading: ({ reply }) => showTyping(reply['user'] ?? ''),
    start: () => {
      const ended = new AbortController();
      const running = session.run(ended.signal);
      return Promise.resolve(async () => {
        ended.abort();
        await running;
      });
    },
  };
}

function openingOf(settings: Readonly<Record<string, string>>, folder: string): Opening {
  const page = settings['WHATSAPP_WEB_PAGE'] ?? '';
  return {
    chromium: settings['CHROMIUM_PATH'] ?? '',
    // Apart from what we keep ourselves: it is thrown away when the phone ends the session.
    folder: join(folder, 'session'),
    page: page === '' ? null : { folder: dirname(page), version: basename(page, '.html') },
    unboxed: process.getuid?.() === 0,
  };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await later(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
