// Mounts the routes that channels and the console declare.
import { pipeline } from 'node:stream';
import type { Express, Request, Response } from 'express';
import type { ChannelResponse, Route } from '../../channels/channel.js';
import { BodyError, limitBody, readBody, refusedByHeaders } from './body.js';
import type { BodyFault } from './body.js';
import { describe } from './client.js';
import type { Observer } from '../observe/observer.js';

interface Deps {
  hops: number;
  observer: Observer;
}

/** One handler per path; a method that no route of the path names gets 405. */
export function mountRoutes(app: Express, routes: readonly Route[], deps: Deps): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const group = routes.filter((route) => route.path === path);
    const allow = group.map((route) => route.method).join(', ');
    app.all(path, async (request, response) => {
      response.locals['route'] = path;
      const route = group.find((one) => one.method === request.method);
      if (route === undefined) {
        send(response, { status: 405, headers: { allow }, body: error('method_not_allowed') });
        return;
      }
      await traced(route, request, response, deps);
    });
  }
}

/** Goes on with the trace that the client names, if it names one. */
function traced(route: Route, request: Request, response: Response, deps: Deps): Promise<void> {
  const { method, path } = route;
  const facts = { 'http.request.method': method, 'http.route': path };
  const from = request.get('traceparent');
  const { traces } = deps.observer;
  return traces.span(`${method} ${path}`, { kind: 'server', from, facts }, async (tell) => {
    // Whoever tells us of trouble can name the lines of the log.
    if (traces.id !== undefined) response.set('x-request-id', traces.id);
    await answer(route, request, response, deps);
    tell({ 'http.response.status_code': response.statusCode });
  });
}

async function answer(route: Route, request: Request, response: Response, { hops, observer }: Deps): Promise<void> {
  const early = refusedByHeaders(request, route.limit);
  if (early !== null) {
    refuse(request, response, early);
    return;
  }
  const described = describe(request, hops, namedParams(request));
  const stream = route.stream === true ? limitBody(request, route.limit) : undefined;
  try {
    const body = stream === undefined ? await readBody(request, route.limit) : Buffer.alloc(0);
    const answered = await route.handle({ ...described, body, ...(stream === undefined ? {} : { stream }) });
    if (!request.complete) lingerThenClose(request, response);
    send(response, answered);
  } catch (fault) {
    if (fault instanceof BodyError) {
      refuse(request, response, fault.fault);
      return;
    }
    observer.log('server.handler_failed', { path: route.path, method: route.method, error: kindOf(fault) });
    send(response, { status: 500, body: error('internal') });
  } finally {
    stream?.destroy();
  }
}

function namedParams(request: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
}

/** Writes a channel's answer. Objects become JSON; a stream ends with its client. */
export function send(response: Response, { status, headers, cookies, body, stream }: ChannelResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.status(status).set(headers ?? {});
  for (const cookie of cookies ?? []) response.append('set-cookie', cookie);
  if (stream !== undefined) pipeline(stream, response, () => stream.destroy());
  else if (body === undefined) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    if (!response.hasHeader('content-type')) response.type('text/plain');
    response.send(body);
  } else response.json(body);
}

const statuses: Record<BodyFault, number> = { too_large: 413, timeout: 408, encoded: 415, aborted: 400 };

function refuse(request: Request, response: Response, fault: BodyFault): void {
  lingerThenClose(request, response);
  send(response, { status: statuses[fault], body: error(fault) });
}

const linger = 1_000;

/** The rest of the body is not wanted. It is thrown away for a moment so that the client reads our answer, then the line is cut. */
function lingerThenClose(request: Request, response: Response): void {
  response.set('connection', 'close');
  response.once('finish', () => {
    request.resume();
    setTimeout(() => request.destroy(), linger).unref();
  });
}

export const error = (code: string): object => ({ error: { code } });

function kindOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown';
  const code = (fault as { code?: unknown }).code;
  return typeof code === 'string' ? code : fault.name;
}
