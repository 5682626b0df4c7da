// What to do about a variable that is not as it should be.
import type { Settings } from './shape.js';

export const CURES: Readonly<Record<keyof Settings, string>> = {
  NODE_ENV: 'leave it out, or set it to production.',
  PORT: 'give a number from 0 to 65535, e.g. 3000.',
  HOST: 'give an address to listen on, e.g. 127.0.0.1 or 0.0.0.0.',
  PUBLIC_URL: 'give the address where people reach the service, without a path, e.g. https://chat.example.org.',
  TRUST_PROXY: 'give the number of your own proxies in front, 0 to 9.',
  DATA_DIR: 'give a folder.',
  CHARITY: 'give the name of a folder in flows/charities, e.g. safe-treatment.',
  ROLE: 'leave it out (both); beside MONGODB_URL and REDIS_URL it may be web, worker or both.',
  MONGODB_URL:
    'give the address of a replica set with a database in its path, e.g. mongodb://host1,host2,host3/sila?replicaSet=rs0, or leave MongoDB and Redis out.',
  MONGODB_STANDALONE: 'leave it out, or set it to allowed for a server that may lose what it acknowledged.',
  REDIS_URL: 'give the address of the Redis server, e.g. redis://:password@redis:6379, or leave MongoDB and Redis out.',
  SPOOL_MB: 'give the megabytes that a process may keep on disk while MongoDB is away, e.g. 64.',
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
  MESSENGER_PAGE_TOKEN: 'give the long-lived token of the Facebook page, made by the app.',
  META_APP_SECRET: 'give the app secret of App settings, Basic; a comma list while it is being replaced.',
  META_VERIFY_TOKEN: 'give at least 16 random characters, and the same ones at Meta where the webhook is set.',
  META_API_URL: 'give the address of the Graph API with its version, e.g. https://graph.facebook.com/v24.0.',
  BOT_FRAMEWORK: 'leave it out, or set it to on; without MICROSOFT_APP_ID only where NODE_ENV is development.',
  MICROSOFT_APP_ID: 'give the Microsoft App ID of the bot, as its page "Configuration" in Azure shows it.',
  MICROSOFT_APP_PASSWORD: 'give the value (not the id) of a client secret of the app.',
  MICROSOFT_APP_TENANT_ID: 'give the tenant id of the app, or leave it out for an app of many tenants.',
  MICROSOFT_LOGIN_URL: 'give the address of the login without a path, e.g. https://login.microsoftonline.com.',
  MICROSOFT_OPENID_URL:
    'give the address of the OpenID document, e.g. https://login.botframework.com/v1/.well-known/openidconfiguration.',
  WHATSAPP_WEB: 'leave it out (off), or set it to on.',
  CHROMIUM_PATH: 'give the path of the browser, e.g. /usr/bin/chromium.',
  WHATSAPP_WEB_PAGE:
    'leave it out, or give a kept page of WhatsApp Web that is named by its version, e.g. /srv/2.3000.1.html.',
  TELEGRAM_BOT_TOKEN: 'give the token that @BotFather gave for the bot.',
  TELEGRAM_MODE: 'leave it out (polling), or set it to webhook.',
  TELEGRAM_WEBHOOK_SECRET:
    'give 16 to 256 random letters, digits, _ or -, e.g. from: openssl rand -hex 32; a comma list while it is being replaced.',
  TELEGRAM_API_URL: 'give the address of the Bot API, e.g. https://api.telegram.org.',
  TELEGRAM_STAFF_CHAT_ID:
    'give the id of the staff group: it is negative, e.g. -1001234567890; the bot must be a member.',
  IMAP_URL:
    'give the mailbox, e.g. imaps://user:password@mail.example.org, with a folder as the path where it is not INBOX (signs like @ as %40).',
  MAIL_AUTHSERV_ID: 'leave it out, or give the name that your own mail server writes into Authentication-Results.',
  SMTP_URL: 'give the mail server, e.g. smtps://user:password@mail.example.org (signs like @ in the password as %40).',
  MAIL_FROM: 'give the address that e-mails come from, e.g. Sila <sila@example.org>.',
  STAFF_NOTIFY_EMAIL: 'give the addresses that notices go to, separated by commas.',
  STAFF_WEBHOOK_URL: 'give the address that notices are posted to, e.g. https://hooks.example.org/sila.',
  STAFF_WEBHOOK_SECRET:
    'give whsec_ and at least 24 random bytes in base64, e.g. from: echo whsec_$(openssl rand -base64 32)',
};
