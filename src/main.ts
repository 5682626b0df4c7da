// Starts Sila as a process: settings, key, first account, server, and a graceful end.
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { email } from '../channels/email/index.js';
import { botframework } from '../channels/botframework/index.js';
import { messenger } from '../channels/messenger/index.js';
import { telegram } from '../channels/telegram/index.js';
import { website } from '../channels/website/index.js';
import { whatsapp } from '../channels/whatsapp/index.js';
import { whatsappWeb } from '../channels/whatsapp-web/index.js';
import { encryptionKeys, firstAccount } from './boot/keys.js';
import { openPlaces, type Places } from './boot/places.js';
import { serve, tellOfTrouble, tellStaff } from './boot/serve.js';
import { readBundle, readSettings } from './boot/settings.js';
import { printSessionCodes } from './boot/session-codes.js';
import { announce, end, inAll } from './boot/words.js';
import type { Config } from './config.js';
import { codeOf, type Log } from './conversation/log.js';
import { places } from './conversation/publish.js';
import { Texts } from './conversation/texts.js';
import { compareInThread, trainInThread } from './conversation/train.js';
import { createIds, type Ids } from './ids.js';
import { createObserver, type Observer } from './observe/observer.js';
import { EncryptionKeyError } from './privacy/encryption-key.js';
import { VaultError } from './privacy/vault-error.js';
import type { RunningServer } from './server/server.js';
import { createSila, type Bundle, type Sila, type SilaOptions } from './sila.js';
import type { RunningNotices } from './staff/notices/index.js';
import { StoreError } from './store/contract.js';

/** After this the process ends whatever is still under way; the store is safe at any moment. */
const STOP_WITHIN = 9_500;
const SWEEP_EVERY = 2_000;

await main();

async function main(): Promise<void> {
  const logger = pino({ level: 'info', base: { pid: process.pid } });
  const observer = createObserver((event, facts) => logger.info({ event, ...facts }));
  const { log } = observer;
  process.on('uncaughtException', (error) => {
    // Without message and stack: they may quote data.
    logger.fatal({ event: 'process.failed', reason: codeOf(error) });
    process.exit(1);
  });
  const config = readSettings();
  const bundle = readBundle(config.charity);
  const texts = new Texts(bundle.texts, bundle.set.languages);
  try {
    const running = await run({ config, bundle, texts, observer, ids: createIds() });
    process.once('SIGTERM', () => void stop(running, texts, log));
    process.once('SIGINT', () => void stop(running, texts, log));
  } catch (error) {
    end(...explain(error, config, texts));
  }
}

interface Start {
  config: Config;
  bundle: Bundle;
  texts: Texts;
  observer: Observer;
  ids: Ids;
}

interface Running {
  sila: Sila;
  notices: RunningNotices;
  server: RunningServer;
  opened: Places;
}

async function run(start: Start): Promise<Running> {
  const { config, bundle, texts, observer, ids } = start;
  const { log } = observer;
  // The demo's own address is known before it listens; port 0 is for tests, which ask the server.
  const publicUrl =
    config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
  const opened = await openPlaces({ config, texts, ids, log });
  const sila = await createSila({ ...opened, ...optionsOf(start, publicUrl) });
  try {
    await firstAccount(sila, config, texts, ids);
    const notices = tellStaff(sila, config, publicUrl);
    const server = await serve({ sila, config, bundle, publicUrl, ids, notices, observer, board: opened.board });
    const { publication } = sila;
    if (publication.outcome === 'refused')
      announce(texts, 'boot.flows_refused', () => ({ places: places(publication.stranded) }));
    const url = config.publicUrl ?? publicUrl.replace(/:0$/, `:${server.port}`);
    announce(texts, 'boot.ready', (language) => ({ charity: texts.render(bundle.set.charity.name, language), url }));
    void tellOfTrouble(notices, texts, log);
    printSessionCodes(sila, texts);
    log('process.ready', { port: server.port, charity: config.charity, set: bundle.set.hash, role: roleOf(config) });
    return { sila, notices, server, opened };
  } catch (error) {
    await sila.stop();
    await opened.close();
    throw error;
  }
}

function optionsOf(
  { config, bundle, texts, observer, ids }: Start,
  publicUrl: string,
): Omit<SilaOptions, 'store' | 'queue' | 'blobs'> {
  return {
    bundle,
    publicUrl,
    publishDir: join(config.dataDir, 'publish'),
    training: { dir: join(config.dataDir, 'models'), train: trainInThread, compare: compareInThread },
    encryptionKeys: (unused) => encryptionKeys(config, unused, texts),
    channels: [
      { module: website, settings: websiteSettings(config, publicUrl) },
      ...(config.telegram ? [{ module: telegram, settings: config.telegram }] : []),
      ...(config.whatsapp ? [{ module: whatsapp, settings: config.whatsapp }] : []),
      ...(config.whatsappWeb ? [{ module: whatsappWeb, settings: config.whatsappWeb }] : []),
      ...(config.messenger ? [{ module: messenger, settings: config.messenger }] : []),
      ...(config.botframework ? [{ module: botframework, settings: config.botframework }] : []),
      ...(config.email ? [{ module: email, settings: config.email }] : []),
    ],
    now: () => Date.now(),
    ids,
    random: () => Math.random(),
    observer,
    sweepEvery: SWEEP_EVERY,
  };
}

function roleOf({ scaleOut }: Config): string {
  return scaleOut?.role ?? 'both';
}

function websiteSettings(config: Config, publicUrl: string): Record<string, string> {
  return {
    PUBLIC_URL: publicUrl,
    WIDGET_ORIGINS: config.website.origins,
    DIRECTLINE_SECRET: config.website.directLineSecret,
  };
}

/** Not ready at once; what is under way is finished: requests first, for they bring work. */
async function stop({ sila, notices, server, opened }: Running, texts: Texts, log: Log): Promise<void> {
  announce(texts, 'boot.stopping');
  setTimeout(() => process.exit(1), STOP_WITHIN).unref();
  await server.stop();
  await notices.stop();
  await sila.stop();
  await opened.close();
  log('process.stopped');
  process.exit(0);
}

/** What the operator must know, and the exit code. */
function explain(error: unknown, config: Config, texts: Texts): [string, number] {
  if (error instanceof StoreError && error.code === 'in_use')
    return [inAll(texts, 'boot.in_use', () => ({ path: resolve(config.dataDir) })), 3];
  if (error instanceof StoreError && (error.code === 'moved' || error.code === 'unfinished'))
    return [inAll(texts, `boot.${error.code}`, () => ({ path: resolve(config.dataDir) })), 3];
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return [inAll(texts, 'boot.port_taken', () => ({ port: String(config.port) })), 3];
  }
  if (error instanceof Error && 'code' in error && error.code === 'redis_away')
    return [inAll(texts, 'boot.redis.away'), 3];
  if (config.scaleOut && error instanceof StoreError && error.code === 'failed')
    return [inAll(texts, 'boot.mongo_away', () => ({ reason: error.message })), 3];
  if (error instanceof StoreError || error instanceof VaultError || error instanceof EncryptionKeyError)
    return [error.message, 3];
  return [`Sila could not start (${codeOf(error)}).`, 1];
}
