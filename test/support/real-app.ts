// The whole program in this process, as main puts it together, on a loopback port and a folder of its own, its log kept for reading.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { website } from '../../channels/website/index.js';
import { codeOf } from '../../src/conversation/log.js';
import { Uploads } from '../../src/conversation/uploads.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { createIds } from '../../src/ids.js';
import { createObserver } from '../../src/observe/observer.js';
import { openEmbeddedQueue } from '../../src/queue/embedded.js';
import { startServer } from '../../src/server/server.js';
import { createUploadRoutes } from '../../src/server/upload-page.js';
import { createSila, type Sila } from '../../src/sila.js';
import { createStaffRoutes } from '../../src/staff/routes.js';
import { openSession } from '../../src/staff/sessions.js';
import type { StaffRow, Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { freePort } from './fake-server.js';
import { pack } from './pack.js';

/** A site of the charity's that may show the conversation page. */
export const PARTNER = 'https://charity.example';
export const DIRECTLINE_SECRET = 'only-for-this-test-of-ours';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Whatever JSON came; each test looks at its own part. */
  body: ReturnType<typeof JSON.parse>;
}
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** Objects go as JSON, everything else as it is. */
  body?: object | string | Buffer | FormData;
}

/** Somebody on the website. */
export interface Visitor {
  id: string;
  token: string;
  ip: string;
  /** Below the person's own conversation. */
  ask: (path: string, ask?: Ask) => Promise<Answer>;
  say: (activity: object | string) => Promise<Answer>;
  /** All that stands in the conversation, once there are `least` messages. */
  heard: (least: number) => Promise<{ text: string; from: { id: string }; channelData: { options?: unknown[] } }[]>;
}
/** Somebody at the console. */
export interface Clerk {
  row: StaffRow;
  cookie: string;
  csrf: string;
  ask: (path: string, ask?: Ask) => Promise<Answer>;
}

export interface RealApp {
  url: string;
  port: number;
  sila: Sila;
  store: Store;
  dir: string;
  /** Lines of the real logger. */
  log: string[];
  ask: (path: string, ask?: Ask) => Promise<Answer>;
  visitor: () => Promise<Visitor>;
  clerk: (role: StaffRow['role']) => Promise<Clerk>;
  /** Raw bytes over a socket of its own; the raw answer once the server closes or is quiet. */
  raw: (bytes: string | Buffer, quietMs?: number) => Promise<string>;
  stop: () => Promise<void>;
}

/** `hops` is 1: whoever asks says with X-Forwarded-For where from, as a proxy of ours would. */
export async function startRealApp(watch: (store: Store) => Store = (store) => store): Promise<RealApp> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-bad-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const observer = createObserver((event, facts) => logger.info({ event, ...facts }));
  const { log } = observer;
  const store = watch(await openEmbeddedStore({ dir }));
  const bundle = pack('safe-treatment');
  const ids = createIds();
  const now = (): number => Date.now();
  const sila = await createSila({
    store,
    queue: openEmbeddedQueue((kind, error) => log('bell.failed', { kind, reason: codeOf(error) })),
    blobs: blobsOnDisk(join(dir, 'files')),
    bundle,
    publicUrl: url,
    encryptionKeys: () => [Buffer.alloc(32, 9)],
    channels: [
      { module: website, settings: { PUBLIC_URL: url, WIDGET_ORIGINS: PARTNER, DIRECTLINE_SECRET: DIRECTLINE_SECRET } },
    ],
    now,
    ids,
    random: Math.random,
    observer,
    sweepEvery: 500,
  });
  const randomToken = (): string => randomBytes(32).toString('base64url');
  const { charity, languages } = bundle.set;
  const routes = createStaffRoutes({
    store,
    desk: sila.desk,
    articles: sila.articles,
    charity: { name: charity.name, zone: charity.zone, languages },
    publicUrl: url,
    hash: (value) => sila.house.vault.hash('staff', value),
    now,
    newId: () => ids.next(),
    randomToken,
  });
  const server = await startServer({
    host: '127.0.0.1',
    port,
    publicUrl: url,
    hops: 1,
    widgetOrigins: [PARTNER],
    publicDir: 'dist/public',
    channels: sila.channels,
    routes: [
      ...routes,
      ...createUploadRoutes({
        uploads: new Uploads(sila.house),
        texts: sila.house.texts,
        flowSet: () => bundle.set,
      }),
    ],
    flowSet: () => bundle.set,
    texts: bundle.texts,
    observer,
    readNumbers: sila.readNumbers,
    readiness: sila.readiness,
    newId: () => ids.next(),
  });
  let strangers = 0;
  const ask = (path: string, more: Ask = {}): Promise<Answer> => asked(url + path, more);
  return {
    url,
    port,
    sila,
    store,
    dir,
    log: lines,
    ask,
    raw: (bytes, quietMs = 300) => rawAnswer(port, bytes, quietMs),
    visitor: () => newVisitor(ask, url, `203.0.${Math.trunc(++strangers / 250)}.${strangers % 250}`),
    clerk: async (role) => {
      const row = await addStaff(store, ids.next(), role);
      const opened = await openSession({ store, https: false, now, randomToken }, row.id);
      return newClerk(ask, url, row, opened.cookie.split(';')[0] ?? '', opened.csrf);
    },
    stop: async () => {
      await server.stop();
      await sila.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function asked(url: string, { method = 'GET', headers = {}, body }: Ask): Promise<Answer> {
  const plain = typeof body === 'string' || Buffer.isBuffer(body) || body instanceof FormData;
  const given: RequestInit = { method, headers: { ...(plain ? {} : json(body)), ...headers } };
  if (body !== undefined)
    given.body = Buffer.isBuffer(body) ? new Uint8Array(body) : plain ? body : JSON.stringify(body);
  const response = await fetch(url, given);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

const json = (body: unknown): Record<string, string> =>
  body === undefined ? {} : { 'content-type': 'application/json' };

function parsed(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function newVisitor(ask: RealApp['ask'], origin: string, ip: string): Promise<Visitor> {
  const base = '/v3/directline';
  const from = { 'x-forwarded-for': ip };
  const given = await ask(`${base}/tokens/generate`, { method: 'POST', headers: { origin, ...from } });
  const { conversationId: id, token } = given.body as { conversationId: string; token: string };
  const own = (path: string, more: Ask = {}): Promise<Answer> =>
    ask(`${base}/conversations/${id}${path}`, {
      ...more,
      headers: { authorization: `Bearer ${token}`, ...from, ...more.headers },
    });
  return {
    id,
    token,
    ip,
    ask: own,
    say: (activity) =>
      own('/activities', { method: 'POST', body: activity, headers: { 'content-type': 'application/json' } }),
    heard: async (least) => {
      for (let tries = 0; tries < 200; tries++) {
        const { activities } = (await own('/activities')).body as { activities: Awaited<ReturnType<Visitor['heard']>> };
        if (activities.length >= least) return activities;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      throw new Error(`fewer than ${least} messages came`);
    },
  };
}

async function addStaff(store: Store, id: string, role: StaffRow['role']): Promise<StaffRow> {
  // Nobody signs in with it: the session is opened directly.
  const row = {
    id,
    login: `${role}-${id.slice(-6)}`,
    name: 'سارة',
    role,
    password: 'none',
    disabledAt: null,
    createdAt: 0,
  };
  await store.staff.add(row);
  return row;
}

function newClerk(ask: RealApp['ask'], origin: string, row: StaffRow, cookie: string, csrf: string): Clerk {
  return {
    row,
    cookie,
    csrf,
    ask: (path, more = {}) =>
      ask(`/api/staff${path}`, { ...more, headers: { cookie, 'x-sila-token': csrf, origin, ...more.headers } }),
  };
}

function rawAnswer(port: number, bytes: string | Buffer, quietMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const done = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(quietMs, done);
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', done);
    socket.on('close', done);
    socket.write(bytes);
  });
}
