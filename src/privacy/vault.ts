/** The vault: seals and opens data under the key of the person or case they belong to, and destroys such a key. */
import { createHmac, hkdfSync } from 'node:crypto';
import type { Keys } from '../store/contract.js';
import { Lru } from './lru.js';
import { newKey, openBytes, sealBytes } from './seal.js';
import type { Where } from './seal.js';
import { VaultError } from './vault-error.js';
import { Wrapping } from './wrapping.js';

/** Whose key seals: waiting items; what belongs to nobody; a person's address; a case. */
export type Subject = 'intake' | 'installation' | `address:${string}` | `case:${string}`;

/** Keys of the vault itself. The root also shows at the start whether the encryption key is the right one. */
const ROOT = 'vault:root';
const INDEX = 'vault:index';
/** Kept in memory from the start: what comes in is sealed also while the store is away. */
const HELD: readonly Subject[] = ['intake'];
const CACHED_KEYS = 10_000;
const REWRAP_PAGE = 200;

/** The version of the envelope around a sealed value; what the value looks like inside is its owner's matter. */
const ENVELOPE = 1;

export class Vault {
  readonly #keys: Keys;
  readonly #wrapping: Wrapping;
  readonly #cache = new Lru<Buffer>(CACHED_KEYS);
  readonly #held = new Map<string, Buffer>();
  readonly #erased = new Set<string>();
  #root: Buffer = Buffer.alloc(0);
  #index: Buffer = Buffer.alloc(0);

  private constructor(keys: Keys, wrapping: Wrapping) {
    this.#keys = keys;
    this.#wrapping = wrapping;
  }

  /** The first encryption key wraps, the others are accepted while rotating (32 bytes each). Rejects with `VaultError('wrong_key')`. */
  static async open({ keys, encryptionKeys }: { keys: Keys; encryptionKeys: readonly Buffer[] }): Promise<Vault> {
    const vault = new Vault(keys, new Wrapping(encryptionKeys));
    vault.#root = await vault.#keyFor(ROOT);
    vault.#index = await vault.#keyFor(INDEX);
    for (const subject of HELD) vault.#held.set(subject, await vault.#keyFor(subject));
    return vault;
  }

  /** Whether this process's encryption key still opens the data keys: after a rotation it may not. Rejects when they cannot be read. */
  async stillOpens(): Promise<boolean> {
    const wrapped = await this.#keys.get(ROOT);
    try {
      return wrapped !== null && this.#wrapping.unwrap(ROOT, wrapped).equals(this.#root);
    } catch {
      return false;
    }
  }

  /** True when nothing was ever sealed: only then a new encryption key may be made. */
  static async isUnused(keys: Keys): Promise<boolean> {
    return (await keys.get(ROOT)) === null;
  }

  /** Seals any JSON value. Makes the subject's key when it has none; rejects with `VaultError('erased')` when it was destroyed. */
  async seal(subject: Subject, where: Where, value: unknown): Promise<Uint8Array> {
    const plain = Buffer.from(JSON.stringify({ v: ENVELOPE, value }), 'utf8');
    return sealBytes(await this.#keyFor(subject), where, plain);
  }

  /** The value as it was sealed, not yet checked for shape. Rejects with a `VaultError` of any code. */
  async open(subject: Subject, where: Where, sealed: Uint8Array): Promise<unknown> {
    const plain = openBytes(await this.#existingKey(subject), where, sealed);
    const envelope = JSON.parse(plain.toString('utf8')) as { v: number; value?: unknown };
    if (envelope.v > ENVELOPE) throw new VaultError('newer');
    return envelope.value;
  }

  /**
   * Whether the subject has a key now, read from the store however lately it was used, and remembered: what is opened next costs the
   * same for every subject that has one.
   */
  async has(subject: Subject): Promise<boolean> {
    const wrapped = await this.#keys.get(subject);
    if (!wrapped || this.#erased.has(subject)) return false;
    this.#remember(subject, wrapped);
    return true;
  }

  /** Bytes instead of a value: for what is not JSON. */
  async sealBytes(subject: Subject, where: Where, bytes: Uint8Array): Promise<Uint8Array> {
    return sealBytes(await this.#keyFor(subject), where, bytes);
  }

  async openBytes(subject: Subject, where: Where, sealed: Uint8Array): Promise<Buffer> {
    return openBytes(await this.#existingKey(subject), where, sealed);
  }

  /** A keyed hash (64 hex digits) that finds equal things without knowing them. Parts never run into each other. */
  hash(purpose: string, ...parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.#index);
    for (const part of [purpose, ...parts]) {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hmac.update(length).update(bytes);
    }
    return hmac.digest('hex');
  }

  /** A key of 32 bytes for one use, the same as long as the installation lives, also across changes of the encryption key. */
  derive(label: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#root, '', `sila ${label}`, 32));
  }

  /** Destroys a subject's key: what was sealed under it cannot be read again. */
  async destroy(subject: Subject, at: number): Promise<void> {
    this.#erased.add(subject);
    this.#cache.delete(subject);
    await this.#keys.destroy(subject, at);
  }

  /** Another process destroyed this key, or (null) any of those that are remembered: the store is asked again. */
  forget(subject: string | null): void {
    if (subject === null) this.#cache.clear();
    else this.#cache.delete(subject);
  }

  /** Wraps every data key with the current encryption key; afterwards the former ones may be left out. Returns how many changed. */
  async rewrap(): Promise<number> {
    let changed = 0;
    let page = await this.#keys.subjects(null, REWRAP_PAGE);
    while (page.length > 0) {
      for (const subject of page) if (await this.#rewrapOne(subject)) changed += 1;
      page = await this.#keys.subjects(page.at(-1) ?? null, REWRAP_PAGE);
    }
    return changed;
  }

  async #rewrapOne(subject: string): Promise<boolean> {
    const wrapped = await this.#keys.get(subject);
    if (!wrapped || this.#wrapping.isCurrent(wrapped)) return false;
    const again = this.#wrapping.wrap(subject, this.#wrapping.unwrap(subject, wrapped));
    return this.#keys.replace(subject, wrapped, again);
  }

  async #keyFor(subject: string): Promise<Buffer> {
    const known = await this.#knownKey(subject);
    if (known) return known;
    return this.#remember(subject, await this.#standing(subject));
  }

  async #existingKey(subject: string): Promise<Buffer> {
    const known = await this.#knownKey(subject);
    if (!known) throw new VaultError('erased');
    return known;
  }

  async #knownKey(subject: string): Promise<Buffer | null> {
    if (this.#erased.has(subject)) throw new VaultError('erased');
    const known = this.#held.get(subject) ?? this.#cache.get(subject);
    if (known) return known;
    const wrapped = await this.#keys.get(subject);
    return wrapped && this.#remember(subject, wrapped);
  }

  /** Two that make the first key of a subject at once both go on with the one that stands. */
  async #standing(subject: string): Promise<Uint8Array> {
    try {
      return await this.#keys.putIfAbsent(subject, this.#wrapping.wrap(subject, newKey()));
    } catch (error) {
      throw isNotFound(error) ? new VaultError('erased') : error;
    }
  }

  #remember(subject: string, wrapped: Uint8Array): Buffer {
    const key = this.#wrapping.unwrap(subject, wrapped);
    // The key may have been destroyed while it was being read.
    if (this.#erased.has(subject)) throw new VaultError('erased');
    this.#cache.set(subject, key);
    return key;
  }
}

/** The store's `not_found`: the subject was destroyed. Known by its code, because this room imports no values of the store. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'not_found';
}
