// What the parts of this channel share.
import type { ChannelHost } from '../channel.js';
import type { Client } from './client.js';

export interface Bot {
  readonly host: ChannelHost;
  readonly client: Client;
  /** Our identity: the bot's id, which its token begins with. */
  readonly account: string;
  readonly token: string;
  /** Base of the Bot API, without a slash at the end. */
  readonly apiUrl: string;
  /** The bot's name, once Telegram has told it; groups are pointed to it. */
  username(): Promise<string | null>;
}
