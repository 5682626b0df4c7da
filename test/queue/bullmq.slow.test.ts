// The queue over Redis: the contract, and what only several processes can show.
import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { openSharedQueue } from '../../src/queue/bullmq/open.js';
import { freshPrefix, servers } from '../support/servers.js';
import { queueContract } from './contract-suite.js';

describe.skipIf(servers.redis === null)('over Redis', () => {
  queueContract('bullmq', async () => {
    const { url, prefix, drop } = freshPrefix();
    const queue = await openSharedQueue({
      url,
      prefix,
      newId: () => randomUUID(),
      now: () => Date.now(),
      onTrouble: () => undefined,
    });
    return {
      queue,
      close: async () => {
        await queue.close();
        await drop();
      },
    };
  });
});
