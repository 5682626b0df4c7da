/** A queue over Redis as a test opens it: what goes wrong is remembered. */
import { randomUUID } from 'node:crypto';
import type { Trouble } from '../../src/queue/contract.js';
import { openSharedQueue, type SharedQueue } from '../../src/queue/bullmq/open.js';

export interface OpenedQueue {
  queue: SharedQueue;
  troubles: Trouble[];
}

export async function openQueue({ url, prefix }: { url: string; prefix: string }): Promise<OpenedQueue> {
  const troubles: Trouble[] = [];
  const queue = await openSharedQueue({
    url,
    prefix,
    newId: () => randomUUID(),
    now: () => Date.now(),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { queue, troubles };
}
