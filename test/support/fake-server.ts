// The real server around fake things, for tests of the web edge.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../channels/channel.js';
import type { FlowSet } from '../../src/engine/types.js';
import { createObserver } from '../../src/observe/observer.js';
import { startServer } from '../../src/server/server.js';
import type { RunningServer, ServerOptions } from '../../src/server/server.js';

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts on a free port with `make`'s channels; `url` is the public address. */
export async function startFakeServer(
  make: (url: string) => Channel[],
  more: Partial<ServerOptions> = {},
): Promise<RunningServer & { url: string }> {
  const port = more.port ?? (await freePort());
  const url = more.publicUrl ?? `http://127.0.0.1:${port}`;
  const running = await startServer({
    host: '127.0.0.1',
    port,
    publicUrl: url,
    hops: 0,
    widgetOrigins: [],
    publicDir: 'dist/public',
    channels: make(url),
    routes: [],
    flowSet: () => fakeSet,
    texts: {},
    observer: createObserver(() => undefined),
    readNumbers: () => Promise.resolve(),
    readiness: () => Promise.resolve({ ok: true, dependencies: {}, channels: {} }),
    newId: randomUUID,
    ...more,
  });
  return { ...running, url };
}

export const fakeSet: FlowSet = {
  version: 1,
  hash: 'fake',
  charity: {
    id: 'safe-treatment',
    name: { ar: 'جمعية العلاج الآمن', en: 'Safe Treatment Association' },
    zone: 'Asia/Riyadh',
    facts: {},
    hours: [],
    decisionMinDays: 14,
    handoffDeadline: 3_600_000,
  },
  languages: ['ar', 'en'],
  start: 'menu',
  readFirst: true,
  flows: {
    menu: {
      id: 'menu',
      title: { ar: 'القائمة', en: 'Menu' },
      steps: [
        {
          kind: 'ask',
          id: 'what',
          ask: { ar: 'كيف نخدمك؟', en: 'How can we help?' },
          class: 'public',
          answer: 'choice',
          wrong: { tries: 'any' },
          silence: { after: 86_400_000, go: 'bye' },
          choices: [
            { id: 'aid', label: { ar: 'طلب مساعدة', en: 'Ask for aid' } },
            { id: 'status', label: { ar: 'حالة طلبي', en: 'My request' } },
            { id: 'ask', label: { ar: 'لدي سؤال', en: 'I have a question' } },
            { id: 'donate', label: { ar: 'التبرع', en: 'Donate' } },
            { id: 'volunteer', label: { ar: 'التطوع', en: 'Volunteer' } },
          ],
        },
      ],
      ends: { bye: { id: 'bye' } },
    },
  },
  doors: {},
  words: {
    menu: { ar: ['القائمة'], en: ['menu'] },
    back: {},
    cancel: {},
    help: {},
    person: { ar: ['موظف'], en: ['agent'] },
    language: {},
    skip: {},
    yes: {},
    no: {},
    edit: {},
    negation: {},
    greeting: {},
    thanks: {},
    courtesy: {},
    asking: {},
    unhelpful: {},
    rest: {},
    link: {},
    code: {},
    separate: {},
    upload: {},
  },
  danger: [],
  texts: {},
  inquiries: false,
};
