// What administrators see of channels whose session somebody opens by hand, and what to tell people when such a channel is gone.
import type { SessionState } from '../../channels/channel.js';
import type { Language } from '../engine/types.js';
import { elsewhere } from './links.js';
import type { House } from './house.js';

export interface SessionLine {
  channel: string;
  /** Null: no process holds it now. */
  now: SessionState | null;
  /** Words for the website and the other channels, in every language of the charity: where people reach us instead. */
  moved: { language: Language; text: string }[];
}

export interface SessionDesk {
  /** Whether any channel has one. */
  any: boolean;
  list(): Promise<SessionLine[]>;
}

export function sessionDesk(house: House): SessionDesk {
  const channels = [...house.channels.values()].filter(({ session }) => session !== undefined);
  return {
    any: channels.length > 0,
    list: () =>
      Promise.all(
        channels.map(async ({ name, session }) => ({
          channel: name,
          now: (await session?.state()) ?? null,
          moved: await Promise.all(house.texts.languages.map((language) => movedWords(house, name, language))),
        })),
      ),
  };
}

async function movedWords(house: House, channel: string, language: Language) {
  const charity = house.texts.render(house.charity.name, language);
  const places = await elsewhere(house, channel, language);
  return { language, text: house.texts.say('channels.moved', language, { charity, places }) };
}
