// Meta's webhooks prove themselves alike on every product: a verification GET, and an HMAC over the raw bytes of every POST.
import { createHmac } from 'node:crypto';
import type { ChannelRequest, ChannelResponse } from '../channel.js';
import { isOneOf } from './secrets.js';

/** Meta's challenges are short numbers; whatever else is asked for is not repeated. */
const challengeShape = /^[A-Za-z0-9_-]{1,200}$/;
const signatureShape = /^sha256=[0-9a-f]{64}$/;

/** Answers `hub.challenge` when `hub.verify_token` is ours, else 403. Such a GET carries no signature. */
export function verifySubscription({ query }: ChannelRequest, token: string): ChannelResponse {
  const challenge = query['hub.challenge'] ?? '';
  const ours = isOneOf(query['hub.verify_token'], [token]);
  if (!ours || query['hub.mode'] !== 'subscribe' || !challengeShape.test(challenge)) return { status: 403 };
  return { status: 200, headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' }, body: challenge };
}

/** Whether `X-Hub-Signature-256` is the HMAC-SHA256 of the raw body under one of the secrets. */
export function isSigned({ headers, body }: ChannelRequest, secrets: readonly string[]): boolean {
  const given = headers['x-hub-signature-256'];
  if (given === undefined || !signatureShape.test(given)) return false;
  const expected = secrets.map((secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  return isOneOf(given, expected);
}
