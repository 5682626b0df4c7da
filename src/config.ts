// Reads the environment: the only file that does. What is wrong is said all at once, each with its cure.
import { z } from 'zod';

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
  /** As given; null: the demo makes a key in the data folder. */
  encryptionKey: string | null;
  adminPassword: string | null;
  /** Settings of the website channel. */
  website: { origins: string; directLineSecret: string };
  /** Settings of the WhatsApp channel, by the variable's name; null: off. */
  whatsapp: Readonly<Record<string, string>> | null;
  /** The same for Telegram. */
  telegram: Readonly<Record<string, string>> | null;
  /** Where notices to staff go beside the console and the Telegram group. */
  notices: {
    mail: { url: string; from: string; to: readonly string[] } | null;
    webhook: { url: string; secret: string } | null;
  };
}

const text = z.string().trim();
const url = text
  .regex(/^https?:\/\/[^\s/]+$/)
  .refine(isOrigin)
  .transform((given) => new URL(given).origin);

const shape = z.object({
  NODE_ENV: text.optional(),
  PORT: text
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .optional(),
  HOST: text.optional(),
  PUBLIC_URL: text
    .transform((given) => given.replace(/\/+$/, ''))
    .pipe(url)
    .optional(),
  TRUST_PROXY: text.regex(/^\d$/).transform(Number).optional(),
  DATA_DIR: text.optional(),
  CHARITY: text.regex(/^[a-z0-9][a-z0-9-]*$/).optional(),
  ROLE: z.literal('both').optional(),
  MONGODB_URL: z.undefined().optional(),
  REDIS_URL: z.undefined().optional(),
  ENCRYPTION_KEY: text.optional(),
  STAFF_ADMIN_PASSWORD: text.min(12).optional(),
  WIDGET_ORIGINS: text.transform(splitList).pipe(z.array(url)).optional(),
  WIDGET_IDENTITY_SECRET: text.min(16).optional(),
  DIRECTLINE_SECRET: text.min(16).optional(),
  WHATSAPP_PHONE_NUMBER_ID: text.regex(/^\d{1,32}( *, *\d{1,32})*$/).optional(),
  WHATSAPP_TOKEN: text.regex(/^[\x21-\x7e]{16,}$/).optional(),
  WHATSAPP_APP_SECRET: text.regex(/^[\x21-\x7e]{16,}( *, *[\x21-\x7e]{16,})*$/).optional(),
  WHATSAPP_VERIFY_TOKEN: text.min(16).optional(),
  WHATSAPP_API_URL: text.regex(/^https?:\/\/[^\s?#]+$/).optional(),
  TELEGRAM_BOT_TOKEN: text.regex(/^\d{3,20}:[\w-]{30,}$/).optional(),
  TELEGRAM_MODE: z.enum(['polling', 'webhook']).optional(),
  TELEGRAM_WEBHOOK_SECRET: text.regex(/^[\w-]{16,256}( *, *[\w-]{16,256})*$/).optional(),
  TELEGRAM_API_URL: text.regex(/^https?:\/\/[^\s?#]+$/).optional(),
  TELEGRAM_STAFF_CHAT_ID: text.regex(/^-\d{1,20}$/).optional(),
  SMTP_URL: text
    .regex(/^smtps?:\/\/[^\s/]+\/?$/)
    .refine((given) => URL.canParse(given))
    .optional(),
  MAIL_FROM: text.regex(/^([^<>@\r\n]{1,100}<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/).optional(),
  STAFF_NOTIFY_EMAIL: text.transform(splitList).pipe(z.array(z.email()).min(1)).optional(),
  STAFF_WEBHOOK_URL: text
    .regex(/^https?:\/\/[^\s#]+$/)
    .refine((given) => URL.canParse(given))
    .optional(),
  STAFF_WEBHOOK_SECRET: text.regex(/^whsec_(?=.{32,})[A-Za-z0-9+/]+={0,2}$/).optional(),
});

/** What to do about a variable that is not as it should be. */
const CURES: Readonly<Record<keyof z.infer<typeof shape>, string>> = {
  NODE_ENV: 'leave it out, or set it to production.',
  PORT: 'give a number from 0 to 65535, e.g. 3000.',
  HOST: 'give an address to listen on, e.g. 127.0.0.1 or 0.0.0.0.',
  PUBLIC_URL: 'give the address where people reach the service, without a path, e.g. https://chat.example.org.',
  TRUST_PROXY: 'give the number of your own proxies in front, 0 to 9.',
  DATA_DIR: 'give a folder.',
  CHARITY: 'give the name of a folder in flows/charities, e.g. safe-treatment.',
  ROLE: 'one process does both; leave it out.',
  MONGODB_URL: 'this version keeps its data in DATA_DIR; leave it out.',
  REDIS_URL: 'this version needs no Redis; leave it out.',
  ENCRYPTION_KEY: 'give 32 bytes in base64, e.g. from: openssl rand -base64 32',
  STAFF_ADMIN_PASSWORD: 'give at least 12 characters that nobody can guess.',
  WIDGET_ORIGINS: 'give origins separated by commas, e.g. https://www.example.org.',
  WIDGET_IDENTITY_SECRET: 'give at least 16 random characters, e.g. from: openssl rand -base64 32',
  DIRECTLINE_SECRET: 'give at least 16 random characters, e.g. from: openssl rand -base64 32',
  WHATSAPP_PHONE_NUMBER_ID:
    'give the phone number id of WhatsApp Manager (digits, not the number); several with commas.',
  WHATSAPP_TOKEN: "give the permanent token of the app's system user.",
  WHATSAPP_APP_SECRET: 'give the app secret of App settings, Basic; a comma list while it is being replaced.',
  WHATSAPP_VERIFY_TOKEN: 'give at least 16 random characters, and the same ones at Meta where the webhook is set.',
  WHATSAPP_API_URL: 'give the address of the Graph API with its version, e.g. https://graph.facebook.com/v24.0.',
  TELEGRAM_BOT_TOKEN: 'give the token that @BotFather gave for the bot.',
  TELEGRAM_MODE: 'leave it out (polling), or set it to webhook.',
  TELEGRAM_WEBHOOK_SECRET:
    'give 16 to 256 random letters, digits, _ or -, e.g. from: openssl rand -hex 32; a comma list while it is being replaced.',
  TELEGRAM_API_URL: 'give the address of the Bot API, e.g. https://api.telegram.org.',
  TELEGRAM_STAFF_CHAT_ID:
    'give the id of the staff group: it is negative, e.g. -1001234567890; the bot must be a member.',
  SMTP_URL: 'give the mail server, e.g. smtps://user:password@mail.example.org (signs like @ in the password as %40).',
  MAIL_FROM: 'give the address that e-mails come from, e.g. Sila <sila@example.org>.',
  STAFF_NOTIFY_EMAIL: 'give the addresses that notices go to, separated by commas.',
  STAFF_WEBHOOK_URL: 'give the address that notices are posted to, e.g. https://hooks.example.org/sila.',
  STAFF_WEBHOOK_SECRET:
    'give whsec_ and at least 24 random bytes in base64, e.g. from: echo whsec_$(openssl rand -base64 32)',
};

const SECRETS = [
  'ENCRYPTION_KEY',
  'STAFF_ADMIN_PASSWORD',
  'WIDGET_IDENTITY_SECRET',
  'DIRECTLINE_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'STAFF_WEBHOOK_SECRET',
] as const;
/** A channel is on when all of these are there; some of them alone are a fault. */
const WHATSAPP = [
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
] as const;
/** The same for the ways out to staff. */
const MAIL = ['SMTP_URL', 'MAIL_FROM', 'STAFF_NOTIFY_EMAIL'] as const;
const WEBHOOK = ['STAFF_WEBHOOK_URL', 'STAFF_WEBHOOK_SECRET'] as const;
const GRAPH_API = 'https://graph.facebook.com/v24.0';
const BOT_API = 'https://api.telegram.org';
/** Without these a real installation would stand open. */
const NEEDED_IN_PRODUCTION = ['PUBLIC_URL', 'ENCRYPTION_KEY', 'STAFF_ADMIN_PASSWORD'] as const;
const WELL_KNOWN = /change.?me|default|example|secret|password|admin|test|1234|qwerty|(.)\1{5}/i;

/** Throws {@link ConfigError}. Empty variables count as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const read = shape.safeParse(given);
  const production = given.NODE_ENV === 'production';
  const faults = [
    ...shapeFaults(read.error),
    ...[WHATSAPP, MAIL, WEBHOOK].flatMap((needed) => halfSetFaults(given, needed)),
    ...telegramFaults(given),
    ...(production ? productionFaults(given) : []),
  ];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  const settings = read.data;
  return {
    production,
    host: settings.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: settings.PORT ?? 3000,
    publicUrl: settings.PUBLIC_URL ?? null,
    hops: settings.TRUST_PROXY ?? 0,
    dataDir: settings.DATA_DIR ?? './data',
    charity: settings.CHARITY ?? 'safe-treatment',
    encryptionKey: settings.ENCRYPTION_KEY ?? null,
    adminPassword: settings.STAFF_ADMIN_PASSWORD ?? null,
    website: { origins: (settings.WIDGET_ORIGINS ?? []).join(','), directLineSecret: settings.DIRECTLINE_SECRET ?? '' },
    telegram: telegramSettings(settings),
    whatsapp: channelSettings(settings, WHATSAPP, { WHATSAPP_API_URL: settings.WHATSAPP_API_URL ?? GRAPH_API }),
    notices: noticeSettings(settings),
  };
}

/** The settings of this process. */
export function readEnvironment(): Config {
  return readConfig(process.env);
}

/** The folder and the charity of the process that these settings are for, for commands beside it. */
export function readPlace(): Pick<Config, 'dataDir' | 'charity'> {
  const { DATA_DIR, CHARITY } = process.env;
  return readConfig({ DATA_DIR, CHARITY });
}

/** Nothing beside scheme, host and port, and no wildcard: the text goes into headers that say who may frame the conversation page. */
function isOrigin(given: string): boolean {
  if (!URL.canParse(given)) return false;
  const { host, username, password, pathname, search, hash } = new URL(given);
  return /^[a-z0-9.[\]:-]+$/.test(host) && username + password + search + hash === '' && pathname === '/';
}

function shapeFaults(error: z.ZodError | undefined): string[] {
  const names = new Set((error?.issues ?? []).map(({ path }) => String(path[0]) as keyof typeof CURES));
  return [...names].map((name) => `${name} is not usable: ${CURES[name]}`);
}

type Given = Readonly<Record<string, string | undefined>>;

function channelSettings(
  settings: z.infer<typeof shape>,
  needed: typeof WHATSAPP,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  const set = needed.map((name) => [name, settings[name] ?? ''] as const);
  return set.every(([, value]) => value !== '') ? { ...Object.fromEntries(set), ...more } : null;
}

function telegramSettings(settings: z.infer<typeof shape>): Config['telegram'] {
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

/** Polling needs nothing but the token; a webhook needs a place to come to, and something to be known by. */
function telegramFaults(given: Given): string[] {
  if (given.TELEGRAM_BOT_TOKEN === undefined) {
    const alone = [given.TELEGRAM_WEBHOOK_SECRET, given.TELEGRAM_MODE, given.TELEGRAM_STAFF_CHAT_ID].some(
      (one) => one !== undefined,
    );
    return alone ? [`TELEGRAM_BOT_TOKEN is missing, but Telegram is set up: ${CURES.TELEGRAM_BOT_TOKEN}`] : [];
  }
  if (given.TELEGRAM_MODE !== 'webhook') return [];
  const missing = (['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'] as const).filter((name) => given[name] === undefined);
  return missing.map((name) => `${name} is missing, and TELEGRAM_MODE is webhook: ${CURES[name]}`);
}

function noticeSettings(settings: z.infer<typeof shape>): Config['notices'] {
  const { SMTP_URL: server, MAIL_FROM: from, STAFF_NOTIFY_EMAIL: to } = settings;
  const { STAFF_WEBHOOK_URL: hook, STAFF_WEBHOOK_SECRET: secret } = settings;
  return {
    mail: server !== undefined && from !== undefined && to ? { url: server, from, to } : null,
    webhook: hook !== undefined && secret !== undefined ? { url: hook, secret } : null,
  };
}

function halfSetFaults(given: Given, needed: readonly (keyof typeof CURES)[]): string[] {
  const missing = needed.filter((name) => given[name] === undefined);
  if (missing.length === needed.length) return [];
  const set = needed.filter((name) => given[name] !== undefined).join(', ');
  return missing.map((name) => `${name} is missing, but ${set} is set: ${CURES[name]}`);
}

function productionFaults(given: Given): string[] {
  const missing = NEEDED_IN_PRODUCTION.filter((name) => given[name] === undefined);
  const set = SECRETS.filter((name) => given[name] !== undefined);
  const known = set.filter((name) => name !== 'ENCRYPTION_KEY' && WELL_KNOWN.test(given[name] ?? ''));
  const twice = set.filter((name) => set.some((other) => other !== name && given[other] === given[name]));
  return [
    ...missing.map((name) => `${name} is missing, and NODE_ENV is production: ${CURES[name]}`),
    ...known.map((name) => `${name} can be guessed: ${CURES[name]}`),
    ...twice.map((name) => `${name} is used for something else too: every secret must be its own.`),
  ];
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
