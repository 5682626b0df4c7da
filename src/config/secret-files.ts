// Secrets that lie in files: `<NAME>_FILE` names a file that holds what `<NAME>` would, as container engines hand them in.
import { readFileSync } from 'node:fs';
import type { Given } from './shape.js';

/** The text of a file, or null when it cannot be read. */
export type ReadSecret = (path: string) => string | null;

/** Every variable that holds a secret, on its own or within an address. */
export const SECRETS = [
  'ENCRYPTION_KEY',
  'STAFF_ADMIN_PASSWORD',
  'MONGODB_URL',
  'REDIS_URL',
  'WIDGET_IDENTITY_SECRET',
  'DIRECTLINE_SECRET',
  'WHATSAPP_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'MESSENGER_PAGE_TOKEN',
  'META_APP_SECRET',
  'META_VERIFY_TOKEN',
  'MICROSOFT_APP_PASSWORD',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'IMAP_URL',
  'SMTP_URL',
  'STAFF_WEBHOOK_SECRET',
] as const;

export function readSecretFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The settings with what the files hold in place of their names, and what is wrong with the files. */
export function withSecretFiles(set: Given, readSecret: ReadSecret): { given: Given; faults: string[] } {
  const given: Record<string, string | undefined> = { ...set };
  const faults: string[] = [];
  for (const name of SECRETS) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    const text = readSecret(path.trim())?.trim();
    if (set[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set: leave one of them out.`);
    else if (text === undefined) faults.push(`${name}_FILE cannot be read: give a file that this account may read.`);
    else if (text === '') faults.push(`${name}_FILE is empty: put the secret into the file.`);
    else given[name] = text;
  }
  return { given, faults };
}
