// The desk as a channel: staff read the flow's words to the person before them, so what is said has arrived when it stands on the screen.
import type { Channel } from '../../channels/channel.js';

export const DESK = 'desk';

export const deskChannel: Channel = {
  name: DESK,
  limits: {
    channel: DESK,
    text: 16_384,
    buttons: { count: 40, label: 256 },
    list: null,
    replyWindow: null,
    fileBytes: 25 * 1024 * 1024,
  },
  routes: () => [],
  send: () => Promise.resolve({ result: 'sent' }),
};
