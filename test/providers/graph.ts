// A strict fake of the WhatsApp Cloud Graph API over real HTTP: it refuses what the real one refuses, and fails on command.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BAD_TOKEN,
  failNow,
  json,
  multipart,
  refuse,
  unknownObject,
  WINDOW_CLOSED,
  type Endpoint,
  type Failure,
} from './graph-answers.js';
import { asJson, refusalOf } from './graph-checks.js';
import { ACCOUNT, digest, post, status, wamid, webhook, type Change } from './graph-webhooks.js';

const VERSION = 'v23.0';

export interface SentMessage {
  id: string;
  to: string;
  body: Record<string, unknown>;
}

export interface FakeGraph {
  /** Base URL with version, as WHATSAPP_API_URL is given. */
  url: string;
  token: string;
  secret: string;
  /** Messages that were taken, in order. */
  sent: SentMessage[];
  /** Every request to the messages endpoint that was answered with an error, by code. */
  refused: number[];
  /** Message ids that were marked read, and whether with typing. */
  reads: { id: string; typing: boolean }[];
  /** Paths of all requests, with what they authorised themselves by. */
  requests: { method: string; path: string; bearer: string | null; host: string }[];
  media: Map<string, { bytes: Buffer; mime: string; url?: string; sha256?: string; name?: string }>;
  /** Approved ones as `name/language`, with the number of their parameters. */
  templates: Map<string, number>;
  /** Where webhooks go. */
  webhookUrl: string;
  /** Statuses that follow every message that is taken. */
  follow: string[];
  clock: { now: () => number };
  /** Whether a person outside the window is refused at once, or (as mostly) taken and then told as failed. */
  windowRefusal: 'status' | 'at once';
  fail(failure: Failure, times?: number): void;
  heal(): void;
  /** People write (or anything else happens): posts one signed webhook and opens their windows. Gives back our answer's status. */
  deliver(...changes: Change[]): Promise<number>;
  /** When a person last wrote, and for how long one may answer. */
  wrote: Map<string, number>;
  window: number;
  /** Bodies of messages and uploads that were taken, in order. */
  taken: object[];
  stop(): Promise<void>;
}

export async function startGraph(): Promise<FakeGraph> {
  const failures: Failure[] = [];
  const server = createServer((request, response) => {
    void answer(graph, failures, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const graph: FakeGraph = {
    url: `http://127.0.0.1:${port}/${VERSION}`,
    token: 'EAAG-only-for-this-test',
    secret: 'app-secret-of-this-test',
    sent: [],
    refused: [],
    reads: [],
    requests: [],
    media: new Map(),
    templates: new Map(),
    webhookUrl: '',
    follow: [],
    clock: { now: () => Date.now() },
    windowRefusal: 'status',
    wrote: new Map(),
    window: 24 * 3_600_000,
    taken: [],
    fail: (failure, times = 1) => failures.push(...Array.from({ length: times }, () => ({ ...failure }))),
    heal: () => void failures.splice(0),
    deliver: (...changes) => deliver(graph, changes),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return graph;
}

function deliver(graph: FakeGraph, changes: Change[]): Promise<number> {
  for (const { messages = [] } of changes) {
    for (const one of messages) {
      const { from, from_user_id: user } = asJson(one) ?? {};
      for (const id of [from, user]) if (typeof id === 'string') graph.wrote.set(id, graph.clock.now());
    }
  }
  return post(graph.webhookUrl, webhook(...changes), graph.secret);
}

async function answer(
  graph: FakeGraph,
  failures: Failure[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://graph');
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
  graph.requests.push({
    method: request.method ?? '',
    path: pathname,
    bearer,
    host: request.headers.host ?? '',
  });
  const body = await bytesOf(request);
  if (bearer !== graph.token) {
    refuse(response, BAD_TOKEN);
    return;
  }
  const endpoint = endpointOf(request, pathname, body);
  const failure = nextFailure(failures, endpoint);
  if (failure && failure.late !== true) {
    failNow(response, failure);
    return;
  }
  const after = failure && (() => failNow(response, failure));
  await carryOut(graph, endpoint, { request, response, body, id: pathname.split('/').at(-1) ?? '', after });
}

function nextFailure(failures: Failure[], endpoint: Endpoint | null): Failure | undefined {
  const at = failures.findIndex((failure) => (failure.on ?? 'message') === endpoint);
  const failure = failures[at];
  if (!failure) return undefined;
  failure.skip = (failure.skip ?? 0) - 1;
  if (failure.skip >= 0) return undefined;
  failures.splice(at, 1);
  return failure;
}

function endpointOf({ method }: IncomingMessage, path: string, body: Buffer): Endpoint | null {
  if (method === 'POST' && path === `/${VERSION}/${ACCOUNT}/messages`)
    return asJson(parsed(body))?.['status'] === 'read' ? 'read' : 'message';
  if (method === 'POST' && path === `/${VERSION}/${ACCOUNT}/media`) return 'upload';
  if (method === 'GET' && path.startsWith('/bytes/')) return 'bytes';
  return method === 'GET' && new RegExp(`^/${VERSION}/\\d+$`).test(path) ? 'link' : null;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  id: string;
  after: (() => void) | undefined;
}

async function carryOut(graph: FakeGraph, endpoint: Endpoint | null, call: Call): Promise<void> {
  switch (endpoint) {
    case 'message':
      takeMessage(graph, call);
      return;
    case 'read':
      markRead(graph, call);
      return;
    case 'upload':
      await takeUpload(graph, call);
      return;
    case 'link':
      mediaLink(graph, call);
      return;
    case 'bytes':
      sendBytes(graph, call);
      return;
    case null:
      refuse(call.response, unknownObject(call.id));
  }
}

function markRead(graph: FakeGraph, { body, response }: Call): void {
  const read = asJson(parsed(body)) ?? {};
  graph.reads.push({ id: String(read['message_id']), typing: read['typing_indicator'] !== undefined });
  json(response, 200, { success: true });
}

function takeMessage(graph: FakeGraph, { body: raw, response, after }: Call): void {
  const body = asJson(parsed(raw)) ?? {};
  const to = String(body['to'] ?? body['recipient']);
  const open = body['type'] === 'template' || (graph.wrote.get(to) ?? 0) + graph.window > graph.clock.now();
  const closed = !open && graph.windowRefusal === 'at once' ? WINDOW_CLOSED : null;
  const refusal = refusalOf(body, new Set(graph.media.keys()), graph.templates) ?? closed;
  if (refusal) {
    graph.refused.push(refusal.code);
    refuse(response, refusal);
    return;
  }
  const id = wamid();
  if (open) graph.sent.push({ id, to, body });
  graph.taken.push(body);
  void tellStatuses(graph, id, body, open);
  if (after) after();
  else
    json(response, 200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to }],
      messages: [{ id }],
    });
}

async function tellStatuses(graph: FakeGraph, id: string, body: Record<string, unknown>, open: boolean): Promise<void> {
  const data = body['biz_opaque_callback_data'];
  const more = { ...(data !== undefined && { biz_opaque_callback_data: data }) };
  const { code, message } = WINDOW_CLOSED;
  const statuses = open
    ? graph.follow.map((state) => status(id, state, more))
    : [status(id, 'failed', { ...more, errors: [{ code, title: message }] })];
  for (const one of statuses) await graph.deliver({ statuses: [one] }).catch(() => undefined);
}

/** Kinds by type with their own sizes, one file and `messaging_product`. */
async function takeUpload(graph: FakeGraph, { request, body, response }: Call): Promise<void> {
  const { fields, file } = await multipart(request, body);
  const most = file && mostBytes(file.mime);
  if (fields.get('messaging_product') !== 'whatsapp') {
    refuse(response, { status: 400, code: 100, message: '(#100) The parameter messaging_product is required.' });
  } else if (!file || !most || file.bytes.length > most) {
    const details = `Unsupported file: ${file?.mime ?? 'none'} of ${file?.bytes.length ?? 0} bytes`;
    refuse(response, { status: 400, code: 131053, message: '(#131053) Media upload error', details });
  } else {
    const id = String(1_000_000 + graph.media.size);
    graph.media.set(id, file);
    graph.taken.push({ upload: { name: file.name, mime: file.mime } });
    json(response, 200, { id });
  }
}

function mostBytes(mime: string): number | undefined {
  const megabyte = 1024 * 1024;
  if (mime === 'image/jpeg' || mime === 'image/png') return 5 * megabyte;
  if (['audio/ogg', 'audio/mp4', 'audio/mpeg', 'video/mp4'].includes(mime)) return 16 * megabyte;
  if (mime === 'application/pdf') return 100 * megabyte;
  return undefined;
}

function mediaLink(graph: FakeGraph, { id, request, response }: Call): void {
  const file = graph.media.get(id);
  if (!file) {
    refuse(response, unknownObject(id));
    return;
  }
  json(response, 200, {
    messaging_product: 'whatsapp',
    url: file.url ?? `http://${request.headers.host ?? ''}/bytes/${id}`,
    mime_type: file.mime,
    sha256: file.sha256 ?? digest(file.bytes).toString('hex'),
    file_size: file.bytes.length,
    id,
  });
}

function sendBytes(graph: FakeGraph, { id, response }: Call): void {
  const file = graph.media.get(id);
  if (!file) refuse(response, unknownObject(id));
  else response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
