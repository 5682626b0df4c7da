// Reads the environment: the only file that does. What is wrong is said all at once, each with its cure.
import { join } from 'node:path';
import { EMAIL, faultsOf, MESSENGER, shapeFaults, WHATSAPP } from './config/faults.js';
import { withSecretFiles, readSecretFile, type ReadSecret } from './config/secret-files.js';
import { shape, type Given, type Settings } from './config/shape.js';

/** The settings are wrong; the message lists every fault and its cure, and no value. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.map((fault) => `• ${fault}`).join('\n'));
    this.name = 'ConfigError';
  }
}

export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** Null: not set; then the server's own address. Without a slash at the end. */
  publicUrl: string | null;
  /** Proxies of ours in front. */
  hops: number;
  dataDir: string;
  charity: string;
  /** What several processes share; null: one process keeps everything in its folder. */
  scaleOut: ScaleOut | null;
  /** As given; null: the demo makes a key in the data folder. */
  encryptionKey: string | null;
  adminPassword: string | null;
  /** Settings of the website channel. */
  website: { origins: string; directLineSecret: string };
  /** Settings of the WhatsApp channel, by the variable's name; null: off. */
  whatsapp: Readonly<Record<string, string>> | null;
  /** The same for Messenger and Instagram. */
  messenger: Readonly<Record<string, string>> | null;
  /** The same for e-mail. */
  email: Readonly<Record<string, string>> | null;
  /** The same for the Bot Framework; without an app id it is for the emulator. */
  botframework: Readonly<Record<string, string>> | null;
  /** The same for a private WhatsApp account, through a browser. */
  whatsappWeb: Readonly<Record<string, string>> | null;
  /** The same for Telegram. */
  telegram: Readonly<Record<string, string>> | null;
  /** Where notices to staff go beside the console and the Telegram group. */
  notices: {
    mail: { url: string; from: string; to: readonly string[] } | null;
    webhook: { url: string; secret: string } | null;
  };
}

export interface ScaleOut {
  mongo: string;
  /** A server of its own, without a replica set, is good enough. */
  standalone: boolean;
  redis: string;
  role: 'web' | 'worker' | 'both';
  /** Bytes that this process may keep on disk while the store is away. */
  spool: number;
}

const GRAPH_API = 'https://graph.facebook.com/v24.0';
const BOT_API = 'https://api.telegram.org';
const CHROMIUM = '/usr/bin/chromium';
const LOGIN = 'https://login.microsoftonline.com';
const OPENID = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const SPOOL_MB = 64;
const DATA_DIR_UNSET = './data';
const CHARITY_UNSET = 'safe-treatment';

/** Throws {@link ConfigError}. Empty variables count as not set; a secret may lie in a file that `<NAME>_FILE` names. */
export function readConfig(environment: Given, readSecret: ReadSecret = readSecretFile): Config {
  const { given, faults: unread } = withSecretFiles(filled(environment), readSecret);
  const read = shape.safeParse(given);
  const faults = [...unread, ...shapeFaults(read.error), ...faultsOf(given)];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  const settings = read.data;
  const production = settings.NODE_ENV === 'production';
  return {
    production,
    host: settings.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: settings.PORT ?? 3000,
    publicUrl: settings.PUBLIC_URL ?? null,
    hops: settings.TRUST_PROXY ?? 0,
    dataDir: settings.DATA_DIR ?? DATA_DIR_UNSET,
    charity: settings.CHARITY ?? CHARITY_UNSET,
    scaleOut: scaleOutSettings(settings),
    encryptionKey: settings.ENCRYPTION_KEY ?? null,
    adminPassword: settings.STAFF_ADMIN_PASSWORD ?? null,
    website: { origins: (settings.WIDGET_ORIGINS ?? []).join(','), directLineSecret: settings.DIRECTLINE_SECRET ?? '' },
    telegram: telegramSettings(settings),
    whatsappWeb: webSettings(settings),
    whatsapp: channelSettings(settings, WHATSAPP, { WHATSAPP_API_URL: settings.WHATSAPP_API_URL ?? GRAPH_API }),
    messenger: channelSettings(settings, MESSENGER, { META_API_URL: settings.META_API_URL ?? GRAPH_API }),
    email: channelSettings(settings, EMAIL, { MAIL_AUTHSERV_ID: settings.MAIL_AUTHSERV_ID ?? '' }),
    botframework: botSettings(settings),
    notices: noticeSettings(settings),
  };
}

/** The settings of this process. */
export function readEnvironment(): Config {
  return readConfig(process.env);
}

/** Where a process keeps its data, and what opens them. */
export interface Place {
  dataDir: string;
  charity: string;
  /** Null: in the folder. */
  mongo: { url: string; allowStandalone: boolean } | null;
  /** As given. */
  encryptionKey: string | null;
}

const OF_PLACE = ['DATA_DIR', 'CHARITY', 'MONGODB_URL', 'MONGODB_STANDALONE', 'ENCRYPTION_KEY'];

/** The place of the process that these settings are for, for commands beside it; other settings are not looked at. Throws {@link ConfigError}. */
export function readPlace(): Place {
  const all = Object.entries(filled(process.env));
  const ours = all.filter(([name]) => OF_PLACE.includes(name.replace(/_FILE$/, '')));
  const { given, faults: unread } = withSecretFiles(Object.fromEntries(ours), readSecretFile);
  const read = shape.safeParse(given);
  const faults = [...unread, ...shapeFaults(read.error)];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  const { DATA_DIR, CHARITY, MONGODB_URL: url, MONGODB_STANDALONE, ENCRYPTION_KEY } = read.data;
  return {
    dataDir: DATA_DIR ?? DATA_DIR_UNSET,
    charity: CHARITY ?? CHARITY_UNSET,
    mongo: url === undefined ? null : { url, allowStandalone: MONGODB_STANDALONE !== undefined },
    encryptionKey: ENCRYPTION_KEY ?? null,
  };
}

/** Empty variables count as not set. */
function filled(environment: Given): Given {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
}

function scaleOutSettings(settings: Settings): ScaleOut | null {
  const { MONGODB_URL: mongo, REDIS_URL: redis, ROLE: role = 'both', SPOOL_MB: megabytes = SPOOL_MB } = settings;
  if (mongo === undefined || redis === undefined) return null;
  return { mongo, redis, role, standalone: settings.MONGODB_STANDALONE !== undefined, spool: megabytes * 1024 ** 2 };
}

function channelSettings(
  settings: Settings,
  needed: typeof WHATSAPP | typeof MESSENGER | typeof EMAIL,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  const set = needed.map((name) => [name, settings[name] ?? ''] as const);
  return set.every(([, value]) => value !== '') ? { ...Object.fromEntries(set), ...more } : null;
}

function webSettings(settings: Settings): Config['whatsappWeb'] {
  if (settings.WHATSAPP_WEB !== 'on') return null;
  return {
    CHROMIUM_PATH: settings.CHROMIUM_PATH ?? CHROMIUM,
    SESSION_DIR: join(settings.DATA_DIR ?? DATA_DIR_UNSET, 'whatsapp-web'),
    WHATSAPP_WEB_PAGE: settings.WHATSAPP_WEB_PAGE ?? '',
  };
}

function telegramSettings(settings: Settings): Config['telegram'] {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_MODE: mode = 'polling', PUBLIC_URL: publicUrl = '' } = settings;
  if (token === undefined) return null;
  return {
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_MODE: mode,
    TELEGRAM_WEBHOOK_SECRET: settings.TELEGRAM_WEBHOOK_SECRET ?? '',
    TELEGRAM_API_URL: settings.TELEGRAM_API_URL ?? BOT_API,
    TELEGRAM_STAFF_CHAT_ID: settings.TELEGRAM_STAFF_CHAT_ID ?? '',
    PUBLIC_URL: publicUrl,
  };
}

function botSettings(settings: Settings): Config['botframework'] {
  const { MICROSOFT_APP_ID: id = '', BOT_FRAMEWORK: on } = settings;
  if (id === '' && on === undefined) return null;
  return {
    MICROSOFT_APP_ID: id,
    MICROSOFT_APP_PASSWORD: settings.MICROSOFT_APP_PASSWORD ?? '',
    MICROSOFT_APP_TENANT_ID: settings.MICROSOFT_APP_TENANT_ID ?? '',
    MICROSOFT_LOGIN_URL: settings.MICROSOFT_LOGIN_URL ?? LOGIN,
    MICROSOFT_OPENID_URL: settings.MICROSOFT_OPENID_URL ?? OPENID,
  };
}

function noticeSettings(settings: Settings): Config['notices'] {
  const { SMTP_URL: server, MAIL_FROM: from, STAFF_NOTIFY_EMAIL: to } = settings;
  const { STAFF_WEBHOOK_URL: hook, STAFF_WEBHOOK_SECRET: secret } = settings;
  return {
    mail: server !== undefined && from !== undefined && to ? { url: server, from, to } : null,
    webhook: hook !== undefined && secret !== undefined ? { url: hook, secret } : null,
  };
}
