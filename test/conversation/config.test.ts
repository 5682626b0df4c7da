// Settings: everything that is wrong is said at once, with its cure and without its value.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';

const KEY = Buffer.alloc(32, 9).toString('base64');
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://chat.charity.org',
  ENCRYPTION_KEY: KEY,
  STAFF_ADMIN_PASSWORD: 'Xq7-blue-harbour-42',
};

const mail = {
  SMTP_URL: 'smtps://sila:p%40ss@mail.charity.org',
  MAIL_FROM: 'صلة <sila@charity.org>',
  STAFF_NOTIFY_EMAIL: 'reception@charity.org, research@charity.org',
};
const hook = {
  STAFF_WEBHOOK_URL: 'https://hooks.charity.org/sila',
  STAFF_WEBHOOK_SECRET: 'whsec_Y2hhbWVsZW9uLWhhcmJvdXItNDItYmx1ZS1ib2F0',
};
const scaleOut = {
  MONGODB_URL: 'mongodb://sila:p%40ss@db1:27017,db2:27017,db3:27017/sila?replicaSet=rs0',
  REDIS_URL: 'redis://:p%40ss@redis:6379',
  PUBLIC_URL: 'https://chat.charity.org',
  ENCRYPTION_KEY: KEY,
  STAFF_ADMIN_PASSWORD: 'Xq7-blue-harbour-42',
};
const telegram = { TELEGRAM_BOT_TOKEN: '123456789:AAE-token_of_thirty_five_signs_long' };
const whatsapp = {
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922, 106540352242923',
  WHATSAPP_TOKEN: 'EAAGm0PX4ZCpsBA0ZC',
  WHATSAPP_APP_SECRET: '0b1c2d3e4f5061728394a5b6c7d8e9f0,ffeeddccbbaa99887766554433221100',
  WHATSAPP_VERIFY_TOKEN: 'rsXw3-blue-harbour-91',
};

const bot = {
  MICROSOFT_APP_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  MICROSOFT_APP_PASSWORD: 'Xq7~blue.harbour_42',
};

describe('the settings', () => {
  it('run the demo with nothing set', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      hops: 0,
      dataDir: './data',
      charity: 'safe-treatment',
      scaleOut: null,
      encryptionKey: null,
      adminPassword: null,
      website: { origins: '', directLineSecret: '' },
      whatsapp: null,
      messenger: null,
      botframework: null,
      email: null,
      telegram: null,
      whatsappWeb: null,
      notices: { mail: null, webhook: null },
    });
    expect(readConfig({ PORT: '', CHARITY: '  ' }).port).toBe(3000);
  });

  it('open to the world in production, when nothing stands open', () => {
    expect(readConfig(production)).toMatchObject({
      production: true,
      host: '0.0.0.0',
      publicUrl: 'https://chat.charity.org',
    });
    expect(readConfig({ ...production, PUBLIC_URL: 'https://chat.charity.org/' }).publicUrl).toBe(
      'https://chat.charity.org',
    );
  });

  it('switch Telegram on with its token alone, by polling', () => {
    expect(readConfig(telegram).telegram).toEqual({
      ...telegram,
      TELEGRAM_MODE: 'polling',
      TELEGRAM_WEBHOOK_SECRET: '',
      TELEGRAM_API_URL: 'https://api.telegram.org',
      TELEGRAM_STAFF_CHAT_ID: '',
      PUBLIC_URL: '',
    });
    const webhook = {
      ...telegram,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'Xq7_blue-harbour_42, Rz8_green-mountain_43',
      TELEGRAM_API_URL: 'http://127.0.0.1:8081',
      PUBLIC_URL: 'https://chat.charity.org',
    };
    expect(readConfig(webhook).telegram).toEqual({ ...webhook, TELEGRAM_STAFF_CHAT_ID: '' });
  });

  it('switch the unofficial WhatsApp on only by its own word, with its session beside the other data', () => {
    for (const env of [{}, { WHATSAPP_WEB: 'off' }, { CHROMIUM_PATH: '/usr/bin/chromium' }])
      expect(readConfig(env).whatsappWeb).toBeNull();
    expect(readConfig({ WHATSAPP_WEB: 'on', DATA_DIR: '/srv/sila' }).whatsappWeb).toEqual({
      CHROMIUM_PATH: '/usr/bin/chromium',
      SESSION_DIR: '/srv/sila/whatsapp-web',
      WHATSAPP_WEB_PAGE: '',
    });
  });

  it('switch WhatsApp on when all of it is there', () => {
    expect(readConfig(whatsapp).whatsapp).toEqual({
      ...whatsapp,
      WHATSAPP_API_URL: 'https://graph.facebook.com/v24.0',
    });
    const gateway = { ...whatsapp, WHATSAPP_API_URL: 'http://gateway:8080/v24.0' };
    expect(readConfig(gateway).whatsapp).toEqual(gateway);
    expect(readConfig({ WHATSAPP_API_URL: 'http://gateway:8080' }).whatsapp).toBeNull();
  });

  it('switch the Bot Framework on with its app, and without one in development only', () => {
    const places = {
      MICROSOFT_LOGIN_URL: 'https://login.microsoftonline.com',
      MICROSOFT_OPENID_URL: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    };
    expect(readConfig(bot).botframework).toEqual({ ...bot, ...places, MICROSOFT_APP_TENANT_ID: '' });
    const emulator = { MICROSOFT_APP_ID: '', MICROSOFT_APP_PASSWORD: '', MICROSOFT_APP_TENANT_ID: '' };
    expect(readConfig({ BOT_FRAMEWORK: 'on', NODE_ENV: 'development' }).botframework).toEqual({
      ...emulator,
      ...places,
    });
    expect(readConfig({ NODE_ENV: 'development' }).botframework).toBeNull();
  });

  it.each([
    [{ ...whatsapp, WHATSAPP_TOKEN: undefined }, 'WHATSAPP_TOKEN'],
    [{ ...whatsapp, WHATSAPP_APP_SECRET: '' }, 'WHATSAPP_APP_SECRET'],
    [{ ...whatsapp, WHATSAPP_PHONE_NUMBER_ID: '+966 11 234 5678' }, 'WHATSAPP_PHONE_NUMBER_ID'],
    [{ ...whatsapp, WHATSAPP_VERIFY_TOKEN: 'short' }, 'WHATSAPP_VERIFY_TOKEN'],
    [{ ...whatsapp, WHATSAPP_API_URL: 'gateway.local/v24.0' }, 'WHATSAPP_API_URL'],
    [{ BOT_FRAMEWORK: 'on' }, 'MICROSOFT_APP_ID'],
    [{ ...production, BOT_FRAMEWORK: 'on' }, 'MICROSOFT_APP_ID'],
    [{ BOT_FRAMEWORK: 'emulator', NODE_ENV: 'development' }, 'BOT_FRAMEWORK'],
    [{ MICROSOFT_APP_PASSWORD: bot.MICROSOFT_APP_PASSWORD }, 'MICROSOFT_APP_ID'],
    [{ MICROSOFT_APP_TENANT_ID: bot.MICROSOFT_APP_ID, NODE_ENV: 'development' }, 'MICROSOFT_APP_ID'],
    [{ MICROSOFT_APP_ID: bot.MICROSOFT_APP_ID }, 'MICROSOFT_APP_PASSWORD'],
    [{ ...bot, MICROSOFT_APP_ID: 'our-bot' }, 'MICROSOFT_APP_ID'],
    [{ ...bot, MICROSOFT_LOGIN_URL: 'https://login.example.org/tenant' }, 'MICROSOFT_LOGIN_URL'],
    [{ TELEGRAM_BOT_TOKEN: 'bot' }, 'TELEGRAM_BOT_TOKEN'],
    [{ TELEGRAM_MODE: 'webhook' }, 'TELEGRAM_BOT_TOKEN'],
    [{ ...telegram, TELEGRAM_MODE: 'push' }, 'TELEGRAM_MODE'],
    [{ WHATSAPP_WEB: 'yes' }, 'WHATSAPP_WEB'],
    [{ WHATSAPP_WEB: 'on', WHATSAPP_WEB_PAGE: '/srv/page' }, 'WHATSAPP_WEB_PAGE'],
    [{ ...telegram, TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'https://chat.charity.org' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ ...telegram, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'Xq7_blue-harbour_42' }, 'PUBLIC_URL'],
    [{ ...telegram, TELEGRAM_WEBHOOK_SECRET: 'with blanks, and more' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ ...telegram, TELEGRAM_API_URL: 'gateway.local/bot' }, 'TELEGRAM_API_URL'],
    [{ TELEGRAM_STAFF_CHAT_ID: '-1001234567890' }, 'TELEGRAM_BOT_TOKEN'],
    [{ ...telegram, TELEGRAM_STAFF_CHAT_ID: '@our_group' }, 'TELEGRAM_STAFF_CHAT_ID'],
    [{ ...telegram, TELEGRAM_STAFF_CHAT_ID: '12345' }, 'TELEGRAM_STAFF_CHAT_ID'],
    [{ SMTP_URL: mail.SMTP_URL }, 'MAIL_FROM'],
    [{ ...mail, STAFF_NOTIFY_EMAIL: undefined }, 'STAFF_NOTIFY_EMAIL'],
    [{ ...mail, STAFF_NOTIFY_EMAIL: 'reception' }, 'STAFF_NOTIFY_EMAIL'],
    [{ IMAP_URL: 'imaps://sila:p%40ss@mail.charity.org' }, 'SMTP_URL'],
    [{ ...mail, MAIL_FROM: undefined, IMAP_URL: 'imaps://sila:p%40ss@mail.charity.org' }, 'MAIL_FROM'],
    [{ ...mail, IMAP_URL: 'https://mail.charity.org' }, 'IMAP_URL'],
    [{ ...mail, IMAP_URL: 'imaps://mail.charity.org' }, 'IMAP_URL'],
    [{ ...mail, MAIL_AUTHSERV_ID: 'mx.charity.org' }, 'IMAP_URL'],
    [{ ...mail, SMTP_URL: 'mail.charity.org:587' }, 'SMTP_URL'],
    [{ ...mail, MAIL_FROM: 'Sila <sila@charity.org>\r\nBcc: x@evil.org' }, 'MAIL_FROM'],
    [{ STAFF_WEBHOOK_URL: hook.STAFF_WEBHOOK_URL }, 'STAFF_WEBHOOK_SECRET'],
    [{ ...hook, STAFF_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' }, 'STAFF_WEBHOOK_SECRET'],
    [{ ...hook, STAFF_WEBHOOK_URL: 'hooks.charity.org' }, 'STAFF_WEBHOOK_URL'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'x' }, 'PORT'],
    [{ PUBLIC_URL: 'chat.example.org/path' }, 'PUBLIC_URL'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ CHARITY: '../other' }, 'CHARITY'],
    [{ WIDGET_ORIGINS: 'https://a.org, javascript:1' }, 'WIDGET_ORIGINS'],
    [{ WIDGET_ORIGINS: 'https://*.charity.org' }, 'WIDGET_ORIGINS'],
    [{ WIDGET_ORIGINS: "https://a.org;script-src'unsafe-inline'" }, 'WIDGET_ORIGINS'],
    [{ WIDGET_ORIGINS: 'https://bank.org@evil.org' }, 'WIDGET_ORIGINS'],
    [{ PUBLIC_URL: 'https://chat.charity.org?x' }, 'PUBLIC_URL'],
    [{ DIRECTLINE_SECRET: 'short' }, 'DIRECTLINE_SECRET'],
    [{ STAFF_ADMIN_PASSWORD: 'short' }, 'STAFF_ADMIN_PASSWORD'],
    [{ MONGODB_URL: scaleOut.MONGODB_URL }, 'REDIS_URL'],
    [{ REDIS_URL: scaleOut.REDIS_URL }, 'MONGODB_URL'],
    [{ ...scaleOut, MONGODB_URL: 'mongodb://db1' }, 'MONGODB_URL'],
    [{ ...scaleOut, MONGODB_URL: 'postgres://db1/sila' }, 'MONGODB_URL'],
    [{ ...scaleOut, REDIS_URL: 'redis:6379' }, 'REDIS_URL'],
    [{ ...scaleOut, ROLE: 'reader' }, 'ROLE'],
    [{ ...scaleOut, SPOOL_MB: '0' }, 'SPOOL_MB'],
    [{ ...scaleOut, MONGODB_STANDALONE: 'yes' }, 'MONGODB_STANDALONE'],
    [{ ...scaleOut, ENCRYPTION_KEY: undefined }, 'ENCRYPTION_KEY'],
    [{ ...scaleOut, STAFF_ADMIN_PASSWORD: undefined }, 'STAFF_ADMIN_PASSWORD'],
    [{ ...scaleOut, PUBLIC_URL: undefined }, 'PUBLIC_URL'],
    [{ ROLE: 'worker' }, 'ROLE'],
    [{ ...production, ENCRYPTION_KEY: undefined }, 'ENCRYPTION_KEY'],
    [{ ...production, STAFF_ADMIN_PASSWORD: undefined }, 'STAFF_ADMIN_PASSWORD'],
    [{ ...production, STAFF_ADMIN_PASSWORD: 'changeme-changeme' }, 'STAFF_ADMIN_PASSWORD'],
    [{ ...production, STAFF_ADMIN_PASSWORD: 'aaaaaaaaaaaaaaaa' }, 'STAFF_ADMIN_PASSWORD'],
    [{ ...production, DIRECTLINE_SECRET: 'Xq7-blue-harbour-42' }, 'DIRECTLINE_SECRET'],
    [{ ...production, PUBLIC_URL: undefined }, 'PUBLIC_URL'],
  ])('refuse %o', (given, name) => {
    expect(() => readConfig(given)).toThrow(name);
    const values = Object.values(given).filter(
      (value): value is string => typeof value === 'string' && value.length > 12,
    );
    try {
      readConfig(given);
    } catch (error) {
      for (const value of values) expect(String(error)).not.toContain(value);
    }
  });

  it('share the work of several processes over MongoDB and Redis', () => {
    const given = { mongo: scaleOut.MONGODB_URL, standalone: false, redis: scaleOut.REDIS_URL };
    expect(readConfig(scaleOut).scaleOut).toEqual({ ...given, role: 'both', spool: 64 * 1024 ** 2 });
    const worker = { ...scaleOut, ROLE: 'worker', SPOOL_MB: '8', MONGODB_STANDALONE: 'allowed' };
    expect(readConfig(worker).scaleOut).toEqual({ ...given, standalone: true, role: 'worker', spool: 8 * 1024 ** 2 });
    expect(readConfig({ ROLE: 'both' }).scaleOut).toBeNull();
  });

  it('read secrets from files', () => {
    const files: Record<string, string> = { '/run/secrets/key': `${KEY}\n`, '/run/secrets/empty': '\n' };
    const read = (given: Record<string, string>) => readConfig(given, (path) => files[path] ?? null);
    expect(read({ ENCRYPTION_KEY_FILE: '/run/secrets/key' }).encryptionKey).toBe(KEY);
    expect(() => read({ ENCRYPTION_KEY_FILE: '/run/secrets/none' })).toThrow(/ENCRYPTION_KEY_FILE cannot be read/);
    expect(() => read({ ENCRYPTION_KEY_FILE: '/run/secrets/empty' })).toThrow(/ENCRYPTION_KEY_FILE is empty/);
    expect(() => read({ ENCRYPTION_KEY_FILE: '/run/secrets/key', ENCRYPTION_KEY: KEY })).toThrow(/both set/);
    // What a file holds is checked as if it stood in the variable.
    expect(() => read({ DIRECTLINE_SECRET_FILE: '/run/secrets/key', DIRECTLINE_SECRET: '' })).not.toThrow();
    expect(() => readConfig({ DIRECTLINE_SECRET_FILE: '/a' }, () => 'short')).toThrow('DIRECTLINE_SECRET');
    // What is no secret has no file.
    expect(readConfig({ CHARITY_FILE: '/run/secrets/key' }, () => 'qutoof').charity).toBe('safe-treatment');
  });

  it('say where notices to staff go', () => {
    expect(readConfig({}).notices).toEqual({ mail: null, webhook: null });
    expect(readConfig({ ...mail, ...hook }).notices).toEqual({
      mail: { url: mail.SMTP_URL, from: mail.MAIL_FROM, to: ['reception@charity.org', 'research@charity.org'] },
      webhook: { url: hook.STAFF_WEBHOOK_URL, secret: hook.STAFF_WEBHOOK_SECRET },
    });
    expect(readConfig({ ...telegram, TELEGRAM_STAFF_CHAT_ID: '-1001234567890' }).telegram).toMatchObject({
      TELEGRAM_STAFF_CHAT_ID: '-1001234567890',
    });
  });

  it('write origins as headers need them', () => {
    const { website, publicUrl } = readConfig({
      WIDGET_ORIGINS: 'https://جمعية.السعودية, https://WWW.Charity.org:443',
      PUBLIC_URL: 'https://محادثة.السعودية/',
    });
    expect(website.origins).toBe('https://xn--ogbf3b7b0a.xn--mgberp4a5d4ar,https://www.charity.org');
    expect(publicUrl).toMatch(/^https:\/\/xn--[a-z0-9]+\.xn--mgberp4a5d4ar$/);
  });

  it('say everything that is wrong at once', () => {
    expect(() => readConfig({ NODE_ENV: 'production', PORT: 'x' })).toThrow(
      /PORT[^]*PUBLIC_URL[^]*ENCRYPTION_KEY[^]*STAFF_ADMIN_PASSWORD/,
    );
  });
});
