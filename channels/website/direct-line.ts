// Direct Line 3.0: the routes that Bot Framework Web Chat, directlinejs and our own page speak.
// Protocol: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-api-reference
import type { ChannelRequest, ChannelResponse, Route } from '../channel.js';
import { ipKey, refusal } from '../common/http.js';
import { ACCOUNT } from './activity.js';
import { getFile } from './download.js';
import { crossOrigin, enter, identify, preflight } from './gate.js';
import type { Desk } from './gate.js';
import { caps } from './limits.js';
import { readPage, watermarkOf } from './reading.js';
import { postActivity, postUpload } from './sending.js';

const base = '/v3/directline';
export const streamPath = `${base}/conversations/:id/stream`;

type Handler = (request: ChannelRequest) => Promise<ChannelResponse>;
type InConversation = (
  conversation: string,
  request: ChannelRequest,
  origin: string | undefined,
) => Promise<ChannelResponse>;

export function directLineRoutes(desk: Desk): Route[] {
  const one = `${base}/conversations/:id`;
  const inside = (handle: InConversation): Handler => {
    return async (request) => {
      const entered = enter(desk, request);
      return 'status' in entered ? entered : handle(entered.conversation, request, entered.origin);
    };
  };
  return [
    ...route(desk, 'POST', `${base}/tokens/generate`, (request) => generate(desk, request)),
    ...route(desk, 'POST', `${base}/tokens/refresh`, (request) => Promise.resolve(refresh(desk, request))),
    ...route(desk, 'POST', `${base}/conversations`, (request) => start(desk, request)),
    ...route(
      desk,
      'GET',
      one,
      inside((id, request, origin) => Promise.resolve(opened(desk, id, origin, 200, request.query['watermark']))),
    ),
    ...twoWays(
      desk,
      `${one}/activities`,
      inside((id, request) => postActivity(desk, id, request)),
      inside((id, request) => activities(desk, id, request)),
    ),
    ...route(
      desk,
      'POST',
      `${one}/upload`,
      inside((id, request) => postUpload(desk, id, request)),
      { limit: caps.uploadBytes, stream: true },
    ),
    ...route(desk, 'GET', `${base}/files/:id`, (request) => getFile(desk, request)),
  ];
}

function route(
  desk: Desk,
  method: 'GET' | 'POST',
  path: string,
  handle: Handler,
  body: { limit: number; stream?: boolean } = { limit: caps.bodyBytes },
): Route[] {
  return [
    { method, path, ...body, handle: crossOrigin(desk, handle) },
    { method: 'OPTIONS', path, limit: 0, handle: crossOrigin(desk, preflight(`${method}, OPTIONS`)) },
  ];
}

function twoWays(desk: Desk, path: string, post: Handler, get: Handler): Route[] {
  return [
    { method: 'POST', path, limit: caps.bodyBytes, handle: crossOrigin(desk, post) },
    { method: 'GET', path, limit: 0, handle: crossOrigin(desk, get) },
    { method: 'OPTIONS', path, limit: 0, handle: crossOrigin(desk, preflight('GET, POST, OPTIONS')) },
  ];
}

/** A token for a new conversation: anonymously from an allowed origin, or with the secret. Nothing is kept until the first message. */
async function generate(desk: Desk, request: ChannelRequest): Promise<ChannelResponse> {
  const { host, tokens } = desk;
  const origin = request.headers['origin'];
  if (request.headers['authorization'] !== undefined) {
    const guest = identify(desk, request, []);
    if ('status' in guest) return guest;
  } else if (origin === undefined) {
    return refusal(403, 'OriginNotAllowed', 'Anonymous tokens are given to pages of WIDGET_ORIGINS only.');
  }
  if (!(await host.within('website.tokens', ipKey(request.ip), caps.tokens.most, caps.tokens.window))) {
    return refusal(429, 'TooManyRequests', 'Slow down and try again.', { 'retry-after': '60' });
  }
  return { status: 200, headers: noStore, body: grant(desk, tokens.newConversation(), origin) };
}

/** A new access token for a living one, or for the long-lived one that our page keeps. */
function refresh(desk: Desk, request: ChannelRequest): ChannelResponse {
  const guest = identify(desk, request, ['access', 'resume']);
  if ('status' in guest) return guest;
  if (guest.conversation === null) return refusal(400, 'BadArgument', 'A secret is not refreshed.');
  return { status: 200, headers: noStore, body: grant(desk, guest.conversation, guest.origin) };
}

/** Opens the token's conversation (the secret: a new one): 201, or 200 when something was said in it already. */
async function start(desk: Desk, request: ChannelRequest): Promise<ChannelResponse> {
  const guest = identify(desk, request, ['access']);
  if ('status' in guest) return guest;
  if (guest.conversation === null) return opened(desk, desk.tokens.newConversation(), undefined, 201);
  const said = await desk.host.transcript(ACCOUNT, guest.conversation, 0, 1);
  return opened(desk, guest.conversation, guest.origin, said.length > 0 ? 200 : 201);
}

async function activities(desk: Desk, conversation: string, request: ChannelRequest): Promise<ChannelResponse> {
  const page = await readPage(desk, conversation, watermarkOf(request.query['watermark']));
  return { status: 200, headers: noStore, body: page };
}

function opened(
  desk: Desk,
  conversation: string,
  origin: string | undefined,
  status: number,
  watermark?: string,
): ChannelResponse {
  const { host, origins, tokens } = desk;
  const token = tokens.sign({
    kind: 'stream',
    conversation,
    expires: host.now() + caps.streamLife,
    ...(origin === undefined ? {} : { origin }),
  });
  const url = new URL(`${base}/conversations/${conversation}/stream`, origins.self);
  url.protocol = origins.self.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ watermark: String(watermarkOf(watermark)), t: token }).toString();
  return {
    status,
    headers: noStore,
    body: { ...grant(desk, conversation, origin), streamUrl: url.href, referenceGrammarId: '' },
  };
}

/** `resume` is ours: standard clients pass it over. */
function grant({ host, tokens }: Desk, conversation: string, origin: string | undefined): object {
  const bound = { conversation, ...(origin === undefined ? {} : { origin }) };
  return {
    conversationId: conversation,
    token: tokens.sign({ kind: 'access', expires: host.now() + caps.accessLife, ...bound }),
    expires_in: caps.accessLife / 1_000,
    resume: tokens.sign({ kind: 'resume', expires: host.now() + caps.resumeLife, ...bound }),
  };
}

const noStore = { 'cache-control': 'no-store' };
