// What the real logger writes while strangers do their worst: whole lines of codes and ids, nothing of a person, nothing of theirs.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { startRealApp, type Clerk, type RealApp } from '../support/real-app.js';

/** Each stands somewhere else in a request; none may come out anywhere. */
const CANARY = {
  text: 'كناري-النص-٧٧',
  phone: '0551239876',
  id: '1098765432',
  file: 'تقرير-كناري.ogg',
  login: 'canary-login',
  password: 'canary-password-x9',
  search: 'كناري-البحث',
  header: 'canary-header-5512',
  path: 'canary-path-5513',
  query: 'canary-query-5514',
  client: 'canary-client-id-5515',
  inside: 'canary-inside-the-store-5516',
} as const;
const INJECTION = '\n{"level":60,"event":"forged"}\u001b[31m\r\n';

/** While set, the store fails with words of a person in its errors. */
let failing: string | null = null;
const spoilt = (store: Store): Store => spoil(store, []);

function spoil<T extends object>(target: T, path: string[]): T {
  return new Proxy(target, {
    get: (object, name) => {
      const value = Reflect.get(object, name) as unknown;
      const here = [...path, String(name)];
      if (typeof value === 'object' && value !== null) return spoil(value, here);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        failing === here.join('.')
          ? Promise.reject(new Error(`${CANARY.inside} ${CANARY.text}${INJECTION}`))
          : (value as (...all: unknown[]) => unknown).apply(object, given);
    },
  });
}

let app: RealApp;
let clerk: Clerk;
const printed: string[] = [];
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  vi.spyOn(console, 'error').mockImplementation((...words) => void printed.push(words.join(' ')));
  app = await startRealApp(spoilt);
  clerk = await app.clerk('administrator');
});
afterEach(() => {
  failing = null;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await app.stop();
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('the log', () => {
  it('says nothing of persons, passwords, words, paths and headers', async () => {
    const visitor = await app.visitor();
    for (const text of [CANARY.text, CANARY.phone, CANARY.id, `${CANARY.text}${INJECTION}`]) {
      await visitor.say({ type: 'message', text, channelData: { clientActivityID: CANARY.client } });
    }
    const form = new FormData();
    form.append('file', new Blob(['OggS voice']), CANARY.file);
    await visitor.ask('/upload', { method: 'POST', body: form });
    await visitor.say(`{"type":"message","text":"${CANARY.text}"`);
    await visitor.ask(`/${CANARY.path}${encodeURIComponent(INJECTION)}?x=${CANARY.query}`, {
      headers: {
        'user-agent': CANARY.header,
        referer: `https://x/${CANARY.header}`,
        traceparent: `00-${CANARY.header}-${CANARY.id}-01`,
        tracestate: `sila=${CANARY.header}`,
      },
    });
    await app.raw(`GET http://${CANARY.header}:99999/${CANARY.path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await app.raw(`BROKEN ${CANARY.header}\r\n\r\n`);
    const sign = { login: CANARY.login, password: CANARY.password };
    await app.ask('/api/staff/sign-in', { method: 'POST', body: sign, headers: { ...JSON_TYPE, origin: app.url } });
    await clerk.ask('/cases/search', { method: 'POST', body: { search: CANARY.search } });
    await clerk.ask(`/cases/${CANARY.phone}`);
    await clerk.ask(`/audit?subject=${CANARY.query}%0a`);
    await visitor.heard(5);
  });

  it.each([
    ['turns.accept', 503],
    ['addresses.conversationOf', 503],
    ['counters.hit', 500],
    // Accepted; the turn fails afterwards, is tried again and logged.
    ['turns.take', 200],
    ['turns.commit', 200],
  ])('neither when %s fails with words in its error, and the person hears a code', async (call, status) => {
    const visitor = await app.visitor();
    const logged = app.log.length;
    failing = call;
    const answer = await visitor.say({ type: 'message', text: CANARY.text });
    expect(answer.status).toBe(status);
    if (status !== 200) {
      expect(Object.keys(answer.body as object)).toEqual(['error']);
      expect(answer.text).not.toMatch(/canary|كناري|\n\s+at /);
    }
    await expect.poll(() => app.log.length).toBeGreaterThan(logged);
  });

  it.each(['turns.conversations', 'cases.list', 'staff.session', 'staff.audit', 'notices.list'])(
    'nor when %s fails under a member of staff',
    async (call) => {
      failing = call;
      const search = { method: 'POST', body: {} };
      const paths: Record<string, string> = { 'notices.list': '/notices', 'staff.audit': '/ratings' };
      const answer =
        call === 'cases.list'
          ? await clerk.ask('/cases/search', search)
          : await clerk.ask(paths[call] ?? '/conversations');
      expect([answer.status, answer.body]).toEqual([500, { error: { code: 'internal' } }]);
    },
  );

  it('is whole lines of known keys with plain values', () => {
    expect(app.log.length).toBeGreaterThan(8);
    for (const line of app.log) {
      expect(line.endsWith('\n') && line.indexOf('\n') === line.length - 1).toBe(true);
      const entry = JSON.parse(line) as Record<string, unknown>;
      expect(entry['event']).toMatch(/^[a-z_]+\.[a-z_]+$/);
      expect(entry['event']).not.toBe('forged');
      for (const [key, value] of Object.entries(entry)) {
        expect(key).toMatch(/^[a-zA-Z]{2,16}$/);
        expect(String(value)).toMatch(/^[\w.:/ -]{1,80}$/);
      }
    }
  });

  it('has a companion in the numbers, whose labels are codes too: no id, no phone, nothing that a stranger chose', async () => {
    await app.ask(`/v3/directline/conversations/${CANARY.path}/activities?watermark=${CANARY.query}`);
    const metrics = (await app.ask('/metrics')).text;
    const labels = [...metrics.matchAll(/(\w+)="([^"]*)"/g)];
    expect(new Set(labels.map(([, name]) => name)).size).toBeGreaterThan(8);
    for (const [, , value] of labels) {
      expect(value).toMatch(/^[\w.:/+-]{1,60}$/);
      expect(value).not.toMatch(/\d{7}|[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}/i);
    }
  });

  it('holds no canary in any dress, nor do the numbers or what is printed', async () => {
    const metrics = (await app.ask('/metrics')).text;
    const everything = [...app.log, ...printed, metrics].join('\n');
    for (const canary of Object.values(CANARY)) {
      const bytes = Buffer.from(canary);
      const dresses = [
        canary,
        bytes.toString('hex'),
        bytes.toString('base64').slice(0, -4),
        encodeURIComponent(canary),
      ];
      for (const dress of dresses) expect([canary, everything.includes(dress)]).toEqual([canary, false]);
    }
    expect(everything).not.toMatch(/\n\s+at .+:\d+:\d+/);
  });
});
