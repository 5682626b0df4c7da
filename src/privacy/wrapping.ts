/** Wrapping data keys with the encryption key, so that the encryption key can change without touching sealed data. */
import { createHash } from 'node:crypto';
import { KEY_BYTES, openBytes, sealBytes } from './seal.js';
import type { Where } from './seal.js';
import { VaultError } from './vault-error.js';

/** First bytes of a hash of the encryption key: tells which of several keys wrapped a data key. */
const ID_BYTES = 4;

export class Wrapping {
  readonly #keys: readonly { id: Buffer; key: Buffer }[];

  /** The first key wraps; all of them unwrap. Throws TypeError on a key that has not 32 bytes. */
  constructor(encryptionKeys: readonly Buffer[]) {
    if (encryptionKeys.length === 0 || encryptionKeys.some((key) => key.length !== KEY_BYTES)) {
      throw new TypeError(`An encryption key has ${KEY_BYTES} bytes, and there must be one.`);
    }
    this.#keys = encryptionKeys.map((key) => ({ id: idOf(key), key }));
  }

  wrap(subject: string, dataKey: Buffer): Uint8Array {
    const current = this.#keys[0];
    if (!current) throw new VaultError('wrong_key');
    return Buffer.concat([current.id, sealBytes(current.key, placeOf(subject), dataKey)]);
  }

  /** Throws `VaultError`: `wrong_key` when none of the keys made it, `tampered`, `newer`. */
  unwrap(subject: string, wrapped: Uint8Array): Buffer {
    const id = Buffer.from(wrapped.subarray(0, ID_BYTES));
    const maker = this.#keys.find((candidate) => candidate.id.equals(id));
    if (!maker) throw new VaultError('wrong_key');
    return openBytes(maker.key, placeOf(subject), wrapped.subarray(ID_BYTES));
  }

  isCurrent(wrapped: Uint8Array): boolean {
    return this.#keys[0]?.id.equals(wrapped.subarray(0, ID_BYTES)) ?? false;
  }
}

function idOf(key: Buffer): Buffer {
  return createHash('sha256').update('sila encryption key id').update(key).digest().subarray(0, ID_BYTES);
}

function placeOf(subject: string): Where {
  return { table: 'keys', record: subject, field: 'wrapped' };
}
