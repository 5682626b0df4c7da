/** Sealing bytes: AES-256-GCM with a version in front and the place they belong to as additional data. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError } from './vault-error.js';

/** The place that sealed bytes belong to; bytes moved to another place do not open there. */
export interface Where {
  readonly table: string;
  readonly record: string;
  readonly field: string;
}

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;
export const KEY_BYTES = 32;

/** Format byte, nonce (96 bits), ciphertext, tag. `key` has 32 bytes. */
export function sealBytes(key: Uint8Array, where: Where, plain: Uint8Array): Uint8Array {
  // From the system's generator always: a nonce that came twice under one key would give both texts away.
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(additionalData(where));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Uint8Array.of(FORMAT), nonce, body, cipher.getAuthTag()]);
}

/** Throws `VaultError`: `tampered` (changed, cut, moved, or another key), `newer` (a format this program does not know). */
export function openBytes(key: Uint8Array, where: Where, sealed: Uint8Array): Buffer {
  if (sealed.length < 1 + NONCE + TAG) throw new VaultError('tampered');
  if (sealed[0] !== FORMAT) throw new VaultError((sealed[0] ?? 0) > FORMAT ? 'newer' : 'tampered');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(additionalData(where));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const body = decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG));
  try {
    decipher.final();
  } catch {
    throw new VaultError('tampered');
  }
  return body;
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

function additionalData({ table, record, field }: Where): Buffer {
  const parts = [table, record, field];
  if (parts.some((part) => part.includes('|'))) throw new TypeError('A table, record or field contains "|".');
  return Buffer.from(`${FORMAT}|${parts.join('|')}`, 'utf8');
}
