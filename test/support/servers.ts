/** MongoDB and Redis for tests: where they are, and a place of a test's own in each, removed afterwards. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { findServers } from '../../scripts/servers.js';

export const servers = await findServers(process.env);

if (process.env['REQUIRE_SERVERS'] === '1' && servers.missing.length > 0) throw new Error(servers.missing.join('\n'));

export interface FreshDatabase {
  /** MONGODB_URL with a database that did not exist. */
  url: string;
  name: string;
  drop: () => Promise<void>;
}

/** For a `describe.skipIf(servers.mongo === null)`. */
export function freshDatabase(): FreshDatabase {
  const name = `sila_test_${randomUUID().replaceAll('-', '')}`;
  const url = withDatabase(servers.mongo ?? '', name);
  return {
    url,
    name,
    drop: async () => {
      const connection = await mongoose.createConnection(url, { autoIndex: false, autoCreate: false }).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export interface FreshPrefix {
  url: string;
  /** What all keys of the test begin with. */
  prefix: string;
  drop: () => Promise<void>;
}

/** For a `describe.skipIf(servers.redis === null)`. */
export function freshPrefix(): FreshPrefix {
  const url = servers.redis ?? '';
  const prefix = `sila-test-${randomUUID()}`;
  return {
    url,
    prefix,
    drop: () => dropKeys(url, prefix),
  };
}

/** Everything in a Redis whose name begins so. */
export async function dropKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }) as AsyncIterable<string[]>)
    if (keys.length > 0) await redis.unlink(keys);
  redis.disconnect();
}

/** Several hosts are no URL of the web, so the path is set by hand. */
function withDatabase(url: string, name: string): string {
  const [, hosts = '', options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  return `${hosts}/${name}${options}`;
}
