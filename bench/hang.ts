/** Shows that a provider that hangs leaves the others alone: WhatsApp's answers nothing, and Telegram's p95 is measured beside it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { telegram } from '../channels/telegram/index.js';
import { whatsapp } from '../channels/whatsapp/index.js';
import { blobsOnDisk } from '../src/files/disk.js';
import { createIds } from '../src/ids.js';
import { createObserver } from '../src/observe/observer.js';
import { openEmbeddedQueue } from '../src/queue/embedded.js';
import { createSila, type Bundle, type Sila } from '../src/sila.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';

export interface HangRun {
  /** Milliseconds from a person's message to our answer at Telegram's. */
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
const LOAD = { perSecond: 10, seconds: 12, rounds: 3 } as const;
/** People on WhatsApp whose answers lie unsent already when the measuring begins. */
const BACKLOG = 1_000;
/** Milliseconds that a provider in health takes for an answer. */
const ANSWER_AFTER = 20;
const ACCOUNT = '1000000000';
const BOT = '1:bench';

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
  const heard = (chat: string): void => {
    const start = began.get(chat);
    if (start !== undefined) times.push(performance.now() - start);
    began.delete(chat);
  };
  const bot = await serve(async (path, body) => {
    if (path.endsWith('/sendMessage')) heard(chatOf(body));
    await pause(ANSWER_AFTER);
    return '{"ok":true,"result":{"message_id":1}}';
  });
  const graph = await serve(async () => {
    await (hang ? new Promise(() => undefined) : pause(ANSWER_AFTER));
    return '{"messages":[{"id":"wamid.bench"}]}';
  });
  const sila = await start(dir, bot.url, graph.url);
  if (hang) await pile(sila);
  await talk(sila, seconds * LOAD.perSecond, (chat) => began.set(chat, performance.now()));
  // What still waits has waited at least so long.
  for (const chat of [...began.keys()]) heard(chat);
  for (const { server } of [graph, bot]) server.closeAllConnections();
  await sila.stop();
  for (const { server } of [graph, bot]) server.close();
  rmSync(dir, { recursive: true, force: true });
  return { times, mostOpen: graph.mostOpen() };
}

/** New people write on both channels, one each at a time. */
async function talk(sila: Sila, count: number, starts: (chat: string) => void): Promise<void> {
  const [whatsappHost, telegramHost] = [sila.host('whatsapp'), sila.host('telegram')];
  for (let n = 1; n <= count; n++) {
    const chat = String(n);
    const message = { messageId: `m${n}`, text: 'السلام عليكم' };
    starts(chat);
    await Promise.all([
      whatsappHost.accept({ account: ACCOUNT, user: `SA.${n}`, ...message }),
      telegramHost.accept({ account: 'telegram:1', user: chat, reply: { chat }, ...message }),
    ]);
    await pause(1_000 / LOAD.perSecond);
  }
  await pause(1_000);
}

async function pile(sila: Sila): Promise<void> {
  const host = sila.host('whatsapp');
  for (let n = 0; n < BACKLOG; n++)
    await host.accept({ account: ACCOUNT, user: `SA.9${n}`, messageId: `b${n}`, text: 'السلام عليكم' });
  while (((await sila.house.store.stats())['mailbox'] ?? 0) > 0) await pause(50);
}

function chatOf(body: Buffer): string {
  const { chat_id: chat } = JSON.parse(body.toString('utf8')) as { chat_id?: string | number };
  return String(chat);
}

function start(dir: string, botUrl: string, graphUrl: string): Promise<Sila> {
  const bundle = JSON.parse(readFileSync('dist/flows/safe-treatment.json', 'utf8')) as Bundle;
  return openEmbeddedStore({ dir }).then((store) =>
    createSila({
      store,
      queue: openEmbeddedQueue(),
      blobs: blobsOnDisk(join(dir, 'files')),
      bundle,
      encryptionKeys: () => [Buffer.alloc(32, 1)],
      channels: [
        {
          module: whatsapp,
          settings: { WHATSAPP_API_URL: graphUrl, WHATSAPP_TOKEN: 'bench', WHATSAPP_PHONE_NUMBER_ID: ACCOUNT },
        },
        {
          module: telegram,
          settings: {
            TELEGRAM_BOT_TOKEN: BOT,
            TELEGRAM_MODE: 'webhook',
            TELEGRAM_WEBHOOK_SECRET: 'bench',
            TELEGRAM_API_URL: botUrl,
            PUBLIC_URL: 'https://bench.invalid',
          },
        },
      ],
      now: () => Date.now(),
      ids: createIds(),
      random: () => Math.random(),
      observer: createObserver(() => undefined),
      sweepEvery: 2_000,
    }),
  );
}

/** A provider that answers when `answer` lets it. */
async function serve(
  answer: (path: string, body: Buffer) => Promise<string>,
): Promise<{ server: Server; url: string; mostOpen: () => number }> {
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      void answer(request.url ?? '', Buffer.concat(chunks)).then((body) => {
        response.setHeader('content-type', 'application/json');
        response.end(body);
      });
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
