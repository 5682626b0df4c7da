// The website channel: Direct Line 3.0 for the conversation page and for Bot Framework Web Chat.
import { randomBytes } from 'node:crypto';
import type { ChannelModule } from '../channel.js';
import { directLineRoutes, streamPath } from './direct-line.js';
import type { Desk } from './gate.js';
import { limits } from './limits.js';
import { createOrigins } from './origins.js';
import { createStreams } from './stream.js';
import { createTokens } from './tokens.js';

/** Settings: PUBLIC_URL (required), WIDGET_ORIGINS (comma list), DIRECTLINE_SECRET. */
export const website: ChannelModule = {
  limits,
  create(host, settings) {
    const desk: Desk = {
      host,
      tokens: createTokens(host.secret('website.tokens'), randomBytes),
      origins: createOrigins(settings['PUBLIC_URL'] ?? '', settings['WIDGET_ORIGINS'] ?? ''),
      secret: settings['DIRECTLINE_SECRET'] ?? '',
      random: randomBytes,
    };
    return {
      name: limits.channel,
      limits,
      routes: () => directLineRoutes(desk),
      sockets: () => [{ path: streamPath, open: createStreams(desk) }],
      reach: () => Promise.resolve(`${settings['PUBLIC_URL'] ?? ''}/chat`),
      // The page reads what the store holds; there is nobody to hand a message to.
      send: () => Promise.resolve({ result: 'sent' }),
    };
  },
};
