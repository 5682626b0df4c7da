// What is wrong with the settings, one line for each fault with its cure, and no value.
import type { z } from 'zod';
import { CURES } from './cures.js';
import type { Given, Settings } from './shape.js';

const SECRETS = [
  'ENCRYPTION_KEY',
  'STAFF_ADMIN_PASSWORD',
  'WIDGET_IDENTITY_SECRET',
  'DIRECTLINE_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'META_VERIFY_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'STAFF_WEBHOOK_SECRET',
] as const;
/** A channel is on when all of these are there; some of them alone are a fault. */
export const WHATSAPP = [
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
] as const;
export const MESSENGER = ['MESSENGER_PAGE_TOKEN', 'META_APP_SECRET', 'META_VERIFY_TOKEN'] as const;
export const EMAIL = ['IMAP_URL', 'SMTP_URL', 'MAIL_FROM'] as const;
/** The same for the ways out to staff. */
const MAIL = ['SMTP_URL', 'MAIL_FROM', 'STAFF_NOTIFY_EMAIL'] as const;
const WEBHOOK = ['STAFF_WEBHOOK_URL', 'STAFF_WEBHOOK_SECRET'] as const;
/** And for the servers of several processes. */
const SERVERS = ['MONGODB_URL', 'REDIS_URL'] as const;
/** Without these a real installation would stand open. */
const NEEDED = ['PUBLIC_URL', 'ENCRYPTION_KEY', 'STAFF_ADMIN_PASSWORD'] as const;
const WELL_KNOWN = /change.?me|default|example|secret|password|admin|test|1234|qwerty|(.)\1{5}/i;

/** All that is wrong beside what `shape` says. */
export function faultsOf(given: Given): string[] {
  return [
    ...[WHATSAPP, MESSENGER, WEBHOOK, SERVERS].flatMap((needed) => halfSetFaults(given, needed)),
    ...mailFaults(given),
    ...telegramFaults(given),
    ...botFaults(given),
    ...(given.MONGODB_URL === undefined ? aloneFaults(given) : missing(given, 'MONGODB_URL is set')),
    ...(given.NODE_ENV === 'production' ? productionFaults(given) : []),
  ];
}

export function shapeFaults(error: z.ZodError | undefined): string[] {
  const names = new Set((error?.issues ?? []).map(({ path }) => String(path[0]) as keyof Settings));
  return [...names].map((name) => `${name} is not usable: ${CURES[name]}`);
}

/** The way out serves the channel, notices to staff, or both. */
function mailFaults(given: Given): string[] {
  if (given.IMAP_URL !== undefined) return halfSetFaults(given, EMAIL);
  const alone = given.MAIL_AUTHSERV_ID === undefined ? [] : [`MAIL_AUTHSERV_ID needs IMAP_URL: ${CURES.IMAP_URL}`];
  return [...halfSetFaults(given, MAIL), ...alone];
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
  const lacking = (['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'] as const).filter((name) => given[name] === undefined);
  return lacking.map((name) => `${name} is missing, and TELEGRAM_MODE is webhook: ${CURES[name]}`);
}

/** Without an app id nobody proves anything: that is for the emulator on one's own machine. */
function botFaults(given: Given): string[] {
  const {
    BOT_FRAMEWORK: on,
    MICROSOFT_APP_ID: id,
    MICROSOFT_APP_PASSWORD: password,
    MICROSOFT_APP_TENANT_ID: tenant,
  } = given;
  if (id !== undefined)
    return password === undefined
      ? [`MICROSOFT_APP_PASSWORD is missing, but MICROSOFT_APP_ID is set: ${CURES.MICROSOFT_APP_PASSWORD}`]
      : [];
  const isUnproven = on !== undefined && given.NODE_ENV !== 'development';
  return isUnproven || password !== undefined || tenant !== undefined
    ? [`MICROSOFT_APP_ID is missing, but the Bot Framework is set up: ${CURES.MICROSOFT_APP_ID}`]
    : [];
}

function halfSetFaults(given: Given, needed: readonly (keyof Settings)[]): string[] {
  const lacking = needed.filter((name) => given[name] === undefined);
  if (lacking.length === needed.length) return [];
  const set = needed.filter((name) => given[name] !== undefined).join(', ');
  return lacking.map((name) => `${name} is missing, but ${set} is set: ${CURES[name]}`);
}

/** One process keeps everything to itself: there is nobody to share the work with. */
function aloneFaults(given: Given): string[] {
  return given.ROLE === 'web' || given.ROLE === 'worker' ? [`ROLE needs MONGODB_URL and REDIS_URL: ${CURES.ROLE}`] : [];
}

/** What a real installation needs, and what several processes must have in common. */
function missing(given: Given, why: string): string[] {
  return NEEDED.filter((name) => given[name] === undefined).map(
    (name) => `${name} is missing, and ${why}: ${CURES[name]}`,
  );
}

function productionFaults(given: Given): string[] {
  const set = SECRETS.filter((name) => given[name] !== undefined);
  const known = set.filter((name) => name !== 'ENCRYPTION_KEY' && WELL_KNOWN.test(given[name] ?? ''));
  const twice = set.filter((name) => set.some((other) => other !== name && given[other] === given[name]));
  return [
    // Said already where MONGODB_URL wants them.
    ...(given.MONGODB_URL === undefined ? missing(given, 'NODE_ENV is production') : []),
    ...known.map((name) => `${name} can be guessed: ${CURES[name]}`),
    ...twice.map((name) => `${name} is used for something else too: every secret must be its own.`),
  ];
}
