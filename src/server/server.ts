// The HTTP server: express and nothing else of ours lives here; channels and the console declare, this mounts.
import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { urlOf } from './client.js';
import { hangUp } from './hang-up.js';
import { createHealth } from './health.js';
import type { Log, RunningServer, ServerOptions } from './options.js';
import { mountPages } from './pages.js';
import { error, mountRoutes } from './routes.js';
import { baseHeaders } from './security.js';
import { mountSockets } from './sockets.js';
import type { Sockets } from './sockets.js';

export type { RunningServer, ServerOptions } from './options.js';

/** Milliseconds for requests that run; what is left of the ten seconds belongs to the turns. */
const stopWithin = 5_000;

/** Listens; rejects when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const state = { stopping: false };
  const app = express();
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 6 * 60_000, connectionsCheckingInterval: 2_000 },
    readable(app),
  );
  const routes = options.channels.flatMap((channel) => channel.sockets?.() ?? []);
  const sockets = mountSockets(server, routes, options.hops, options.observer.log);
  buildApp(app, options, state, sockets);
  server.on('clientError', refuseMalformed);
  const running = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      // While stopping, connections are not kept for another request.
      if (state.stopping) setImmediate(() => server.closeIdleConnections());
    });
  });
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => stop(server, sockets, state, running),
  };
}

function buildApp(app: Express, options: ServerOptions, state: { stopping: boolean }, sockets: Sockets): void {
  const health = createHealth(options, state, sockets.count);
  app
    .disable('x-powered-by')
    .set('trust proxy', options.hops)
    .set('query parser', 'simple')
    .set('case sensitive routing', true);
  app.use(requestId(options.newId), baseHeaders(options.publicUrl), health.measure);
  health.mount(app);
  const declared = [...options.channels.flatMap((channel) => channel.routes()), ...options.routes];
  mountRoutes(app, declared, { hops: options.hops, observer: options.observer });
  if (options.publicDir !== null) mountPages(app, options, options.publicDir);
  app.use((_request, response) => void response.status(404).json(error('not_found')));
  app.use(lastResort(options.observer.log));
}

function requestId(newId: () => string): RequestHandler {
  return (_request, response, next) => {
    response.set('x-request-id', newId());
    next();
  };
}

/** What names no path never reaches express, which would repeat it in a page of its own. */
function readable(app: Express): RequestListener {
  return (request, response) => {
    if (urlOf(request) === null) response.writeHead(400, { connection: 'close', 'content-length': 0 }).end();
    else app(request, response);
  };
}

/** Faults of the client (a path that cannot be decoded) keep their 4xx; the rest is ours. */
function lastResort(log: Log): ErrorRequestHandler {
  // Express knows a handler of errors by its four arguments.
  return (fault: unknown, _request, response, _next) => {
    const kind = fault instanceof Error ? fault.name : 'unknown';
    if (response.headersSent) {
      // Express itself would print the error, and errors may quote data.
      log('server.answer_broken', { error: kind });
      response.destroy();
      return;
    }
    const status = (fault as { status?: unknown } | null)?.status;
    const theirs = typeof status === 'number' && status >= 400 && status < 500;
    if (!theirs) log('server.request_failed', { error: kind });
    response.status(theirs ? status : 500).json(error(codes[theirs ? status : 500] ?? 'bad_request'));
  };
}

const codes: Record<number, string> = { 404: 'not_found', 500: 'internal' };

const malformed: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

function refuseMalformed(fault: Error & { code?: string }, stream: Duplex): void {
  hangUp(stream, malformed[fault.code ?? ''] ?? 400);
}

function listen(server: Server, { port, host }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function stop(
  server: Server,
  sockets: Sockets,
  state: { stopping: boolean },
  running: ReadonlySet<ServerResponse>,
): Promise<void> {
  state.stopping = true;
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  sockets.close();
  // These never end by themselves; whoever reads them comes back to another process.
  for (const response of running) if (isEventStream(response)) response.destroy();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), stopWithin);
  await closed;
  clearTimeout(late);
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}
