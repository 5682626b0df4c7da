// Which servers the tests use, and what is said of those that are not there.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findServers } from '../../scripts/servers.js';

const GIVEN = { MONGODB_URL: 'mongodb://a:1,b:2/x?replicaSet=rs', REDIS_URL: 'redis://c:3' };

it('takes given addresses at their word', async () => {
  const found = await findServers({ ...GIVEN, PATH: '/nowhere' });
  expect([found.mongo, found.redis]).toEqual([GIVEN.MONGODB_URL, GIVEN.REDIS_URL]);
});

it('names what is missing, with its cure', async () => {
  const found = await findServers({ ...GIVEN, PATH: '/nowhere' });
  expect(found.redisServer).toBeNull();
  expect(found.missing).toEqual(['No redis-server in PATH: apt-get install redis-server.']);
});

it('finds the program of Redis in PATH', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-path-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'redis-server'), '');
  chmodSync(join(dir, 'redis-server'), 0o755);
  const found = await findServers({ ...GIVEN, PATH: `/nowhere:${dir}` });
  expect([found.redisServer, found.missing]).toEqual([join(dir, 'redis-server'), []]);
});
