/** Where the encryption key comes from: the setting, or for the demo a file in the data folder. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_BYTES } from './seal.js';

/** Says what is wrong and how to cure it; never holds any part of the key. */
export class EncryptionKeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EncryptionKeyError';
  }
}

const MAKE_ONE = `Make one with: node -e "console.log(require('crypto').randomBytes(${KEY_BYTES}).toString('base64'))"`;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** Reads `ENCRYPTION_KEY`: keys of 32 bytes in base64, separated by commas, the current one first. Throws `EncryptionKeyError`. */
export function parseEncryptionKeys(setting: string): Buffer[] {
  const parts = setting.split(',').map((part) => part.trim());
  const bad = parts.findIndex((part) => !BASE64.test(part));
  if (bad >= 0) {
    throw new EncryptionKeyError(
      `Key ${bad + 1} of ${parts.length} in ENCRYPTION_KEY is not ${KEY_BYTES} bytes in base64 (44 characters that end in "="). ${MAKE_ONE}`,
    );
  }
  const keys = parts.map((part) => Buffer.from(part, 'base64'));
  if (keys.some((key) => key.every((byte) => byte === key[0]))) {
    throw new EncryptionKeyError(`A key in ENCRYPTION_KEY repeats one byte and protects nothing. ${MAKE_ONE}`);
  }
  return keys;
}

/** The path of the demo's key file. */
export function keyFilePath(dir: string): string {
  return join(dir, 'encryption.key');
}

/** The key in `dir/encryption.key`, or null when there is no such file. Throws `EncryptionKeyError` when it is not a key. */
export function readKeyFile(dir: string): Buffer | null {
  const path = keyFilePath(dir);
  const text = readIfThere(path);
  if (text === null) return null;
  if (!BASE64.test(text.trim())) {
    throw new EncryptionKeyError(
      `${path} does not hold a key. Put the file back from your copy: without it nothing can be read.`,
    );
  }
  return Buffer.from(text.trim(), 'base64');
}

/** Makes `dir/encryption.key`, readable by its owner only and on disk when this returns. Never replaces one that is there. */
export function createKeyFile(dir: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const path = keyFilePath(dir);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeDurably(draft, `${key.toString('base64')}\n`);
  try {
    // A link, not a rename: it fails when another process made the file first.
    linkSync(draft, path);
  } catch (error) {
    const made = readKeyFile(dir);
    if (made) return made;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dir);
  return key;
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
