// The Bot Framework channel: Teams, Line, Slack, text messages and whatever else Azure Bot Service brings, at one address.
import type { Channel, ChannelHost, ChannelModule } from '../channel.js';
import { atMost } from '../common/courtesy.js';
import { AppToken, type App } from './app-token.js';
import { rowOf } from './azure-channels.js';
import { fetchFile } from './files.js';
import { Gate } from './gate.js';
import { caps, limits } from './limits.js';
import { createReceive } from './receive.js';
import { readReply } from './reference.js';
import { Sdk } from './sdk.js';
import { Sending } from './sending.js';

const path = '/api/messages';

type Settings = Readonly<Record<string, string>>;

/**
 * Settings: MICROSOFT_APP_ID (empty: the emulator on this machine, nothing is proven), MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TENANT_ID
 * (empty: an app of many tenants), MICROSOFT_LOGIN_URL, MICROSOFT_OPENID_URL, SEND_TIMEOUT (milliseconds, optional).
 */
export const botframework: ChannelModule = { limits, create };

function create(host: ChannelHost, settings: Settings): Channel {
  const app = readApp(settings);
  const token = new AppToken(app, () => host.now());
  const sdk = new Sdk({
    app,
    token,
    openId: settings['MICROSOFT_OPENID_URL'] ?? '',
    sendTimeout: Number(settings['SEND_TIMEOUT'] ?? caps.sendTimeout),
    now: () => host.now(),
  });
  const gate = new Gate(sdk, app);
  const sending = new Sending(host, sdk);
  const receive = createReceive({ host, gate, sending, app: app.id });
  return {
    name: limits.channel,
    limits,
    routes: () => [{ method: 'POST', path, limit: caps.bodyBytes, handle: receive }],
    send: (message) => sending.send(message),
    fetchFile: (_account, file) => fetchFile(file, app.id === '' ? null : token),
    reading: showReading(host, sending),
    start: () => {
      if (app.id !== '') void gate.warm().then((there) => there || host.log('botframework.keys_away'));
      return Promise.resolve(() => Promise.resolve());
    },
  };
}

function readApp(settings: Settings): App {
  return {
    id: settings['MICROSOFT_APP_ID'] ?? '',
    password: settings['MICROSOFT_APP_PASSWORD'] ?? '',
    tenant: settings['MICROSOFT_APP_TENANT_ID'] ?? '',
    login: settings['MICROSOFT_LOGIN_URL'] ?? '',
  };
}

/** Shows that we type, where the channel can. */
function showReading(host: ChannelHost, sending: Sending): NonNullable<Channel['reading']> {
  const show = async ({ reply: facts }: { reply: Readonly<Record<string, string>> }): Promise<boolean> => {
    const reply = readReply(facts);
    if (!reply || !rowOf(reply.channel).typing) return true;
    return (await sending.post(reply, { type: 'typing' })).result === 'sent';
  };
  return atMost(caps.readsAtOnce, show, () => host.log('botframework.read_not_shown'));
}
