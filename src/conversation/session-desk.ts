// What administrators see of channels whose session somebody opens by hand, and what to tell people when such a channel is gone.
import type { Language } from '../engine/types.js';
import { elsewhere } from './links.js';
import type { House } from './house.js';
import type { SessionDesk } from './session-types.js';

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
