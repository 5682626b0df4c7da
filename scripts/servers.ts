/** Which servers the tests may use: the ones named by MONGODB_URL and REDIS_URL, else what answers on this machine's usual ports. */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';

export interface Servers {
  /** A replica set, with any database in its path. */
  mongo: string | null;
  redis: string | null;
  /** The program, for tests that freeze, flush or kill a Redis of their own. */
  redisServer: string | null;
  /** One line for every server that is not there, with its cure. */
  missing: string[];
}

const MONGO = 'mongodb://127.0.0.1:27017/?replicaSet=rs0';
const REDIS = 'redis://127.0.0.1:6379';
/** Debian's IMAP server, for tests of the e-mail channel, which start one of their own. */
export const DOVECOT = '/usr/sbin/dovecot';
/** Milliseconds; a server on the same machine answers at once. */
const ANSWERS_WITHIN = 2_000;

/** A given address is taken at its word: a wrong one makes tests fail, not skip. */
export async function findServers(env: Readonly<Record<string, string | undefined>>): Promise<Servers> {
  const mongo = env['MONGODB_URL'] ?? ((await listens(27_017)) ? MONGO : null);
  const redis = env['REDIS_URL'] ?? ((await listens(6_379)) ? REDIS : null);
  const redisServer = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
  return {
    mongo,
    redis,
    redisServer: redisServer ?? null,
    missing: [
      ...(mongo === null
        ? [`No MongoDB: set MONGODB_URL to a replica set, or run .ci/run once, which starts one.`]
        : []),
      ...(redis === null
        ? [`No Redis on port 6379: apt-get install redis-server and start it, or set REDIS_URL.`]
        : []),
      ...(redisServer === undefined ? [`No redis-server in PATH: apt-get install redis-server.`] : []),
      ...(existsSync(DOVECOT) ? [] : [`No Dovecot at ${DOVECOT}: apt-get install dovecot-imapd.`]),
    ],
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWERS_WITHIN });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
