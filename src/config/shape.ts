// What each variable must look like.
import { z } from 'zod';
import { parseUrl } from '../url.js';

const text = z.string().trim();
const url = text
  .regex(/^https?:\/\/[^\s/]+$/)
  .refine(isOrigin)
  .transform((given) => new URL(given).origin);

/** As Azure shows ids of apps and tenants. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every variable, as it must look. */
export const shape = z.object({
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
  ROLE: z.enum(['web', 'worker', 'both']).optional(),
  MONGODB_URL: text.regex(/^mongodb(\+srv)?:\/\/[^\s/?#]+\/[\w-]{1,50}(\?[^\s#]*)?$/).optional(),
  MONGODB_STANDALONE: z.literal('allowed').optional(),
  REDIS_URL: text
    .regex(/^rediss?:\/\/[^\s?#]+$/)
    .refine(isUrl)
    .optional(),
  SPOOL_MB: text
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(1))
    .optional(),
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
  MESSENGER_PAGE_TOKEN: text.regex(/^[\x21-\x7e]{16,}$/).optional(),
  META_APP_SECRET: text.regex(/^[\x21-\x7e]{16,}( *, *[\x21-\x7e]{16,})*$/).optional(),
  META_VERIFY_TOKEN: text.min(16).optional(),
  META_API_URL: text.regex(/^https?:\/\/[^\s?#]+$/).optional(),
  BOT_FRAMEWORK: z.literal('on').optional(),
  MICROSOFT_APP_ID: text.regex(guid).optional(),
  MICROSOFT_APP_PASSWORD: text.regex(/^[\x21-\x7e]{16,}$/).optional(),
  MICROSOFT_APP_TENANT_ID: text.regex(guid).optional(),
  MICROSOFT_LOGIN_URL: url.optional(),
  MICROSOFT_OPENID_URL: text.regex(/^https?:\/\/[^\s?#]+$/).optional(),
  WHATSAPP_WEB: z.enum(['on', 'off']).optional(),
  CHROMIUM_PATH: text.optional(),
  WHATSAPP_WEB_PAGE: text.regex(/\.html$/).optional(),
  TELEGRAM_BOT_TOKEN: text.regex(/^\d{3,20}:[\w-]{30,}$/).optional(),
  TELEGRAM_MODE: z.enum(['polling', 'webhook']).optional(),
  TELEGRAM_WEBHOOK_SECRET: text.regex(/^[\w-]{16,256}( *, *[\w-]{16,256})*$/).optional(),
  TELEGRAM_API_URL: text.regex(/^https?:\/\/[^\s?#]+$/).optional(),
  TELEGRAM_STAFF_CHAT_ID: text.regex(/^-\d{1,20}$/).optional(),
  IMAP_URL: text
    .regex(/^imaps?:\/\/[^\s/@]+:[^\s/@]+@[^\s/@]+(\/[^\s?#]*)?$/)
    .refine(isUrl)
    .optional(),
  MAIL_AUTHSERV_ID: text.regex(/^[\w.-]{1,255}$/).optional(),
  SMTP_URL: text
    .regex(/^smtps?:\/\/[^\s/]+\/?$/)
    .refine(isUrl)
    .optional(),
  MAIL_FROM: text.regex(/^([^<>@\r\n]{1,100}<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/).optional(),
  STAFF_NOTIFY_EMAIL: text.transform(splitList).pipe(z.array(z.email()).min(1)).optional(),
  STAFF_WEBHOOK_URL: text
    .regex(/^https?:\/\/[^\s#]+$/)
    .refine(isUrl)
    .optional(),
  STAFF_WEBHOOK_SECRET: text.regex(/^whsec_(?=.{32,})[A-Za-z0-9+/]+={0,2}$/).optional(),
});

/** What was given, as it was given. */
export type Given = Readonly<Record<string, string | undefined>>;
export type Settings = z.infer<typeof shape>;

function isUrl(given: string): boolean {
  return parseUrl(given) !== null;
}

/** Nothing beside scheme, host and port, and no wildcard: the text goes into headers that say who may frame the conversation page. */
function isOrigin(given: string): boolean {
  const parsed = parseUrl(given);
  if (parsed === null) return false;
  const { host, username, password, pathname, search, hash } = parsed;
  return /^[a-z0-9.[\]:-]+$/.test(host) && username + password + search + hash === '' && pathname === '/';
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
