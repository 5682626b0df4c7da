// The encryption key: read from the setting or from the demo's file, never printed.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyFile, keyFilePath, parseEncryptionKeys, readKeyFile } from '../../src/privacy/encryption-key.js';

describe('the setting', () => {
  it('takes one key or several, the current one first', () => {
    const keys = [randomBytes(32), randomBytes(32)];
    const setting = keys.map((key) => key.toString('base64')).join(' , ');
    expect(parseEncryptionKeys(setting)).toEqual(keys);
  });

  const good = randomBytes(32).toString('base64');
  it.each([
    ['too short', randomBytes(16).toString('base64')],
    ['hex', randomBytes(32).toString('hex')],
    ['empty', ''],
    ['a trailing comma', `${good},`],
    ['all zeros', Buffer.alloc(32).toString('base64')],
    ['a word', 'changeme'],
  ])('refuses %s and tells the cure without the key', (_, setting) => {
    expect(() => parseEncryptionKeys(setting)).toThrow(/Make one with: node/);
    try {
      parseEncryptionKeys(setting);
    } catch (error) {
      for (const part of setting.split(',').filter((p) => p.length > 3)) expect(String(error)).not.toContain(part);
    }
  });
});

describe('the file', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sila-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once, for its owner only, and read again', () => {
    expect(readKeyFile(dir)).toBeNull();
    const key = createKeyFile(dir);
    expect(readKeyFile(dir)).toEqual(key);
    expect(statSync(keyFilePath(dir)).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['encryption.key']);
  });

  it('is never replaced', () => {
    const key = createKeyFile(dir);
    expect(createKeyFile(dir)).toEqual(key);
  });

  it('is refused when it holds something else', () => {
    writeFileSync(keyFilePath(dir), 'half a k');
    expect(() => readKeyFile(dir)).toThrow(/Put the file back/);
    expect(() => createKeyFile(dir)).toThrow(/Put the file back/);
  });
});
