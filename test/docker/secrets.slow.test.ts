// The secrets that docker-compose.yml mounts: made by the script, and settings with which the processes start.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.js';
import { readSecretFile } from '../../src/config/secret-files.js';
import { apps, compose, image, root, services } from './compose.js';

/** Values as compose fills them in: `${NAME:-default}`, `${NAME:?why}`. */
const filled = (text: string, given: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?::-([^}]*))?(?::\?[^}]*)?\}/g, (_all, name: string, otherwise = '') =>
    given[name] === undefined ? String(otherwise) : given[name],
  );

describe('the secrets that deploy/make-secrets.sh makes', () => {
  const made = (): string => {
    const home = mkdtempSync(join(tmpdir(), 'sila-secrets-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    cpSync(join(root, 'deploy/make-secrets.sh'), join(home, 'make-secrets.sh'));
    execFileSync(join(home, 'make-secrets.sh'));
    return home;
  };

  it('are all that is mounted, kept from others on the host, and not made twice', () => {
    const home = made();
    const path = (name: string) => join(home, 'secrets', name);
    const before = Object.entries(compose.secrets).map(([name, one]) => {
      expect(one.file).toBe(`deploy/secrets/${name}`);
      return readFileSync(path(name), 'utf8');
    });
    expect(new Set(before).size).toBe(before.length);
    expect(before.every((text) => text.length >= 20)).toBe(true);
    expect(statSync(join(home, 'secrets')).mode & 0o077).toBe(0);
    execFileSync(join(home, 'make-secrets.sh'));
    expect(Object.keys(compose.secrets).map((name) => readFileSync(path(name), 'utf8'))).toEqual(before);
  });

  it.each(apps.map(([name]) => name))('are settings with which %s starts', (name) => {
    const home = made();
    const given = { PUBLIC_URL: 'https://chat.charity.example' };
    const set = Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, filled(value, given)]);
    const environment = { ...image.environment, ...(Object.fromEntries(set) as Record<string, string>) };
    const inside = (path: string) => readSecretFile(path.replace('/run/secrets', join(home, 'secrets')));
    const config = readConfig(environment, inside);
    expect(config.production).toBe(true);
    expect(config.scaleOut?.mongo).toMatch(/^mongodb:\/\/sila:[0-9a-f]{48}@mongo1,mongo2,mongo3\/sila\?replicaSet=rs0/);
    expect(config.scaleOut?.redis).toMatch(/^redis:\/\/:[0-9a-f]{48}@redis:6379$/);
    expect(Buffer.from(config.encryptionKey ?? '', 'base64').length).toBe(32);
    expect([config.hops, config.dataDir, config.port]).toEqual([1, '/data', 3000]);
  });
});
