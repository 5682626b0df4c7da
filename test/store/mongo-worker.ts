// A process that handles whatever waits in a store over MongoDB, until it is killed. Its only argument is the database.
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../src/store/contract.js';
import type { Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';

const HOLD = 2_000;
const nothing = new Uint8Array();
const [, , url = ''] = process.argv;
const me = `process-${process.pid}`;
let turns = 0;

async function handle(store: Store, conversation: string): Promise<void> {
  const now = Date.now();
  const taken = await store.turns.take(conversation, me, now, now + HOLD);
  if (!taken) return;
  for (const item of await store.turns.items(conversation, 9)) {
    turns += 1;
    const id = `${me}.${turns}`;
    const said = { run: null, providerKey: null, at: now, expiresAt: null, sealed: nothing, class: 'public' } as const;
    const { result } = await store.turns.commit({
      ...{ turn: id, conversation, fence: taken.fence, item: item.id, at: now, record: nothing },
      ...{ patch: { step: item.id }, submissions: [], ratings: [], notices: [] },
      messages: [
        { ...said, id: `${id}.in`, direction: 'in', author: 'person', state: 'received' },
        { ...said, id: `${id}.out`, direction: 'out', author: 'bot', state: 'queued' },
      ],
    });
    if (result !== 'committed') return;
  }
  await store.turns.release(conversation, taken.fence);
}

const store = await openMongoStore({ url, random: Math.random });
for (;;) {
  try {
    const waiting = await store.turns.waiting(Date.now(), 20);
    await Promise.all(waiting.map((conversation) => handle(store, conversation)));
    if (waiting.length === 0) await pause(20);
  } catch (error) {
    // As our own worker does: what failed is tried again.
    if (!(error instanceof StoreError && error.code === 'failed')) throw error;
  }
}
