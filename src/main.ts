// Starts Sila as a process: settings, key, first account, server, and a graceful end.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { telegram } from '../channels/telegram/index.js';
import { website } from '../channels/website/index.js';
import { whatsapp } from '../channels/whatsapp/index.js';
import { ConfigError, readEnvironment, type Config } from './config.js';
import { codeOf, type Log } from './conversation/log.js';
import { places } from './conversation/publish.js';
import { Texts } from './conversation/texts.js';
import { compareInThread, trainInThread } from './conversation/train.js';
import { Uploads } from './conversation/uploads.js';
import { blobsOnDisk } from './files/disk.js';
import { createIds, type Ids } from './ids.js';
import { createObserver, type Observer } from './observe/observer.js';
import {
  createKeyFile,
  EncryptionKeyError,
  keyFilePath,
  parseEncryptionKeys,
  readKeyFile,
} from './privacy/encryption-key.js';
import { VaultError } from './privacy/vault-error.js';
import { openEmbeddedQueue } from './queue/embedded.js';
import { createUploadRoutes } from './server/upload-page.js';
import { startServer, type RunningServer } from './server/server.js';
import { createSila, type Bundle, type Sila } from './sila.js';
import { ADMINISTRATOR_LOGIN, ensureAdministrator } from './staff/administrator.js';
import { startNotices, type RunningNotices } from './staff/notices/index.js';
import { createStaffRoutes } from './staff/routes.js';
import { StoreError } from './store/contract.js';
import { openEmbeddedStore } from './store/embedded/open.js';

/** After this the process ends whatever is still under way; the store is safe at any moment. */
const STOP_WITHIN = 9_500;
const SWEEP_EVERY = 2_000;
const NOTICES_EVERY = 5_000;

/** dist/, beside which everything that was built lies. */
const built = resolve(import.meta.dirname, '..');

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
  const config = settings();
  const bundle = readBundle(config.charity);
  const texts = new Texts(bundle.texts, bundle.set.languages);
  try {
    const running = await run(config, bundle, texts, observer);
    process.once('SIGTERM', () => void stop(running, texts, log));
    process.once('SIGINT', () => void stop(running, texts, log));
  } catch (error) {
    end(...explain(error, config, texts));
  }
}

interface Running {
  sila: Sila;
  notices: RunningNotices;
  server: RunningServer;
}

async function run(config: Config, bundle: Bundle, texts: Texts, observer: Observer): Promise<Running> {
  const { log } = observer;
  const ids = createIds();
  // The demo's own address is known before it listens; port 0 is for tests, which ask the server.
  const publicUrl =
    config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
  const store = await openEmbeddedStore({ dir: config.dataDir });
  const sila = await createSila({
    store,
    queue: openEmbeddedQueue((kind, error) => log('bell.failed', { kind, reason: codeOf(error) })),
    blobs: blobsOnDisk(join(config.dataDir, 'files')),
    bundle,
    publicUrl,
    publishDir: join(config.dataDir, 'publish'),
    training: { dir: join(config.dataDir, 'models'), train: trainInThread, compare: compareInThread },
    encryptionKeys: (unused) => encryptionKeys(config, unused, texts),
    channels: [
      { module: website, settings: websiteSettings(config, publicUrl) },
      ...(config.telegram ? [{ module: telegram, settings: config.telegram }] : []),
      ...(config.whatsapp ? [{ module: whatsapp, settings: config.whatsapp }] : []),
    ],
    now: () => Date.now(),
    ids,
    random: () => Math.random(),
    observer,
    room: () => roomIn(config.dataDir),
    sweepEvery: SWEEP_EVERY,
  });
  try {
    await firstAccount(sila, config, texts, ids);
    const notices = tellStaff(sila, config, publicUrl);
    const server = await serve(sila, config, bundle, publicUrl, ids, notices, observer);
    const { publication } = sila;
    if (publication.outcome === 'refused')
      announce(texts, 'boot.flows_refused', () => ({ places: places(publication.stranded) }));
    const url = config.publicUrl ?? publicUrl.replace(/:0$/, `:${server.port}`);
    announce(texts, 'boot.ready', (language) => ({ charity: texts.render(bundle.set.charity.name, language), url }));
    void tellOfTrouble(notices, texts, log);
    log('process.ready', { port: server.port, charity: config.charity, set: bundle.set.hash });
    return { sila, notices, server };
  } catch (error) {
    await sila.stop();
    throw error;
  }
}

/** Beside the console: the Telegram group, e-mail and webhook that are set up. */
function tellStaff({ house, desk, channels }: Sila, config: Config, url: string): RunningNotices {
  const reachable = config.publicUrl !== null;
  return startNotices({ house, desk, channels, settings: config.notices, url, reachable, every: NOTICES_EVERY });
}

/** What was set up and does not work is said at the start, with its cure: not only when the first notice is lost. */
async function tellOfTrouble(notices: RunningNotices, texts: Texts, log: Log): Promise<void> {
  for (const { way, code } of await notices.check()) {
    announce(texts, `boot.notices.${way}`, () => ({ code }));
    log('notices.not_ready', { way, code });
  }
}

function serve(
  sila: Sila,
  config: Config,
  bundle: Bundle,
  publicUrl: string,
  ids: Ids,
  notices: RunningNotices,
  observer: Observer,
): Promise<RunningServer> {
  const { house, desk, channels } = sila;
  const staff = createStaffRoutes({
    store: house.store,
    desk,
    learning: sila.learning,
    articles: sila.articles,
    notices,
    charity: { name: bundle.set.charity.name, zone: bundle.set.charity.zone, languages: bundle.set.languages },
    publicUrl: config.publicUrl,
    hash: (value) => house.vault.hash('staff', value),
    now: house.now,
    newId: () => ids.next(),
    randomToken: () => randomBytes(32).toString('base64url'),
  });
  return startServer({
    host: config.host,
    port: config.port,
    publicUrl,
    hops: config.hops,
    widgetOrigins: config.website.origins
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    publicDir: join(built, 'public'),
    channels,
    routes: [
      ...staff,
      ...createUploadRoutes({ uploads: new Uploads(house), texts: house.texts, flowSet: () => bundle.set }),
    ],
    flowSet: () => bundle.set,
    texts: bundle.texts,
    observer,
    readNumbers: sila.readNumbers,
    readiness: sila.readiness,
    newId: () => ids.next(),
  });
}

/** Bytes that this account may still write where the data lie. */
async function roomIn(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

function websiteSettings(config: Config, publicUrl: string): Record<string, string> {
  return {
    PUBLIC_URL: publicUrl,
    WIDGET_ORIGINS: config.website.origins,
    DIRECTLINE_SECRET: config.website.directLineSecret,
  };
}

async function firstAccount({ house }: Sila, config: Config, texts: Texts, ids: Ids): Promise<void> {
  const made = await ensureAdministrator(house.store.staff, {
    ...(config.adminPassword !== null && { password: config.adminPassword }),
    makePassword: () => randomBytes(12).toString('base64url'),
    name: texts.say('boot.administrator', null),
    now: house.now(),
    newId: () => ids.next(),
  });
  const { password } = made;
  if (password !== undefined) announce(texts, 'boot.password_made', () => ({ login: ADMINISTRATOR_LOGIN, password }));
}

/** The setting, else the demo's own file; a file that is gone is never replaced while there are data under it. */
function encryptionKeys(config: Config, unused: boolean, texts: Texts): Buffer[] {
  if (config.encryptionKey !== null) return parseEncryptionKeys(config.encryptionKey);
  const path = keyFilePath(config.dataDir);
  const key = readKeyFile(config.dataDir);
  if (key) return [key];
  if (!unused) throw new EncryptionKeyError(inAll(texts, 'boot.key_missing', () => ({ path })));
  const made = createKeyFile(config.dataDir);
  announce(texts, 'boot.key_made', () => ({ path }));
  return [made];
}

async function stop({ sila, notices, server }: Running, texts: Texts, log: Log): Promise<void> {
  announce(texts, 'boot.stopping', () => ({}));
  setTimeout(() => process.exit(1), STOP_WITHIN).unref();
  await server.stop();
  await notices.stop();
  await sila.stop();
  log('process.stopped');
  process.exit(0);
}

function settings(): Config {
  try {
    const config = readEnvironment();
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    return config;
  } catch (error) {
    if (error instanceof ConfigError) end(error.message, 2);
    end(`DATA_DIR cannot be used (${codeOf(error)}): give a folder that this account may write to.`, 2);
  }
}

function readBundle(charity: string): Bundle {
  const path = join(built, 'flows', `${charity}.json`);
  if (!existsSync(path))
    end(`There is no ${path}: choose a folder of flows/charities with CHARITY, and run npm run build.`, 2);
  return JSON.parse(readFileSync(path, 'utf8')) as Bundle;
}

/** What the operator must know, and the exit code. */
function explain(error: unknown, config: Config, texts: Texts): [string, number] {
  if (error instanceof StoreError && error.code === 'in_use')
    return [inAll(texts, 'boot.in_use', () => ({ path: resolve(config.dataDir) })), 3];
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return [inAll(texts, 'boot.port_taken', () => ({ port: String(config.port) })), 3];
  }
  if (error instanceof StoreError || error instanceof VaultError || error instanceof EncryptionKeyError)
    return [error.message, 3];
  return [`Sila could not start (${codeOf(error)}).`, 1];
}

/** The text in every language of the charity, one after the other; without bidi isolates, which a copied password would take along. */
function inAll(texts: Texts, key: string, values: (language: string) => Record<string, string>): string {
  const said = texts.languages.map((language) => texts.say(key, language, values(language)));
  return said.join('\n\n').replace(/[\u2066-\u2069]/g, '');
}

function announce(texts: Texts, key: string, values: (language: string) => Record<string, string>): void {
  process.stdout.write(`\n${inAll(texts, key, values)}\n\n`);
}

function end(message: string, code: number): never {
  process.stderr.write(`\n${message}\n\n`);
  process.exit(code);
}
