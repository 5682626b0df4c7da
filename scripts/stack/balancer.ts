// A small balancer in front of several processes on this machine, for trying scale-out by hand and in tests: round robin, past who is away.
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Balancer {
  port: number;
  close(): Promise<void>;
}

/** How often a process is asked whether it wants traffic; milliseconds. */
const ASK_EVERY = 500;

/** `ports`: of the processes, on loopback. Port 0 takes a free one. A process that says it is not ready is passed over while another one is. */
export async function startBalancer(port: number, ports: readonly number[]): Promise<Balancer> {
  const ring = new Ring(ports);
  const agent = new Agent({ keepAlive: true });
  const open = new Set<Duplex>();
  const server = createServer((asked, answer) => pass(ring, agent, asked, answer));
  server.on('upgrade', (asked: IncomingMessage, stream: Socket, head: Buffer) => tunnel(ring, asked, stream, head));
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const asking = setInterval(() => void ring.ask(), ASK_EVERY);
  await ring.ask();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        clearInterval(asking);
        agent.destroy();
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** The processes in turn. */
class Ring {
  private readonly ready = new Set<number>();
  private turn = 0;

  constructor(private readonly ports: readonly number[]) {}

  /** All of them, the next one first and those that are not ready last. */
  next(): number[] {
    this.turn = (this.turn + 1) % this.ports.length;
    const turned = [...this.ports.slice(this.turn), ...this.ports.slice(0, this.turn)];
    return [...turned.filter((one) => this.ready.has(one)), ...turned.filter((one) => !this.ready.has(one))];
  }

  async ask(): Promise<void> {
    await Promise.all(this.ports.map((port) => this.askOne(port)));
  }

  private async askOne(port: number): Promise<void> {
    const signal = AbortSignal.timeout(3_000);
    const fine = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (fine) this.ready.add(port);
    else this.ready.delete(port);
  }
}

function pass(ring: Ring, agent: Agent, asked: IncomingMessage, answer: ServerResponse): void {
  void whoListens(ring).then((port) => {
    if (port === null) {
      answer.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    const onward = request({ ...target(port, asked), agent }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.on('error', () => answer.destroy()).pipe(answer);
    });
    // It ended in the middle: what was asked may have been done, so whoever asked decides.
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => onward.destroy());
    asked.on('error', () => onward.destroy()).pipe(onward);
  });
}

function tunnel(ring: Ring, asked: IncomingMessage, stream: Duplex, head: Buffer): void {
  stream.on('error', () => stream.destroy());
  void whoListens(ring).then((port) => {
    if (port === null) return stream.destroy();
    const onward = connect(port, '127.0.0.1', () => {
      const lines = Object.entries(target(port, asked).headers).map(([name, value]) => `${name}: ${value}`);
      onward.write([`${asked.method ?? 'GET'} ${asked.url ?? '/'} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      onward.write(head);
      stream.pipe(onward).pipe(stream);
    });
    onward.on('error', () => stream.destroy());
    onward.on('close', () => stream.destroy());
    stream.on('close', () => onward.destroy());
  });
}

/** The first in turn that takes a connection. */
async function whoListens(ring: Ring): Promise<number | null> {
  for (const port of ring.next()) if (await listens(port)) return port;
  return null;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function target(port: number, asked: IncomingMessage): RequestOptions & { headers: Record<string, string> } {
  const from = asked.socket.remoteAddress ?? '127.0.0.1';
  const before = asked.headers['x-forwarded-for'];
  const headers = Object.fromEntries(
    Object.entries(asked.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const forwarded = before === undefined ? from : `${String(before)}, ${from}`;
  return {
    host: '127.0.0.1',
    port,
    method: asked.method,
    path: asked.url,
    headers: { ...headers, 'x-forwarded-for': forwarded },
  };
}
