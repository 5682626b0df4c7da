// Stands between a store and its MongoDB server: hears the commands, and loses what it is told to lose.
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import mongoose from 'mongoose';

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
const OP_MSG = 2013;
const HEAD = 16;
/** After the head: four bytes of flags, and the kind of the first section, which is the command. */
const COMMAND_AT = HEAD + 5;

export type Heard = Record<string, unknown>;

export interface MongoProxy {
  /** The database through the proxy. The driver may not look for other members: it would go past. */
  readonly url: string;
  /** Commands in the order of their coming; the first key is the name. */
  readonly heard: readonly Heard[];
  /** The next so many commands of this name are done, and their answers lost with the connection. */
  loseAnswers(name: string, times: number): void;
  /** The next so many commands of this name never arrive, and the connection breaks. */
  loseCommands(name: string, times: number): void;
  /** Breaks every connection and takes no new one, until it is mended. */
  cut(): void;
  /** The same as soon as a command of this name comes; that one does not arrive. */
  cutAt(name: string): void;
  readonly isCut: boolean;
  mend(): void;
  close(): Promise<void>;
}

interface Losses {
  answers: Map<string, number>;
  commands: Map<string, number>;
  /** At this command everything is cut. */
  last: string | null;
}

/** `hides`: a field that the server's answers no longer have. */
export async function mongoProxy(to: string, hides?: string): Promise<MongoProxy> {
  const { host, port, path } = partsOf(to);
  const heard: Heard[] = [];
  const losses: Losses = { answers: new Map(), commands: new Map(), last: null };
  const sockets = new Set<Socket>();
  let away = false;
  const server = createServer((client) => {
    if (away) {
      client.destroy();
      return;
    }
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) sockets.add(socket);
    join(client, upstream, { heard, losses, hides, over: (socket) => sockets.delete(socket), cut });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = () => sockets.forEach((socket) => socket.destroy());
  const cut = () => {
    away = true;
    losses.last = null;
    breakAll();
  };
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/${path}?directConnection=true`,
    heard,
    loseAnswers: (name, times) => losses.answers.set(name, times),
    loseCommands: (name, times) => losses.commands.set(name, times),
    cut,
    cutAt: (name) => {
      losses.last = name;
    },
    get isCut() {
      return away;
    },
    mend: () => {
      away = false;
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Line {
  heard: Heard[];
  losses: Losses;
  hides: string | undefined;
  over: (socket: Socket) => void;
  cut: () => void;
}

function join(client: Socket, upstream: Socket, { heard, losses, hides, over, cut }: Line): void {
  const unanswered = new Set<number>();
  const breakOff = () => [client, upstream].forEach((socket) => socket.destroy());
  for (const socket of [client, upstream]) {
    socket.on('error', breakOff);
    socket.on('close', () => {
      over(socket);
      breakOff();
    });
  }
  messagesOf(client, (message) => {
    const command = commandOf(message);
    if (command) heard.push(command);
    const [name = ''] = Object.keys(command ?? {});
    if (losses.last === name) cut();
    if (counted(losses.commands, name)) {
      breakOff();
      return;
    }
    if (counted(losses.answers, name)) unanswered.add(message.readInt32LE(4));
    if (!upstream.destroyed) upstream.write(message);
  });
  messagesOf(upstream, (message) => {
    if (unanswered.has(message.readInt32LE(8))) breakOff();
    else client.write(hides === undefined ? message : without(message, hides));
  });
}

function counted(left: Map<string, number>, name: string): boolean {
  const times = left.get(name) ?? 0;
  if (times > 0) left.set(name, times - 1);
  return times > 0;
}

function messagesOf(socket: Socket, each: (message: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= HEAD && pending.length >= pending.readInt32LE(0)) {
      const length = pending.readInt32LE(0);
      each(pending.subarray(0, length));
      pending = pending.subarray(length);
    }
  });
}

function commandOf(message: Buffer): Heard | null {
  if (message.readInt32LE(12) !== OP_MSG || message[COMMAND_AT - 1] !== 0) return null;
  const length = message.readInt32LE(COMMAND_AT);
  return mongoose.mongo.BSON.deserialize(message.subarray(COMMAND_AT, COMMAND_AT + length));
}

/** The field gets another name of the same length, so that nothing else moves. */
function without(message: Buffer, field: string): Buffer {
  const at = message.indexOf(`${field}\0`);
  if (at >= 0) message[at] = 'x'.charCodeAt(0);
  return message;
}

function partsOf(url: string): { host: string; port: number; path: string } {
  const [, host = '', port = '27017', path = ''] = /^mongodb:\/\/([^:/,]+)(?::(\d+))?[^/]*\/([^?]*)/.exec(url) ?? [];
  return { host, port: Number(port), path };
}
