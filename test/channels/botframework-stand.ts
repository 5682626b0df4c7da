// The Bot Framework channel between a house in memory and a fake of Microsoft's side, for tests of the adapter.
import { onTestFinished, vi } from 'vitest';
import { botframework } from '../../channels/botframework/index.js';
import type { Channel, ChannelResponse, Outgoing } from '../../channels/channel.js';
import { BOT, conversationOf, type Wire } from '../providers/botframework-activities.js';
import { settingsOf } from '../providers/botframework-provider.js';
import { startConnector, type FakeConnector } from '../providers/botframework.js';
import { APP_ID, channelToken } from '../providers/openid.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { outgoingTo } from '../support/given.js';

export interface Stand {
  fake: FakeConnector;
  host: FakeHost;
  channel: Channel;
  /** Events of the log with their codes. */
  logged: string[];
  /** The service's address of Teams. */
  service: string;
  /** A channel posts an activity; without a header it brings a good token. */
  post: (activity: Wire, authorization?: string, from?: { ip: string; proxy?: string }) => Promise<ChannelResponse>;
}

export const PERSON = '29:1fatima';
const say = (key: string, language: string) => `${key} ${language}`;

export async function stand(more: Record<string, string> = {}): Promise<Stand> {
  const fake = await startConnector();
  onTestFinished(() => fake.stop());
  // The SDK prints what it refuses.
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => printed.mockRestore());
  const host = createFakeHost(() => [], { say });
  const logged: string[] = [];
  host.log = (event, facts = {}) => void logged.push([event, ...Object.values(facts)].join(' '));
  const channel = botframework.create(host, { ...settingsOf(fake), ...more });
  const service = fake.service('msteams');
  const post: Stand['post'] = (
    activity,
    authorization = `Bearer ${channelToken(service)}`,
    from = { ip: '192.0.2.1' },
  ) => {
    const { ip, proxy } = from;
    const [route] = channel.routes();
    const headers = {
      'content-type': 'application/json',
      ...(authorization !== '' && { authorization }),
      ...(proxy !== undefined && { 'x-forwarded-for': proxy }),
    };
    const body = Buffer.from(JSON.stringify(activity));
    return route!.handle({ method: 'POST', path: route!.path, params: {}, query: {}, headers, ip, body });
  };
  return { fake, host, channel, logged, service, post };
}

export function outgoing({ service }: Stand, more: Partial<Outgoing> = {}, channel = 'msteams'): Outgoing {
  const reply = { channel, service, conversation: conversationOf(PERSON), bot: BOT, user: PERSON };
  return outgoingTo({ account: `${channel}:${APP_ID}`, user: PERSON, reply }, more);
}
