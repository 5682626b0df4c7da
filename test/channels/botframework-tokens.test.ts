// Who may speak for a channel of Azure Bot Service: real keys and tokens, checked by the SDK's own code against an OpenID endpoint of ours.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { said, type Wire } from '../providers/botframework-activities.js';
import { APP_ID, channelToken, signingKey, type SigningKey } from '../providers/openid.js';
import { outgoing, PERSON, stand, type Stand } from './botframework-stand.js';

const HOUR = 3_600_000;
const TENANT = '11111111-2222-3333-4444-555555555555';
const MICROSOFT = 'd6d49420-f39b-4df7-a1dc-d59a935871db';
const seconds = (): number => Math.floor(Date.now() / 1_000);
const other = signingKey('key-of-somebody-else');

interface Case {
  token?: (here: Stand) => string;
  header?: (here: Stand) => string;
  activity?: (here: Stand) => Wire;
  /** Who refuses it: the SDK (`proof`), or the gate before it. Null: it is let in. */
  by: string | null;
}

const words = ({ service }: Stand): Wire => said('msteams', service, PERSON, 'السلام عليكم');
const claims = (more: Wire) => (here: Stand) => channelToken(here.service, more);

/** The parts of a token with another payload, or another header, under the same signature. */
function spoilt(token: string, part: 0 | 1, more: Wire): string {
  const parts = token.split('.');
  const value = JSON.parse(Buffer.from(parts[part]!, 'base64url').toString('utf8')) as Wire;
  parts[part] = Buffer.from(JSON.stringify({ ...value, ...more })).toString('base64url');
  return parts.join('.');
}

/** Signed with the public key as if it were a shared secret. */
function confused(here: Stand): string {
  const [head, body] = spoilt(channelToken(here.service), 0, { alg: 'HS256' }).split('.');
  const secret = signingKey('key-1').publicKey.export({ type: 'pkcs1', format: 'pem' });
  return `${head}.${body}.${createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')}`;
}

const matrix: Record<string, Case> = {
  'a good one': { token: claims({}), by: null },
  'one of the other key': { token: (here) => channelToken(here.service, {}, signingKey('key-2')), by: null },
  'one that ended four minutes ago': { token: claims({ exp: seconds() - 240 }), by: null },
  'one that ended six minutes ago': { token: claims({ exp: seconds() - 360 }), by: 'proof' },
  'one that begins in four minutes': { token: claims({ nbf: seconds() + 240 }), by: null },
  'one that begins in six minutes': { token: claims({ nbf: seconds() + 360 }), by: 'proof' },
  'one for another app': { token: claims({ aud: '00000000-4f89-41d3-9a0c-0305e82c3301' }), by: 'proof' },
  'one for several apps': { token: claims({ aud: [APP_ID, 'x'] }), by: 'proof' },
  'one for no app': { token: claims({ aud: undefined }), by: 'proof' },
  'one of another issuer': { token: claims({ iss: 'https://api.botframework.org' }), by: 'issuer' },
  'one of no issuer': { token: claims({ iss: undefined }), by: 'issuer' },
  'one of the emulator': {
    token: claims({ iss: `https://sts.windows.net/${MICROSOFT}/`, ver: '1.0', appid: APP_ID, tid: MICROSOFT }),
    by: 'issuer',
  },
  'one of the emulator, version 2': {
    token: claims({ iss: `https://login.microsoftonline.com/${MICROSOFT}/v2.0`, ver: '2.0', azp: APP_ID }),
    by: 'issuer',
  },
  'one of another bot': { token: claims({ ver: '1.0', appid: '99999999-4f89-41d3-9a0c-0305e82c3301' }), by: 'proof' },
  'one of a tenant of its own': { token: claims({ tid: '99999999-0000-0000-0000-000000000000' }), by: 'tenant' },
  'one that names our tenant': { token: claims({ tid: TENANT }), by: null },
  'one signed by somebody else under the name of a key': {
    token: (here) => channelToken(here.service, {}, { ...other, kid: 'key-1' }),
    by: 'proof',
  },
  'one of a key that nobody tells of': { token: (here) => channelToken(here.service, {}, other), by: 'proof' },
  'one of a key without a name': {
    token: ({ service }) => channelToken(service, {}, other, { kid: undefined }),
    by: 'algorithm',
  },
  'one without a signature': {
    token: ({ service }) => `${channelToken(service, {}, other, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    by: 'shape',
  },
  'one that says it needs no signature': {
    token: ({ service }) => channelToken(service, {}, signingKey('key-1'), { alg: 'none' }),
    by: 'algorithm',
  },
  'one that takes the public key for a secret': { token: confused, by: 'algorithm' },
  'one whose claims were changed': {
    token: (here) => spoilt(channelToken(here.service), 1, { exp: seconds() + 9_999 }),
    by: 'proof',
  },
  'one without the claim of its service': { token: claims({ serviceurl: undefined }), by: 'proof' },
  'one for another service': { token: claims({ serviceurl: 'https://smba.trafficmanager.net/evil/' }), by: 'proof' },
  'an activity without a service': { activity: (here) => ({ ...words(here), serviceUrl: undefined }), by: 'unbound' },
  'an activity without a channel': { activity: (here) => ({ ...words(here), channelId: undefined }), by: 'unbound' },
  'an activity of a channel that the key may not speak for': {
    activity: (here) => ({ ...words(here), channelId: 'skype' }),
    by: 'proof',
  },
  'an activity of Azure Stack': { activity: (here) => ({ ...words(here), channelId: 'AseChannel' }), by: 'service' },
  'a service without TLS': {
    token: () => channelToken('http://smba.example.org/'),
    activity: (here) => ({ ...words(here), serviceUrl: 'http://smba.example.org/' }),
    by: 'service',
  },
  'a service with a password': {
    token: () => channelToken('https://a:b@smba.example.org/'),
    activity: (here) => ({ ...words(here), serviceUrl: 'https://a:b@smba.example.org/' }),
    by: 'service',
  },
  'a service that is no address': {
    token: () => channelToken('urn:botframework:websocket'),
    activity: (here) => ({ ...words(here), serviceUrl: 'urn:botframework:websocket' }),
    by: 'service',
  },
  'no header': { header: () => '', by: 'shape' },
  'another scheme': { header: ({ service }) => `Basic ${channelToken(service)}`, by: 'shape' },
  'the scheme in small letters': { header: ({ service }) => `bearer ${channelToken(service)}`, by: 'shape' },
  'two tokens': { header: ({ service }) => `Bearer ${channelToken(service)} ${channelToken(service)}`, by: 'shape' },
  'an endless token': {
    header: ({ service }) => `Bearer ${channelToken(service, { x: 'x'.repeat(9_000) })}`,
    by: 'length',
  },
};

describe('of tokens', () => {
  it.each(Object.entries(matrix))('%s', async (_name, { token, header, activity = words, by }) => {
    const here = await stand({ MICROSOFT_APP_TENANT_ID: TENANT });
    const given = header?.(here) ?? `Bearer ${token?.(here) ?? channelToken(here.service)}`;
    const { status } = await here.post(activity(here), given);
    expect([status, here.host.accepted.length]).toEqual(by === null ? [200, 1] : [401, 0]);
    expect(here.logged).toEqual(by === null ? [] : [`botframework.refused ${by}`]);
    expect(here.host.unread).toEqual([]);
  });

  it('without a name of a tenant in them none is noted down by the SDK, however many strangers come', async () => {
    const load = createRequire(import.meta.url);
    const { ToBotFromBotOrEmulatorTokenValidationParameters: remembered } = load(
      'botframework-connector/lib/auth/tokenValidationParameters',
    ) as { ToBotFromBotOrEmulatorTokenValidationParameters: { issuer: string[] } };
    const here = await stand();
    const before = remembered.issuer.length;
    for (let n = 0; n < 50; n++)
      await here.post(words(here), `Bearer ${channelToken(here.service, { tid: `stranger-${n}` }, other)}`);
    expect(remembered.issuer).toHaveLength(before);
    expect(here.logged).toHaveLength(50);
  });
});

describe('of keys', () => {
  /** Time goes on for the SDK, which looks at the clock; nothing waits. */
  function pass(milliseconds: number): void {
    vi.setSystemTime(Date.now() + milliseconds);
  }
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());
  const by = (key: SigningKey) => (here: Stand) =>
    here.post(words(here), `Bearer ${channelToken(here.service, {}, key)}`);

  it('a new one is found an hour after the last look, and the old one stays good as long as it is told', async () => {
    const here = await stand();
    expect((await by(signingKey('key-1'))(here)).status).toBe(200);
    here.fake.openId.keys = [signingKey('key-2'), other];
    expect((await by(other)(here)).status).toBe(401);
    pass(HOUR + 1_000);
    expect((await by(other)(here)).status).toBe(200);
    expect((await by(signingKey('key-1'))(here)).status).toBe(401);
    expect(here.fake.openId.asked).toBe(2);
  });

  it('are asked for again after a day', async () => {
    const here = await stand();
    await by(signingKey('key-1'))(here);
    here.fake.openId.keys = [signingKey('key-2')];
    pass(24 * HOUR + 1_000);
    expect((await by(signingKey('key-1'))(here)).status).toBe(401);
    expect((await by(signingKey('key-2'))(here)).status).toBe(200);
  });

  it('that cannot be had let nobody in and lose nothing: the service is asked to come again', async () => {
    const here = await stand();
    here.fake.openId.failing = 503;
    expect(await by(signingKey('key-1'))(here)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(here.logged).toEqual(['botframework.not_accepted keys']);
    here.fake.openId.failing = null;
    expect((await by(signingKey('key-1'))(here)).status).toBe(200);
    expect(here.host.accepted).toHaveLength(1);
  });

  it('that never come make nobody wait for more than ten seconds', async () => {
    const here = await stand();
    here.fake.openId.failing = 'hang';
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const answer = by(signingKey('key-1'))(here);
    await vi.waitFor(() => expect(here.fake.openId.hanging).toBe(1), { timeout: 9_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).status).toBe(503);
    expect(here.logged).toEqual(['botframework.not_accepted late']);
  });

  it('are fetched at the start, and it is said when they are not there', async () => {
    const here = await stand();
    await here.channel.start!();
    await expect.poll(() => here.fake.openId.asked).toBe(1);
    expect((await by(signingKey('key-1'))(here)).status).toBe(200);
    expect(here.fake.openId.asked).toBe(1);
    expect(here.logged).toEqual([]);
    const without = await stand();
    without.fake.openId.failing = 500;
    await without.channel.start!();
    await expect.poll(() => without.logged).toEqual(['botframework.keys_away']);
  });
});

describe('without an app', () => {
  const emulator = { MICROSOFT_APP_ID: '', MICROSOFT_APP_PASSWORD: '' };

  it('only this machine talks to us, and only this machine is answered', async () => {
    const here = await stand(emulator);
    const hello = said('emulator', here.fake.service('emulator'), PERSON, 'مرحبا');
    expect((await here.post(hello, '', { ip: '127.0.0.1' })).status).toBe(200);
    expect(here.host.accepted).toMatchObject([{ account: 'emulator', text: 'مرحبا' }]);
    expect((await here.post(hello, '', { ip: '192.0.2.1' })).status).toBe(401);
    expect((await here.post(hello, '', { ip: '127.0.0.1', proxy: '192.0.2.1' })).status).toBe(401);
    const away = { ...hello, id: 'away', serviceUrl: 'https://collector.example.org/' };
    expect((await here.post(away, '', { ip: '127.0.0.1' })).status).toBe(401);
    expect(here.host.accepted).toHaveLength(1);
  });

  it('no token is asked for, and none goes out', async () => {
    const here = await stand(emulator);
    expect(await here.channel.send(outgoing(here, {}, 'emulator'))).toMatchObject({ error: { code: 'auth' } });
    expect([here.fake.openId.tenants, here.fake.refused]).toEqual([[], ['Unauthorized']]);
  });
});
