// Who may come in: checks origin, token and conversation in front of every Direct Line handler.
import type { ChannelHost, ChannelRequest, ChannelResponse } from '../channel.js';
import { bearer, refusal } from '../common/http.js';
import type { Origins } from './origins.js';
import type { Claims, TokenKind, Tokens } from './tokens.js';

/** What the handlers of this channel share. */
export interface Desk {
  readonly host: ChannelHost;
  readonly tokens: Tokens;
  readonly origins: Origins;
  /** DIRECTLINE_SECRET: a charity's own server; empty when it has none. */
  readonly secret: string;
  readonly random: (bytes: number) => Buffer;
}

/** `conversation` is null for the secret, which may open any. */
export interface Guest {
  conversation: string | null;
  origin: string | undefined;
}

type Handler = (request: ChannelRequest) => Promise<ChannelResponse>;

/** Lets allowed origins read the answer and turns foreign ones away; requests without an origin do not come from a page. */
export function crossOrigin({ origins }: Desk, handle: Handler): Handler {
  return async (request) => {
    const origin = request.headers['origin'];
    if (origin === undefined) return handle(request);
    if (!origins.allows(origin)) return refusal(403, 'OriginNotAllowed', 'This origin is not in WIDGET_ORIGINS.');
    const response = await handle(request);
    return { ...response, headers: { ...response.headers, 'access-control-allow-origin': origin, vary: 'Origin' } };
  };
}

/** Answers a browser's preflight. */
export function preflight(methods: string): Handler {
  return () =>
    Promise.resolve({
      status: 204,
      headers: {
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent',
        'access-control-max-age': '7200',
      },
    });
}

/**
 * Reads the bearer of a request. 401: missing, forged, of another kind or origin; 403 TokenExpired: refresh it, as Direct Line 3.0
 * answers (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-authentication).
 */
export function identify(desk: Desk, request: ChannelRequest, kinds: readonly TokenKind[]): Guest | ChannelResponse {
  const token = bearer(request);
  if (token === null) return refusal(401, 'MissingToken', 'Send a token as Authorization: Bearer.');
  if (desk.secret !== '' && desk.tokens.same(token, desk.secret)) return { conversation: null, origin: undefined };
  const claims = checkToken(desk, token, kinds, request.headers['origin']);
  return 'status' in claims ? claims : { conversation: claims.conversation, origin: claims.origin };
}

/** The token's claims, or the refusal. `origin` is the request's, when it names one. */
export function checkToken(
  desk: Desk,
  token: string,
  kinds: readonly TokenKind[],
  origin: string | undefined,
): Claims | ChannelResponse {
  const verdicts = kinds.map((kind) => desk.tokens.verify(token, kind, desk.host.now()));
  const good = verdicts.find((verdict) => verdict.ok);
  if (good?.ok === true) {
    const bound = good.claims.origin;
    return bound === undefined || origin === undefined || bound === origin ? good.claims : invalid();
  }
  const expired = verdicts.some((verdict) => !verdict.ok && verdict.why === 'expired');
  return expired ? refusal(403, 'TokenExpired', 'Refresh the token or start a new conversation.') : invalid();
}

const invalid = (): ChannelResponse => refusal(401, 'InvalidToken', 'The token is not valid here.');

/** The conversation of the path when this guest may open it; one and the same 404 for foreign and unknown ones. */
export function enter(
  desk: Desk,
  request: ChannelRequest,
): { conversation: string; origin: string | undefined } | ChannelResponse {
  const guest = identify(desk, request, ['access']);
  if ('status' in guest) return guest;
  const id = request.params['id'] ?? '';
  const fits = guest.conversation === null ? desk.tokens.ownConversation(id) : guest.conversation === id;
  if (!fits) return refusal(404, 'NotFound', 'There is no such conversation for this token.');
  return { conversation: id, origin: guest.origin };
}
