// A strict fake of the Send API of Messenger and Instagram over real HTTP: it refuses what the real one refuses, and fails on command.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nextFailure } from './failures.js';
import { BAD_TOKEN, failNow, json, multipart, refuse, type Failure } from './graph-answers.js';
import { asJson, type Refusal } from './graph-checks.js';
import { signature } from './graph-webhooks.js';
import { refusalOf, refusalOfFile } from './messenger-checks.js';
import { event, INSTAGRAM, mid, PAGE, webhook, type Happening } from './messenger-webhooks.js';

const VERSION = 'v24.0';

export interface FakeMessenger {
  /** Base URL with version, as META_API_URL is given. */
  url: string;
  token: string;
  secret: string;
  /** Messages that were taken, in order; `to` is empty for private replies to comments. */
  sent: { id: string; to: string; body: Record<string, unknown> }[];
  /** Bodies of messages and uploads that were taken, in order. */
  taken: object[];
  /** Codes of requests that were refused. */
  refused: number[];
  /** What was shown to people beside messages. */
  actions: { to: string; action: string }[];
  profile: object | null;
  files: Map<string, { bytes: Buffer; mime: string }>;
  webhookUrl: string;
  /** Whether every message that is taken comes back as an echo, and as delivered. */
  follow: ('echo' | 'delivered')[];
  clock: { now: () => number };
  wrote: Map<string, number>;
  window: number;
  fail(failure: Failure, times?: number): void;
  /** People write: posts one signed webhook and opens their windows. Gives back our answer's status. */
  deliver(...happenings: Happening[]): Promise<number>;
  stop(): Promise<void>;
}

export async function startMessenger(): Promise<FakeMessenger> {
  const failures: Failure[] = [];
  const server = createServer((request, response) => {
    void answer(fake, failures, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeMessenger = {
    url: `http://127.0.0.1:${port}/${VERSION}`,
    token: 'EAAB-page-token-of-this-test',
    secret: 'meta-app-secret-of-this-test',
    sent: [],
    taken: [],
    refused: [],
    actions: [],
    profile: null,
    files: new Map(),
    webhookUrl: '',
    follow: [],
    clock: { now: () => Date.now() },
    wrote: new Map(),
    window: 24 * 3_600_000,
    fail: (failure, times = 1) => failures.push(...Array.from({ length: times }, () => ({ ...failure }))),
    deliver: (...happenings) => deliver(fake, happenings),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

async function deliver(fake: FakeMessenger, happenings: readonly Happening[]): Promise<number> {
  const product = happenings[0]?.product ?? 'page';
  for (const { event: one } of happenings) {
    const id = asJson(asJson(one)?.['sender'])?.['id'];
    if (typeof id === 'string') fake.wrote.set(id, fake.clock.now());
  }
  const body = Buffer.from(JSON.stringify(webhook(happenings, product)));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(body, fake.secret) };
  const response = await fetch(fake.webhookUrl, { method: 'POST', headers, body: new Uint8Array(body) });
  await response.arrayBuffer();
  return response.status;
}

type Reply = (response: ServerResponse) => void;

async function answer(
  fake: FakeMessenger,
  failures: Failure[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const reply = await replyTo(fake, failures, request, Buffer.concat(chunks));
  reply(response);
}

function replyTo(
  fake: FakeMessenger,
  failures: Failure[],
  request: IncomingMessage,
  raw: Buffer,
): Reply | Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://graph');
  if (pathname.startsWith('/bytes/')) return sendBytes(fake, pathname, request);
  const proof = createHmac('sha256', fake.secret).update(fake.token).digest('hex');
  if (request.headers.authorization !== `Bearer ${fake.token}` || searchParams.get('appsecret_proof') !== proof)
    return (response) => refuse(response, BAD_TOKEN);
  if (request.method === 'GET' && pathname === `/${VERSION}/me`)
    return ok({ id: PAGE, instagram_business_account: { id: INSTAGRAM, username: 'safe.treatment' } });
  if (pathname === `/${VERSION}/me/messenger_profile`) {
    fake.profile = JSON.parse(raw.toString('utf8')) as object;
    return ok({ result: 'success' });
  }
  if (request.method !== 'POST' || pathname !== `/${VERSION}/me/messages`)
    return (response) => refuse(response, { status: 400, code: 100, message: 'Unsupported request', subcode: 33 });
  const uploaded = request.headers['content-type']?.startsWith('multipart/') === true;
  return uploaded ? takeUpload(fake, request, raw) : takeMessage(fake, failures, raw);
}

function ok(body: object): Reply {
  return (response) => json(response, 200, body);
}

/** Signed addresses need no token; one that brings it along is a leak. */
function sendBytes(fake: FakeMessenger, path: string, request: IncomingMessage): Reply {
  const file = fake.files.get(path.split('/').at(-1) ?? '');
  if (!file || request.headers.authorization !== undefined) return (response) => void response.writeHead(403).end();
  return (response) => void response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
}

function takeMessage(fake: FakeMessenger, failures: Failure[], raw: Buffer): Reply {
  const body = JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
  const to = textOf(asJson(body['recipient'])?.['id']);
  const action = body['sender_action'];
  if (typeof action === 'string') {
    fake.actions.push({ to, action });
    return ok({ recipient_id: to });
  }
  const failure = nextFailure(failures);
  if (failure && failure.late !== true) return (response) => failNow(response, failure);
  const refusal = refusalOf(body, to.startsWith('ig-')) ?? closed(fake, to);
  if (refusal) return refused(fake, refusal);
  const id = taken(fake, to, body);
  void follow(fake, to, id, asJson(body['message']));
  return failure ? (response) => failNow(response, failure) : ok({ recipient_id: to, message_id: id });
}

function refused(fake: FakeMessenger, refusal: Refusal): Reply {
  fake.refused.push(refusal.code);
  return (response) => refuse(response, refusal);
}

function taken(fake: FakeMessenger, to: string, body: Record<string, unknown>): string {
  const id = mid();
  fake.sent.push({ id, to, body });
  fake.taken.push(body);
  return id;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function closed(fake: FakeMessenger, to: string) {
  const open = to === '' || (fake.wrote.get(to) ?? 0) + fake.window > fake.clock.now();
  const message = '(#10) This message is sent outside of allowed window.';
  return open ? null : { status: 400, code: 10, subcode: 2018278, message };
}

async function follow(fake: FakeMessenger, to: string, id: string, message: Record<string, unknown> | undefined) {
  const metadata = message?.['metadata'];
  const echoed = {
    mid: id,
    is_echo: true,
    text: message?.['text'],
    ...(metadata !== undefined && { metadata }),
  };
  const echo = { ...event(PAGE, { message: echoed }), recipient: { id: to } };
  const delivered = event(to, { delivery: { mids: [id], watermark: Date.now() } });
  for (const one of fake.follow)
    await fake.deliver({ event: one === 'echo' ? echo : delivered }).catch(() => undefined);
}

async function takeUpload(fake: FakeMessenger, request: IncomingMessage, raw: Buffer): Promise<Reply> {
  const { fields, file } = await multipart(request, raw);
  const part = (name: string) => asJson(JSON.parse(fields.get(name) ?? '{}'));
  const to = textOf(part('recipient')?.['id']);
  const attachment = asJson(part('message')?.['attachment']);
  const refusal = refusalOfFile(attachment, file) ?? closed(fake, to);
  if (refusal) return refused(fake, refusal);
  const id = taken(fake, to, { upload: { type: attachment?.['type'], name: file?.name, mime: file?.mime } });
  return ok({ recipient_id: to, message_id: id });
}
