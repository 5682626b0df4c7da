// Liveness, readiness and numbers.
import { BlockList } from 'node:net';
import type { Express, RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
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
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'sila_http_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const gauges = createGauges(registry);
  return {
    measure: (request, response, next) => {
      const done = seconds.startTimer();
      response.once('finish', () => {
        const route = String(response.locals['route'] ?? 'other');
        done({ route, method: request.method, status: String(response.statusCode) });
      });
      next();
    },
    mount(app) {
      app.get('/healthz', (_request, response) => void response.json({ ok: true }));
      app.get('/readyz', async (_request, response) => {
        const ready = !state.stopping && (await options.ready().catch(() => false));
        response.status(ready ? 200 : 503).json({ ok: ready });
      });
      app.get('/metrics', async (request, response) => {
        // Passed on by a proxy that nobody told us of: everybody would look like that proxy.
        const hidden = options.hops === 0 && isForwarded(request);
        if (hidden || !isInternal(clientIp(request, options.hops))) {
          response.status(404).json(error('not_found'));
          return;
        }
        gauges({ ...(await options.stats()), open_streams: sockets() });
        response.type(registry.contentType).send(await registry.metrics());
      });
    },
  };
}

/** One gauge per number, made when it is first seen. */
function createGauges(registry: Registry): (stats: Record<string, number>) => void {
  const gauges = new Map<string, Gauge>();
  return (stats) => {
    for (const [name, value] of Object.entries(stats)) {
      const clean = `sila_${name.replace(/[^a-zA-Z0-9_]/g, '_')}`;
      const gauge = gauges.get(clean) ?? new Gauge({ name: clean, help: name, registers: [registry] });
      gauges.set(clean, gauge);
      gauge.set(value);
    }
  };
}

const internal = new BlockList();
internal.addSubnet('127.0.0.0', 8, 'ipv4');
internal.addSubnet('10.0.0.0', 8, 'ipv4');
internal.addSubnet('172.16.0.0', 12, 'ipv4');
internal.addSubnet('192.168.0.0', 16, 'ipv4');
internal.addAddress('::1', 'ipv6');
internal.addSubnet('fc00::', 7, 'ipv6');

/** How many cases a charity has is nobody's business outside: numbers go to its own network only. */
function isInternal(ip: string): boolean {
  return internal.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');
}
