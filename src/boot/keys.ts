// The key that wraps all others, and the first account of the console.
import { randomBytes } from 'node:crypto';
import type { Config } from '../config.js';
import type { Texts } from '../conversation/texts.js';
import type { Ids } from '../ids.js';
import {
  createKeyFile,
  EncryptionKeyError,
  keyFilePath,
  parseEncryptionKeys,
  readKeyFile,
} from '../privacy/encryption-key.js';
import type { Sila } from '../sila.js';
import { ADMINISTRATOR_LOGIN, ensureAdministrator } from '../staff/administrator.js';
import { announce, inAll } from './words.js';

/** The setting, else the demo's own file; a file that is gone is never replaced while there are data under it. */
export function encryptionKeys(config: Config, unused: boolean, texts: Texts): Buffer[] {
  if (config.encryptionKey !== null) return parseEncryptionKeys(config.encryptionKey);
  const path = keyFilePath(config.dataDir);
  const key = readKeyFile(config.dataDir);
  if (key) return [key];
  if (!unused) throw new EncryptionKeyError(inAll(texts, 'boot.key_missing', () => ({ path })));
  const made = createKeyFile(config.dataDir);
  announce(texts, 'boot.key_made', () => ({ path }));
  return [made];
}

/** Its password is printed when it was made here. */
export async function firstAccount({ house }: Sila, config: Config, texts: Texts, ids: Ids): Promise<void> {
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
