// The Messenger channel: Facebook pages and the Instagram accounts that belong to them.
import type { ChannelHost, ChannelModule } from '../channel.js';
import { atMost } from '../common/courtesy.js';
import { Graph } from '../common/graph.js';
import { InOrder } from '../common/in-order.js';
import { webhookRoutes, type Desk } from '../common/meta-webhook.js';
import { readSecrets } from '../common/secrets.js';
import { answerPrivately } from './comments.js';
import { openEnvelope, type Item } from './envelope.js';
import { Identities, linkTo } from './identity.js';
import { caps, limits, mediaHosts } from './limits.js';
import { fetchMedia } from './media.js';
import { putUpProfile } from './profile.js';
import { reportsOf } from './reports.js';
import { Sending } from './sending.js';
import { translateIn } from './translate-in.js';

const path = '/webhooks/messenger';

/**
 * Settings: MESSENGER_PAGE_TOKEN, META_APP_SECRET (comma list while rotating), META_VERIFY_TOKEN, META_API_URL (with version), SEND_TIMEOUT
 * (milliseconds, optional). One page, and the Instagram account that is connected to it.
 */
export const messenger: ChannelModule = {
  limits,
  create(host, settings) {
    const secrets = readSecrets(settings['META_APP_SECRET']);
    const [appSecret = ''] = secrets;
    const graph = new Graph({
      base: settings['META_API_URL'] ?? '',
      token: settings['MESSENGER_PAGE_TOKEN'] ?? '',
      appSecret,
      timeout: Number(settings['SEND_TIMEOUT'] ?? caps.sendTimeout),
      mediaTimeout: caps.mediaTimeout,
      answerBytes: caps.answerBytes,
      mediaHosts,
    });
    const identities = new Identities(graph);
    const desk = createDesk(host, secrets, graph, identities);
    const routes = webhookRoutes(path, caps.bodyBytes, settings['META_VERIFY_TOKEN'] ?? '', desk);
    const sending = new Sending(host, graph);
    return {
      name: limits.channel,
      limits,
      routes: () => routes,
      send: (message) => sending.send(message),
      fetchFile: (_account, file) => fetchMedia(graph, file),
      reach: async (code) => {
        const identity = await identities.find();
        return identity && linkTo(identity, identity.page, code);
      },
      reading: showReading(host, graph),
      start: () => {
        void identities.find();
        const stop = putUpProfile(host, graph);
        return Promise.resolve(() => {
          stop();
          return Promise.resolve();
        });
      },
    };
  },
};

function createDesk(host: ChannelHost, secrets: readonly string[], graph: Graph, identities: Identities): Desk<Item> {
  return {
    name: limits.channel,
    host,
    secrets,
    order: new InOrder(),
    open: openEnvelope,
    isOurs: ({ account }) => identities.isOurs(account),
    message: (item) => translateIn(item, (key) => host.say(key, 'ar')),
    reports: (item) => reportsOf(item, host.now()),
    also: (item) => {
      void answerPrivately(host, graph, identities, item).catch(() => host.log('messenger.comment_not_answered'));
    },
  };
}

/** Marks what was written as seen and shows that we type. */
function showReading(host: ChannelHost, graph: Graph) {
  const act = (user: string, action: string) =>
    graph.post('me/messages', { recipient: { id: user }, sender_action: action }, caps.readTimeout);
  const show = async ({ reply: { user = '' } }: { reply: Readonly<Record<string, string>> }): Promise<boolean> => {
    await act(user, 'mark_seen');
    const answer = await act(user, 'typing_on');
    return answer.ok && answer.status === 200;
  };
  return atMost(caps.readsAtOnce, show, () => host.log('messenger.read_not_shown'));
}
