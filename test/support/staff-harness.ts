// Calls the staff API's handlers as the server would, over a small store in memory and the desk in memory.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ChannelResponse, Route } from '../../channels/channel.js';
import { hashPassword } from '../../src/staff/passwords.js';
import type { SessionDesk } from '../../src/conversation/session-types.js';
import { StaffLinks } from '../../src/staff/notices/links.js';
import { createStaffRoutes } from '../../src/staff/routes.js';
import type { AuditEntry, Counters, StaffLink, StaffRow, StaffSession, StaffStore } from '../../src/store/contract.js';
import { STAFF, uuid } from './fake-data.js';
import { createFakeDesk } from './fake-desk.js';
import type { FakeDesk } from './fake-desk.js';
import { createFakeArticles, type FakeArticles } from './fake-articles.js';
import { createFakeLearning, type FakeLearning } from './fake-learning.js';

export const PASSWORD = 'كلمة مرور طويلة 12';
/** Cheap hashes: what is tested is the use of them. */
const CHEAP = { logN: 4, r: 8, p: 1 };

export interface Reply {
  status: number;
  headers: Record<string, string>;
  cookies: readonly string[];
  body: ReturnType<typeof JSON.parse>;
  raw: ChannelResponse['body'];
  stream: Readable | undefined;
}
export interface Ask {
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  ip?: string;
  /** Raw bytes instead of a JSON body. */
  bytes?: Buffer;
}
/** A browser: keeps the cookie and the token. */
export interface Browser {
  cookie: string;
  token: string;
  get(path: string, ask?: Ask): Promise<Reply>;
  post(path: string, body?: unknown, ask?: Ask): Promise<Reply>;
  signIn(login: string, password?: string, ask?: Ask): Promise<Reply>;
}
export interface Harness {
  clock: { now: number };
  desk: FakeDesk;
  learning: FakeLearning;
  articles: FakeArticles;
  staff: StaffStore;
  audit: AuditEntry[];
  links: StaffLinks;
  routes: Route[];
  /** Makes the sign-in limits forget. */
  forgetTries: () => void;
  browser(): Browser;
  /** A browser in which this member of staff is signed in. */
  as(login: 'admin' | 'hind' | 'salem'): Promise<Browser>;
}

/** The clock stands still until a test moves it; `ticking` takes the machine's. */
export async function harness(
  publicUrl: string | null = 'https://staff.example',
  ticking = false,
  queues = false,
  sessions?: SessionDesk,
): Promise<Harness> {
  const clock: { now: number } = ticking ? machineClock : { now: Date.UTC(2026, 10, 22, 7, 0, 0) };
  const desk = createFakeDesk(() => clock.now);
  const learning = createFakeLearning();
  const articles = createFakeArticles();
  const counters = memoryCounters();
  const memory = memoryStaff(await rows(clock.now));
  let made = 0;
  const hash = (value: string) => createHmac('sha256', 'key of a test').update(value).digest('hex');
  const store = { staff: memory.store, counters: counters.store };
  const links = new StaffLinks({ store, key: Buffer.alloc(32, 5), hash, now: () => clock.now });
  const routes = createStaffRoutes({
    store,
    desk,
    learning,
    articles,
    notices: { links, channels: [{ name: 'telegram', bot: () => Promise.resolve('sila_test_bot') }] },
    charity: {
      name: { ar: 'جمعية العلاج الآمن', en: 'Safe Treatment Charity' },
      zone: 'Asia/Riyadh',
      languages: ['ar', 'en'],
    },
    queues,
    ...(sessions && { sessions }),
    publicUrl,
    hash,
    now: () => clock.now,
    newId: () => uuid(10_000 + ++made),
    randomToken: () => randomBytes(32).toString('base64url'),
  });
  const browser = () => newBrowser(routes);
  const as = async (login: string) => {
    const one = browser();
    const reply = await one.signIn(login, PASSWORD, { ip: `10.9.${made}.${login.length}` });
    if (reply.status !== 200) throw new Error(`sign-in of ${login}: ${reply.status}`);
    return one;
  };
  return {
    clock,
    desk,
    learning,
    articles,
    links,
    staff: memory.store,
    audit: memory.trail,
    routes,
    forgetTries: counters.forget,
    browser,
    as,
  };
}

const machineClock = {
  get now() {
    return Date.now();
  },
};

/** Finds the route and calls it: parameters as Express 5 would give them. */
export async function call(routes: Route[], method: string, path: string, ask: Ask = {}): Promise<Reply> {
  const full = `/api/staff${path}`;
  for (const route of routes) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const found = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(full);
    if (route.method !== method || found === null) continue;
    const params = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]));
    const body = ask.bytes ?? Buffer.from(ask.body === undefined ? '' : JSON.stringify(ask.body));
    const headers = { host: 'staff.example', 'content-type': 'application/json', ...ask.headers };
    const response = await route.handle({
      method,
      path: full,
      params,
      query: ask.query ?? {},
      headers,
      ip: ask.ip ?? '198.51.100.7',
      body,
    });
    return shown(response);
  }
  throw new Error(`no route for ${method} ${full}`);
}

function shown(response: ChannelResponse): Reply {
  const { status, headers = {}, cookies = [], body: raw, stream } = response;
  const json = typeof raw === 'object' && !Buffer.isBuffer(raw) ? JSON.parse(JSON.stringify(raw)) : null;
  return { status, headers, cookies, body: json, raw, stream };
}

function newBrowser(routes: Route[]): Browser {
  const keep = (reply: Reply) => {
    const set = reply.headers['set-cookie'];
    if (set !== undefined) browser.cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '');
    const token = reply.body?.me?.token as string | undefined;
    if (token !== undefined) browser.token = token;
    return reply;
  };
  const withHeaders = (ask: Ask = {}): Ask => ({
    ...ask,
    headers: { cookie: browser.cookie, origin: 'https://staff.example', 'x-sila-token': browser.token, ...ask.headers },
  });
  const browser: Browser = {
    cookie: '',
    token: '',
    get: async (path, ask) => keep(await call(routes, 'GET', path, withHeaders(ask))),
    post: async (path, body = {}, ask = {}) => keep(await call(routes, 'POST', path, withHeaders({ body, ...ask }))),
    signIn: (login, password = PASSWORD, ask = {}) => browser.post('/sign-in', { login, password }, ask),
  };
  return browser;
}

async function rows(now: number): Promise<StaffRow[]> {
  const password = await hashPassword(PASSWORD, CHEAP);
  const row = (
    id: string,
    login: string,
    name: string,
    role: StaffRow['role'],
    disabledAt: number | null = null,
  ): StaffRow => ({
    id,
    login,
    name,
    role,
    password,
    disabledAt,
    createdAt: now - 86_400_000 * 90,
  });
  return [
    row(STAFF.admin, 'admin', 'مدير النظام', 'administrator'),
    row(STAFF.researcher, 'hind', 'هند العنزي', 'researcher'),
    row(STAFF.reception, 'salem', 'سالم باوزير', 'reception'),
    row(STAFF.former, 'former', 'موظف سابق', 'researcher', now - 86_400_000),
  ];
}

function memoryStaff(staff: StaffRow[]): { store: StaffStore; trail: AuditEntry[] } {
  const sessions = new Map<string, StaffSession>();
  const trail: AuditEntry[] = [];
  const links = new Map<string, StaffLink>();
  const patch = (id: string, change: Partial<StaffRow>) => {
    const row = staff.find((one) => one.id === id);
    if (row !== undefined) Object.assign(row, change);
    return Promise.resolve();
  };
  const chain = (before: string, { at, staff: who, act, subject }: Omit<AuditEntry, 'hash'>) =>
    createHash('sha256')
      .update(JSON.stringify([before, at, who, act, subject]))
      .digest('hex');
  const store: StaffStore = {
    add: (row) => {
      if (staff.some((one) => one.login === row.login)) return Promise.resolve(false);
      staff.push(row);
      return Promise.resolve(true);
    },
    byLogin: (login) => Promise.resolve(copy(staff.find((one) => one.login === login))),
    byId: (id) => Promise.resolve(copy(staff.find((one) => one.id === id))),
    all: () => Promise.resolve(structuredClone(staff)),
    setPassword: (id, password) => patch(id, { password }),
    setDisabled: (id, disabledAt) => patch(id, { disabledAt }),
    addSession: (session) => Promise.resolve(void sessions.set(session.tokenHash, session)),
    session: (hash, now) => {
      const found = sessions.get(hash);
      return Promise.resolve(found !== undefined && found.expiresAt > now ? structuredClone(found) : null);
    },
    endSession: (hash) => Promise.resolve(void sessions.delete(hash)),
    endSessionsOf: (id) => {
      for (const [hash, session] of sessions) if (session.staff === id) sessions.delete(hash);
      return Promise.resolve();
    },
    audit: (entry) => Promise.resolve(void trail.push({ ...entry, hash: chain(trail.at(-1)?.hash ?? '', entry) })),
    auditTrail: ({ subject, limit }) =>
      Promise.resolve(
        trail
          .filter((one) => subject === undefined || one.subject === subject)
          .toReversed()
          .slice(0, limit),
      ),
    link: (link) => Promise.resolve(void links.set(link.key, link)),
    linked: (key) => Promise.resolve(links.get(key) ?? null),
    linksOf: (id) => Promise.resolve([...links.values()].filter((one) => one.staff === id)),
    unlink: (id, channel) => {
      for (const [key, one] of links) if (one.staff === id && one.channel === channel) links.delete(key);
      return Promise.resolve();
    },
    verifyAudit: () => Promise.resolve(trail.findIndex((one, i) => one.hash !== chain(trail[i - 1]?.hash ?? '', one))),
  };
  return { store, trail };
}

function memoryCounters(): { store: Pick<Counters, 'hit'>; forget: () => void } {
  const counters = new Map<string, { until: number; count: number }>();
  const hit: Counters['hit'] = (key, windowMs, now) => {
    const standing = counters.get(key);
    const one = standing !== undefined && standing.until > now ? standing : { until: now + windowMs, count: 0 };
    one.count += 1;
    counters.set(key, one);
    return Promise.resolve(one.count);
  };
  return { store: { hit }, forget: () => counters.clear() };
}

function copy(row: StaffRow | undefined): StaffRow | null {
  return row === undefined ? null : structuredClone(row);
}
