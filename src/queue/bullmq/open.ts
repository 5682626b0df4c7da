/** The doorbell of any number of processes over one Redis, which holds nothing that the store cannot ring again. */
import type { Board, Queue, Trouble } from '../contract.js';
import { Belfry } from './belfry.js';
import { createBoard } from './board.js';
import { lookAtRedis, type RedisFinding } from './finding.js';
import { SharedHints } from './hints.js';
import { Line } from './line.js';
import { SharedOrder } from './shared-order.js';

export interface SharedQueueOptions {
  /** redis:// or rediss:// */
  url: string;
  /** What all keys begin with: two installations may share a Redis. */
  prefix: string;
  newId: () => string;
  /** UTC milliseconds. */
  now: () => number;
  onTrouble: (trouble: Trouble) => void;
}

export interface SharedQueue extends Queue {
  /** What of Redis' settings endangers bells: for a warning at the start. */
  readonly findings: readonly RedisFinding[];
  /** The page of the bells of all processes, to be served at `base`, e.g. `/staff/queues`. */
  board(base: string, title: string): Board;
}

/** Milliseconds. */
const STARTS_WITHIN = 10_000;

/** Rejects with a RedisAway when Redis does not answer within ten seconds. */
export async function openSharedQueue(options: SharedQueueOptions): Promise<SharedQueue> {
  const { url, prefix, newId, onTrouble } = options;
  const line = new Line(url, (error) => onTrouble({ of: 'server', what: 'away', error }));
  const onLost = (error: unknown) => onTrouble({ of: 'hint', what: 'lost', error });
  const self = newId();
  const hints = new SharedHints({ line, prefix, self, onLost });
  try {
    await line.ready(STARTS_WITHIN);
    await hints.listen();
    const findings = await lookAtRedis(line);
    return assemble({
      belfry: new Belfry({ ...options, line }),
      hints,
      order: new SharedOrder({ line, prefix, self }),
      line,
      findings,
    });
  } catch (error) {
    hints.close();
    line.close();
    throw error;
  }
}

interface Parts {
  belfry: Belfry;
  hints: SharedHints;
  order: SharedOrder;
  line: Line;
  findings: readonly RedisFinding[];
}

function assemble({ belfry, hints, order, line, findings }: Parts): SharedQueue {
  return {
    findings,
    ring: (bell, delay = 0) => belfry.ring(bell, delay),
    work: (kind, concurrency, handler, lane) => belfry.of(kind, lane?.name).work(concurrency, handler, lane?.rate),
    schedule: (name, every, handler) => belfry.schedule(name, every, handler),
    tell: (hint) => hints.tell(hint),
    hear: (listener, hearing) => hints.hear(listener, hearing),
    pending: (kind) => belfry.pending(kind),
    order,
    board: (base, title) => createBoard({ queues: () => belfry.queues(), base, title }),
    close: async () => {
      hints.close();
      order.close();
      await belfry.close();
      line.close();
    },
  };
}
