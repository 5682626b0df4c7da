// A strict fake of the connector (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference) over
// real HTTP: it refuses what channels refuse, fails on command, and keeps files that people sent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BOT, conversationOf, type Wire } from './botframework-activities.js';
import { nextFailure } from './failures.js';
import { failNow as breakOff } from './graph-answers.js';
import { asJson, refusalOf, type Refusal } from './botframework-checks.js';
import { channelToken, startOpenId, type OpenId } from './openid.js';

/** How the next send goes wrong. `late`: it is carried out first, so that the caller cannot know. `skip`: so many go well before. */
export type Failure = { late?: boolean; skip?: number } & (
  | { as: 'code'; status: number; code: string; retryAfter?: string }
  | { as: 'status'; status: number; retryAfter?: string }
  | { as: 'hang' | 'reset' | 'garbage' }
  | { as: 'redirect'; to: string }
);

export interface FakeConnector {
  openId: OpenId;
  /** The address of a channel's service. */
  service: (channel: string) => string;
  /** Messages that were taken, in order; `service`: the address they came to. */
  sent: { id: string; service: string; to: string; body: Wire }[];
  /** Whom we showed that we type. */
  typing: string[];
  /** Codes of requests that were refused. */
  refused: string[];
  /** Sends that came in at all. */
  requests: number;
  files: Map<string, { bytes: Buffer; mime: string }>;
  webhookUrl: string;
  fail(failure: Failure, times?: number): void;
  /** A channel posts an activity with a token of its own. Gives back our answer's status. */
  deliver(activity: Wire, token?: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startConnector(): Promise<FakeConnector> {
  const failures: Failure[] = [];
  const openId = await startOpenId();
  const server = createServer((request, response) => {
    void answer(fake, failures, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeConnector = {
    openId,
    service: (channel) => `${origin}/${channel}/`,
    sent: [],
    typing: [],
    refused: [],
    requests: 0,
    files: new Map(),
    webhookUrl: '',
    fail: (failure, times = 1) => failures.push(...Array.from({ length: times }, () => ({ ...failure }))),
    deliver: (activity, token) => deliver(fake, activity, token),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await openId.stop();
    },
  };
  return fake;
}

async function deliver(fake: FakeConnector, activity: Wire, token?: string): Promise<number> {
  const proof = token ?? channelToken(String(activity['serviceUrl']));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${proof}` };
  const response = await fetch(fake.webhookUrl, { method: 'POST', headers, body: JSON.stringify(activity) });
  await response.arrayBuffer();
  return response.status;
}

async function answer(
  fake: FakeConnector,
  failures: Failure[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const known = fake.openId.issued.includes(token);
  const { pathname } = new URL(request.url ?? '/', 'http://connector');
  const [, file] = /^\/\w+\/v3\/attachments\/([\w.-]+)\/views\/original$/.exec(pathname) ?? [];
  if (file !== undefined) {
    sendFile(fake, file, known, response);
    return;
  }
  const [, service = '', conversation] = /^\/(\w+)\/v3\/conversations\/([^/]+)\/activities$/.exec(pathname) ?? [];
  fake.requests += 1;
  if (!known) {
    refuse(fake, response, { status: 401, code: 'Unauthorized', message: 'Authorization has been denied.' });
    return;
  }
  if (request.method !== 'POST' || conversation === undefined) {
    refuse(fake, response, { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' });
    return;
  }
  take(fake, failures, { service, conversation: decodeURIComponent(conversation) }, Buffer.concat(chunks), response);
}

function take(
  fake: FakeConnector,
  failures: Failure[],
  { service, conversation }: { service: string; conversation: string },
  raw: Buffer,
  response: ServerResponse,
): void {
  const body = asJson(JSON.parse(raw.toString('utf8')));
  const user = String(asJson(body['recipient'])['id']);
  const failure = body['type'] === 'typing' ? undefined : nextFailure(failures);
  if (failure && failure.late !== true) return failNow(response, failure);
  // What a channel bears goes by its id in the activity; the address is only where the service stands.
  const channel = String(body['channelId']);
  const known = { channel, conversation, bot: BOT, user };
  const refusal = refusalOf(body, known, raw.length) ?? (conversationOf(user) === conversation ? null : unknownPlace());
  if (refusal) return refuse(fake, response, refusal);
  if (body['type'] === 'typing') fake.typing.push(user);
  else fake.sent.push({ id: `s${fake.sent.length + 1}`, service, to: user, body });
  if (failure) return failNow(response, failure);
  json(response, 201, { id: body['type'] === 'typing' ? '' : (fake.sent.at(-1)?.id ?? '') });
}

function unknownPlace(): Refusal {
  return { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' };
}

function failNow(response: ServerResponse, failure: Failure): void {
  switch (failure.as) {
    case 'hang':
    case 'reset':
    case 'garbage':
      breakOff(response, failure);
      return;
    case 'redirect':
      response.writeHead(307, { location: failure.to }).end();
      return;
    case 'status':
    case 'code':
      if (failure.retryAfter !== undefined) response.setHeader('retry-after', failure.retryAfter);
      if (failure.as === 'status') response.writeHead(failure.status).end('<html>Bad gateway');
      else json(response, failure.status, { error: { code: failure.code, message: 'On command' } });
  }
}

function refuse(fake: FakeConnector, response: ServerResponse, { status, code, message }: Refusal): void {
  fake.refused.push(code);
  json(response, status, { error: { code, message } });
}

/** Files of the service itself want the bot's token. */
function sendFile(fake: FakeConnector, name: string, known: boolean, response: ServerResponse): void {
  const file = fake.files.get(name);
  if (!known || !file) return void response.writeHead(known ? 404 : 401).end();
  response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
