// What a bot needs of Microsoft's login: keys that channels sign with, told at an OpenID endpoint, and tokens for the bot itself.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelIds } from '../../channels/botframework/azure-channels.js';

export const APP_ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const PASSWORD = 'app-password-of-this-test';
export const ISSUER = 'https://api.botframework.com';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Channels that the key may speak for. */
  endorsements: string[];
}

const made = new Map<string, SigningKey>();

/** A real RSA key; one of a name for the whole test file, for making one takes a while. */
export function signingKey(kid: string): SigningKey {
  const known = made.get(kid) ?? {
    kid,
    ...generateKeyPairSync('rsa', { modulusLength: 2_048 }),
    endorsements: [...channelIds],
  };
  made.set(kid, known);
  return known;
}

type Claims = Record<string, unknown>;

/** A token of a channel for us, valid for an hour; `undefined` leaves a claim out. */
export function channelToken(
  service: string,
  more: Claims = {},
  key = signingKey('key-1'),
  header: Claims = {},
): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { serviceurl: service, iss: ISSUER, aud: APP_ID, nbf: now - 60, exp: now + 3_600, ...more };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...header })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key.privateKey, 'base64url')}`;
}

export interface OpenId {
  /** As MICROSOFT_OPENID_URL is given. */
  url: string;
  /** As MICROSOFT_LOGIN_URL is given. */
  login: string;
  /** What is told of keys now. */
  keys: SigningKey[];
  /** How often the keys were asked for. */
  asked: number;
  /** Answers to every question with this status, or never; null: as it should. */
  failing: number | 'hang' | null;
  /** Questions that wait for an answer that does not come. */
  hanging: number;
  /** Tokens that the bot was given, newest last. */
  issued: string[];
  /** Seconds that a token lasts. */
  lasts: number;
  /** Tenants that tokens were asked of. */
  tenants: string[];
  stop(): Promise<void>;
}

let started = 0;

export async function startOpenId(): Promise<OpenId> {
  // The SDK remembers keys by address for as long as the process lives: no address is used twice.
  const path = `/v1-${process.pid}-${++started}`;
  const server = createServer((request, response) => {
    void answer(openId, path, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const openId: OpenId = {
    url: `${origin}${path}/.well-known/openidconfiguration`,
    login: origin,
    keys: [signingKey('key-1'), signingKey('key-2')],
    asked: 0,
    failing: null,
    hanging: 0,
    issued: [],
    lasts: 3_600,
    tenants: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return openId;
}

async function answer(openId: OpenId, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  if (openId.failing === 'hang') {
    openId.hanging += 1;
    return;
  }
  const [status, body] =
    openId.failing === null ? answerTo(openId, path, request.url ?? '', form) : [openId.failing, {}];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answerTo(openId: OpenId, path: string, url: string, form: URLSearchParams): [number, object] {
  if (url === `${path}/.well-known/openidconfiguration`)
    return [200, { issuer: ISSUER, jwks_uri: `${openId.login}${path}/keys` }];
  if (url === `${path}/keys`) {
    openId.asked += 1;
    return [200, { keys: openId.keys.map(told) }];
  }
  const [, tenant] = /^\/([\w.-]+)\/oauth2\/v2\.0\/token$/.exec(url) ?? [];
  return tenant === undefined ? [404, {}] : grant(openId, tenant, form);
}

function told({ kid, publicKey, endorsements }: SigningKey): object {
  return { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, endorsements };
}

function grant(openId: OpenId, tenant: string, form: URLSearchParams): [number, object] {
  openId.tenants.push(tenant);
  const right =
    form.get('grant_type') === 'client_credentials' &&
    form.get('client_id') === APP_ID &&
    form.get('client_secret') === PASSWORD &&
    form.get('scope') === `${ISSUER}/.default`;
  if (!right) return [401, { error: 'invalid_client' }];
  const token = `bot-token-of-this-test-${openId.issued.length + 1}`;
  openId.issued.push(token);
  return [200, { token_type: 'Bearer', access_token: token, expires_in: openId.lasts }];
}
