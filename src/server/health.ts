// Liveness, readiness and numbers.
import { BlockList } from 'node:net';
import type { Express, Request, RequestHandler } from 'express';
import type { Readiness } from '../observe/readiness.js';
import { clientIp, isForwarded } from './client.js';
import type { ServerOptions } from './options.js';
import { error } from './routes.js';

export interface Health {
  /** Measures every request by route, method and status. */
  measure: RequestHandler;
  mount: (app: Express) => void;
}

/** `state.stopping` makes readiness fail; `sockets` counts open streams. */
export function createHealth(options: ServerOptions, state: { stopping: boolean }, sockets: () => number): Health {
  const { meter } = options.observer;
  meter.watchProcess();
  const internal = (request: Request) => isInternal(request, options.hops);
  return {
    measure: (request, response, next) => {
      const from = performance.now();
      response.once('finish', () => {
        const route = String(response.locals['route'] ?? 'other');
        const labels = { route, method: request.method, status: String(response.statusCode) };
        meter.time('sila_http_seconds', labels, performance.now() - from);
      });
      next();
    },
    mount(app) {
      app.get('/healthz', (_request, response) => void response.json({ ok: true }));
      app.get('/readyz', async (request, response) => {
        const { ok, ...more } = await readinessOf(options, state);
        response.status(ok ? 200 : 503).json(internal(request) ? { ok, ...more } : { ok });
      });
      app.get('/metrics', async (request, response) => {
        if (!internal(request)) {
          response.status(404).json(error('not_found'));
          return;
        }
        meter.show('sila_open_streams', {}, sockets());
        const [{ dependencies = {} }] = await Promise.all([readinessOf(options, state), options.readNumbers()]);
        for (const [dependency, why] of Object.entries(dependencies))
          meter.show('sila_dependency_up', { dependency }, why === null ? 1 : 0);
        response.type(meter.contentType).send(await meter.page());
      });
    },
  };
}

/** A process that stops, or cannot even say how it stands, gets no traffic. */
async function readinessOf({ readiness }: ServerOptions, { stopping }: { stopping: boolean }): Promise<Standing> {
  const found = await readiness().catch(() => ({ ok: false }));
  return stopping ? { ...found, ok: false, stopping } : found;
}

type Standing = Pick<Readiness, 'ok'> & Partial<Readiness> & { stopping?: true };

const networks = new BlockList();
networks.addSubnet('127.0.0.0', 8, 'ipv4');
networks.addSubnet('10.0.0.0', 8, 'ipv4');
networks.addSubnet('172.16.0.0', 12, 'ipv4');
networks.addSubnet('192.168.0.0', 16, 'ipv4');
networks.addAddress('::1', 'ipv6');
networks.addSubnet('fc00::', 7, 'ipv6');

/** How many cases a charity has, and what it leans on, is nobody's business outside: that goes to its own network only. */
function isInternal(request: Request, hops: number): boolean {
  // Passed on by a proxy that nobody told us of: everybody would look like that proxy.
  if (hops === 0 && isForwarded(request)) return false;
  const ip = clientIp(request, hops);
  return networks.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');
}
