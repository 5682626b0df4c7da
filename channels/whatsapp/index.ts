// The WhatsApp channel: Meta's Cloud API.
import type { ChannelHost, ChannelModule } from '../channel.js';
import { atMost } from '../common/courtesy.js';
import { Graph } from '../common/graph.js';
import { webhookRoutes } from '../common/meta-webhook.js';
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
    const routes = webhookRoutes(path, caps.bodyBytes, settings['WHATSAPP_VERIFY_TOKEN'] ?? '', desk);
    const sending = new Sending(host, graph);
    return {
      name: limits.channel,
      limits,
      routes: () => routes,
      send: (message) => sending.send(message),
      fetchFile: (account, file) => fetchMedia(graph, account, file),
      reading: readReceipts(host, graph),
    };
  },
};

/** Marks a message read and shows that we type. */
function readReceipts(host: ChannelHost, graph: Graph) {
  const show = async ({ account, messageId }: { account: string; messageId: string }): Promise<boolean> => {
    const typing = { typing_indicator: { type: 'text' } };
    const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, ...typing };
    const answer = await graph.post(`${account}/messages`, body, caps.readTimeout);
    return answer.ok && answer.status === 200;
  };
  return atMost(caps.readsAtOnce, show, () => host.log('whatsapp.read_not_shown'));
}
