/** Shows that a provider that hangs leaves the others alone: WhatsApp's answers nothing, and the other channel's p95 is measured beside it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelModule } from '../channels/channel.js';
import { call } from '../channels/common/http-client.js';
import { whatsapp } from '../channels/whatsapp/index.js';
import { createIds } from '../src/ids.js';
import { openEmbeddedQueue } from '../src/queue/embedded.js';
import { createSila, type Bundle, type Sila } from '../src/sila.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';

export interface HangRun {
  /** Milliseconds from a person's message to our answer at the other provider. */
  fine: Times;
  hanging: Times;
  /** How much the p95 moved. */
  moved: number;
  /** Messages that stood open at the hanging provider at once, at most. */
  mostOpen: number;
}
interface Times {
  p50: number;
  p95: number;
  count: number;
}

/** Messages a second to each channel, each of a new person; seconds of one round; rounds of each kind, one after the other in turn. */
const LOAD = { perSecond: 15, seconds: 12, rounds: 3 } as const;
/** Milliseconds that the quick provider takes for an answer. */
const ANSWER_AFTER = 20;
const ACCOUNT = '1000000000';

export async function measureHang(): Promise<HangRun> {
  const fine: number[][] = [];
  const hanging: number[][] = [];
  let mostOpen = 0;
  // Code is compiled and caches are warm before anything counts.
  await round(false, 4);
  for (let n = 0; n < LOAD.rounds; n++) {
    fine.push((await round(false, LOAD.seconds)).times);
    const hung = await round(true, LOAD.seconds);
    hanging.push(hung.times);
    mostOpen = Math.max(mostOpen, hung.mostOpen);
  }
  const [before, after] = [medianRound(fine), medianRound(hanging)];
  return { fine: before, hanging: after, moved: after.p95 - before.p95, mostOpen };
}

/** One Sila in a folder of its own, both channels under load. */
async function round(hang: boolean, seconds: number): Promise<{ times: number[]; mostOpen: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-hang-'));
  const began = new Map<string, number>();
  const times: number[] = [];
  const quick = await serve((to) => {
    const start = began.get(to);
    if (start !== undefined) times.push(performance.now() - start);
    began.delete(to);
    return pause(ANSWER_AFTER);
  });
  const slow = await serve(() => (hang ? new Promise(() => undefined) : pause(ANSWER_AFTER)));
  const sila = await start(dir, quick.url, slow.url);
  const [there, here] = [sila.host('whatsapp'), sila.host('quick')];
  for (let n = 0; n < seconds * LOAD.perSecond; n++) {
    const message = { messageId: `m${n}`, text: 'السلام عليكم' };
    began.set(`p${n}`, performance.now());
    void there.accept({ account: ACCOUNT, user: `SA.${n}`, ...message });
    void here.accept({ account: 'quick', user: `p${n}`, ...message });
    await pause(1_000 / LOAD.perSecond);
  }
  await pause(1_000);
  // What still waits has waited at least so long.
  for (const start of began.values()) times.push(performance.now() - start);
  slow.server.closeAllConnections();
  quick.server.closeAllConnections();
  await sila.stop();
  for (const { server } of [slow, quick]) server.close();
  rmSync(dir, { recursive: true, force: true });
  return { times, mostOpen: slow.mostOpen() };
}

function start(dir: string, quickUrl: string, slowUrl: string): Promise<Sila> {
  const bundle = JSON.parse(readFileSync('dist/flows/safe-treatment.json', 'utf8')) as Bundle;
  return openEmbeddedStore({ dir }).then((store) =>
    createSila({
      store,
      queue: openEmbeddedQueue(),
      filesDir: join(dir, 'files'),
      bundle,
      encryptionKeys: () => [Buffer.alloc(32, 1)],
      channels: [
        {
          module: whatsapp,
          settings: { WHATSAPP_API_URL: slowUrl, WHATSAPP_TOKEN: 'bench', WHATSAPP_PHONE_NUMBER_ID: ACCOUNT },
        },
        { module: quickChannel, settings: { URL: quickUrl } },
      ],
      now: () => Date.now(),
      ids: createIds(),
      random: () => Math.random(),
      log: () => undefined,
      sweepEvery: 2_000,
    }),
  );
}

/** A channel without rules of its own: whatever it is given goes out over HTTP. */
const quickChannel: ChannelModule = {
  limits: {
    channel: 'quick',
    text: 4_096,
    buttons: null,
    list: null,
    replyWindow: null,
    fileBytes: 1,
  },
  create: (_host, settings) => ({
    name: 'quick',
    limits: quickChannel.limits,
    routes: () => [],
    send: async ({ user }) => {
      const answer = await call(`${settings['URL'] ?? ''}/${user}`, { method: 'POST', timeout: 5_000, most: 1_000 });
      if (answer.ok) return { result: 'sent' };
      const error = { code: 'network', retry: true, slow: 'message', tellStaff: false, optOut: false } as const;
      return { result: 'error', error };
    },
  }),
};

/** A provider that takes a message when `answer` lets it. */
async function serve(
  answer: (to: string) => Promise<unknown>,
): Promise<{ server: Server; url: string; mostOpen: () => number }> {
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    request.resume();
    void answer((request.url ?? '').slice(1)).then(() => {
      response.setHeader('content-type', 'application/json');
      response.end('{"messages":[{"id":"wamid.bench"}]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, mostOpen: () => most };
}

/** The round whose p95 is the middle one: a noisy moment of the machine is not the provider's doing. */
function medianRound(rounds: readonly number[][]): Times {
  const all = rounds.map((times) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95), count: times.length }));
  all.sort((a, b) => a.p95 - b.p95);
  return all[Math.floor(all.length / 2)] ?? { p50: NaN, p95: NaN, count: 0 };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
