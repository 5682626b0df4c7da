// WebSockets: matches upgrades to the routes that channels declare, keeps connections alive and within their caps.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Socket, SocketRoute } from '../../channels/channel.js';
import { describe, urlOf } from './client.js';
import { hangUp } from './hang-up.js';
import type { Log } from './options.js';

const caps = { frame: 16 * 1024, sockets: 10_000, unsent: 1024 * 1024, ping: 30_000 } as const;

export interface Sockets {
  count: () => number;
  /** Asks every client to come back later. */
  close: () => void;
}

export function mountSockets(server: Server, routes: readonly SocketRoute[], hops: number, log: Log): Sockets {
  // Longer frames end in close code 1009, by ws.
  const doorway = new WebSocketServer({ noServer: true, maxPayload: caps.frame, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    upgrade(request, routes, hops, doorway.clients.size)
      .then((opened) => {
        if ('status' in opened) hangUp(stream, opened.status);
        else doorway.handleUpgrade(request, stream, head, (socket) => opened(wrap(socket)));
      })
      .catch(() => {
        log('server.upgrade_failed');
        hangUp(stream, 500);
      });
  });
  const beat = setInterval(() => doorway.clients.forEach(ping), caps.ping);
  return {
    count: () => doorway.clients.size,
    close: () => {
      clearInterval(beat);
      for (const socket of doorway.clients) socket.close(1001, 'restart');
    },
  };
}

type Opened = { status: number } | ((socket: Socket) => void);

async function upgrade(
  request: IncomingMessage,
  routes: readonly SocketRoute[],
  hops: number,
  open: number,
): Promise<Opened> {
  if (open >= caps.sockets) return { status: 503 };
  const pathname = urlOf(request)?.pathname;
  if (pathname === undefined) return { status: 400 };
  for (const route of routes) {
    const params = matchPath(route.path, pathname);
    if (params !== null) return route.open({ ...describe(request, hops, params), body: Buffer.alloc(0) });
  }
  return { status: 404 };
}

/** Matches `/a/:name/b` segment by segment; null when it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const got = have[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== got) return null;
    } else if (got === '' || !/^[\w-]+$/.test(got)) return null;
    else params[part.slice(1)] = got;
  }
  return params;
}

const silent = new WeakSet<WebSocket>();

/** Who did not answer the ping before is gone. */
function ping(socket: WebSocket): void {
  if (silent.has(socket)) {
    socket.terminate();
    return;
  }
  silent.add(socket);
  socket.once('pong', () => silent.delete(socket));
  socket.ping();
}

function wrap(socket: WebSocket): Socket {
  socket.on('error', () => socket.terminate());
  // Every ping is answered: who asks without reading the answers would fill the memory.
  socket.on('ping', () => cutOffIdler(socket));
  return {
    send: (text) => {
      // A client that does not read is cut off; it comes back with its watermark and misses nothing.
      if (!cutOffIdler(socket)) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    onMessage: (listener) =>
      socket.on('message', (data: RawData, binary: boolean) => (binary ? undefined : listener(textOf(data)))),
    onClose: (listener) => socket.once('close', listener),
  };
}

/** True when it did not read for so long that it was cut off. */
function cutOffIdler(socket: WebSocket): boolean {
  const idle = socket.bufferedAmount > caps.unsent;
  if (idle) socket.terminate();
  return idle;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Uint8Array).toString('utf8');
}
