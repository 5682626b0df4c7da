// The WhatsApp channel: Meta's Cloud API.
import type { ChannelHost, ChannelModule } from '../channel.js';
import { Graph } from '../common/graph.js';
import { verifySubscription } from '../common/hub.js';
import { receive } from '../common/meta-webhook.js';
import { readSecrets } from '../common/secrets.js';
import { caps, limits, mediaHosts } from './limits.js';
import { fetchMedia } from './media.js';
import { createDesk } from './receiving.js';
import { Sending } from './sending.js';

const path = '/webhooks/whatsapp';

/**
 * Settings: WHATSAPP_PHONE_NUMBER_ID (comma list for several numbers of one app), WHATSAPP_TOKEN, WHATSAPP_APP_SECRET (comma list while
 * rotating), WHATSAPP_VERIFY_TOKEN, WHATSAPP_API_URL (with version), SEND_TIMEOUT (milliseconds, optional).
 */
export const whatsapp: ChannelModule = {
  limits,
  create(host, settings) {
    const graph = new Graph({
      base: settings['WHATSAPP_API_URL'] ?? '',
      token: settings['WHATSAPP_TOKEN'] ?? '',
      timeout: Number(settings['SEND_TIMEOUT'] ?? caps.sendTimeout),
      mediaTimeout: caps.mediaTimeout,
      answerBytes: caps.answerBytes,
      mediaHosts,
    });
    const accounts = new Set(readSecrets(settings['WHATSAPP_PHONE_NUMBER_ID']));
    const desk = createDesk(host, readSecrets(settings['WHATSAPP_APP_SECRET']), accounts);
    const verifyToken = settings['WHATSAPP_VERIFY_TOKEN'] ?? '';
    const sending = new Sending(host, graph);
    return {
      name: limits.channel,
      limits,
      routes: () => [
        {
          method: 'GET',
          path,
          limit: 0,
          handle: (request) => Promise.resolve(verifySubscription(request, verifyToken)),
        },
        { method: 'POST', path, limit: caps.bodyBytes, handle: (request) => receive(desk, request) },
      ],
      send: (message) => sending.send(message),
      fetchFile: (account, file) => fetchMedia(graph, account, file),
      reading: readReceipts(host, graph),
    };
  },
};

/** Marks a message read and shows that we type; nothing depends on it, so only a few are under way at once. */
function readReceipts(host: ChannelHost, graph: Graph) {
  let underWay = 0;
  return ({ account, messageId }: { account: string; messageId: string }): void => {
    if (underWay >= caps.readsAtOnce) return;
    underWay += 1;
    const body = {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: messageId,
      typing_indicator: { type: 'text' },
    };
    void graph.post(`${account}/messages`, body, caps.readTimeout).then((answer) => {
      underWay -= 1;
      if (!answer.ok || answer.status !== 200) host.log('whatsapp.read_not_shown');
    });
  };
}
