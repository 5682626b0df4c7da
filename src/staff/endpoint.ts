// The guard in front of every handler: who asks, from where, with which shapes; then one handler.
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ChannelRequest, ChannelResponse, Route } from '../../channels/channel.js';
import { DeskError } from '../conversation/desk-types.js';
import type { DeskErrorCode } from '../conversation/desk-types.js';
import { StoreError } from '../store/contract.js';
import { refuse, Refused } from './answers.js';
import type { Refusal } from './answers.js';
import { fromOurPages } from './origin.js';
import { may } from './permissions.js';
import type { Permission } from './permissions.js';
import { findSession } from './sessions.js';
import type { SessionDeps, SignedIn } from './sessions.js';

/** Header that carries the session's token on every write. */
export const TOKEN_HEADER = 'x-sila-token';
const BODY_BYTES = 64 * 1024;

export interface GuardDeps extends SessionDeps {
  /** Null: not set; then the host of the request counts. */
  publicUrl: string | null;
}

type Shape = z.ZodRawShape;
type Values<S extends Shape> = z.output<z.ZodObject<S, z.core.$strict>>;

export interface Call<P extends Shape, Q extends Shape, B extends Shape> {
  request: ChannelRequest;
  params: Values<P>;
  query: Values<Q>;
  body: Values<B>;
  /** Null only where `needs` is `anyone`. */
  me: SignedIn;
}

export interface Endpoint<P extends Shape, Q extends Shape, B extends Shape> {
  method: 'GET' | 'POST';
  /** Below `/api/staff`. */
  path: string;
  /** A permission, or `signed_in` for whoever has a session. */
  needs: Permission | 'signed_in';
  params?: P;
  query?: Q;
  body?: B;
  /** Takes bytes instead of JSON, at most so many. */
  raw?: number;
  handle: (call: Call<P, Q, B>) => Promise<ChannelResponse>;
}

/** A route that only signed-in staff with the permission reach. Not allowed and not found are one answer. */
export function endpoint<P extends Shape, Q extends Shape, B extends Shape>(
  deps: GuardDeps,
  spec: Endpoint<P, Q, B>,
): Route {
  return route(deps, spec, async (request) => {
    const me = await findSession(deps, request);
    if (me === null) throw new Refused('signed_out');
    if (spec.method === 'POST' && !sameToken(request, me.session.csrf)) throw new Refused('foreign_origin');
    if (spec.needs !== 'signed_in' && !may(me.staff.role, spec.needs)) throw new Refused('not_found');
    return spec.handle({
      request,
      me,
      params: shaped(spec.params, request.params, 'not_found'),
      query: shaped(spec.query, request.query, 'invalid'),
      body: shaped(spec.body, spec.raw === undefined ? bodyOf(request) : bytesOf(request), 'invalid'),
    });
  });
}

/** A route that needs no session: origin and shape are still checked. */
export function openEndpoint<B extends Shape>(
  deps: GuardDeps,
  spec: { method: 'GET' | 'POST'; path: string; body?: B },
  handle: (request: ChannelRequest, body: Values<B>) => Promise<ChannelResponse>,
): Route {
  return route(deps, spec, (request) => {
    shaped({}, request.query, 'invalid');
    return handle(request, shaped(spec.body, bodyOf(request), 'invalid'));
  });
}

function route(
  deps: GuardDeps,
  { method, path, raw = BODY_BYTES }: { method: 'GET' | 'POST'; path: string; raw?: number },
  handle: (request: ChannelRequest) => Promise<ChannelResponse>,
): Route {
  return {
    method,
    path: `/api/staff${path}`,
    limit: method === 'POST' ? raw : 0,
    handle: async (request) => {
      try {
        if (method === 'POST' && !fromOurPages(request, deps.publicUrl)) return refuse('foreign_origin');
        return await handle(request);
      } catch (error) {
        return refusal(error);
      }
    },
  };
}

const deskRefusals: Readonly<Record<DeskErrorCode, Refusal>> = {
  not_found: 'not_found',
  not_allowed: 'not_found',
  conflict: 'conflict',
  too_long: 'invalid',
  invalid: 'invalid',
  retained: 'retained',
};

function refusal(error: unknown): ChannelResponse {
  if (error instanceof Refused) return refuse(error.code, error.headers);
  if (error instanceof DeskError) return refuse(deskRefusals[error.code]);
  if (error instanceof StoreError && (error.code === 'full' || error.code === 'closed')) return refuse('busy');
  throw error;
}

function shaped<S extends Shape>(shape: S | undefined, given: unknown, otherwise: Refusal): Values<S> {
  const result = parsed(z.strictObject(shape ?? {}), given);
  if (!result?.success) throw new Refused(otherwise);
  return result.data as Values<S>;
}

/** Zod compares the `length` of whatever has one, also of what is no text or list: an object in its place throws. */
function parsed<T extends z.ZodType>(shape: T, given: unknown): z.ZodSafeParseResult<z.output<T>> | undefined {
  try {
    return shape.safeParse(given);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function bodyOf(request: ChannelRequest): unknown {
  if (request.method === 'GET') return {};
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) throw new Refused('wrong_type');
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new Refused('invalid');
  }
}

/** Bytes come under a type that no form of a foreign page can send; they are the request's, not fields. */
function bytesOf(request: ChannelRequest): unknown {
  if (request.headers['content-type'] !== 'application/octet-stream') throw new Refused('wrong_type');
  return {};
}

function sameToken(request: ChannelRequest, expected: string): boolean {
  const given = Buffer.from(request.headers[TOKEN_HEADER] ?? '');
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
