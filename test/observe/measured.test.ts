// The measured store and queue: they pass the contracts of what they stand before, and count what goes through.
import { rm } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { measuredBlobs, measuredQueue, measuredStore } from '../../src/observe/measured.js';
import { Meter } from '../../src/observe/meter.js';
import { Traces } from '../../src/observe/traces.js';
import { openEmbeddedQueue } from '../../src/queue/embedded.js';
import { StoreError } from '../../src/store/contract.js';
import { queueContract } from '../queue/contract-suite.js';
import { storeContract } from '../store/contract-suite.js';
import { newFolder } from '../store/folder.js';
import { openModelStore } from '../store/model.js';
import { hintOf, itemOf, speak } from '../store/rows.js';

const traces = new Traces((bytes) => Buffer.alloc(bytes, 1));
const openQueue = (meter: Meter) => measuredQueue(openEmbeddedQueue(), meter, traces);

storeContract('measured', () => {
  const store = measuredStore(openModelStore(), new Meter());
  return Promise.resolve({ store, reopen: () => Promise.resolve(store), close: () => store.close() });
});
queueContract('measured', () => {
  const queue = openQueue(new Meter());
  return Promise.resolve({ queue, close: () => queue.close() });
});

describe('a measured store', () => {
  it('times every call by its name and counts those that fail, by code', async () => {
    const meter = new Meter();
    const store = measuredStore(openModelStore(), meter);
    await speak(store, 'a', 'i1');
    await store.turns.accept(hintOf('b'), itemOf('i2'));
    await expect(store.turns.put('nobody', itemOf('i3'))).rejects.toBeInstanceOf(StoreError);
    const page = await meter.page();
    expect(page).toContain('sila_store_seconds_count{operation="turns.accept"} 2');
    expect(page).toContain('sila_store_seconds_count{operation="turns.commit"} 1');
    expect(page).toContain('sila_store_seconds_count{operation="turns.put"} 1');
    expect(page).toContain('sila_store_errors_total{operation="turns.put",code="not_found"} 1');
    expect(page).not.toContain('operation="turns.release"');
  });

  it('names an error that is not the store’s by no word of it', async () => {
    const meter = new Meter();
    const broken = { ...openModelStore(), stats: () => Promise.reject(new Error('فاطمة 0551234567')) };
    await expect(measuredStore(broken, meter).stats()).rejects.toThrow('فاطمة');
    const page = await meter.page();
    expect(page).toContain('sila_store_errors_total{operation="stats",code="other"} 1');
    expect(page).not.toContain('0551234567');
  });
});

describe('measured files', () => {
  it('are timed beside the store', async () => {
    const [meter, dir] = [new Meter(), await newFolder()];
    onTestFinished(() => rm(dir, { recursive: true }));
    const blobs = measuredBlobs(blobsOnDisk(dir), meter);
    await blobs.put('f', Buffer.from('sealed'));
    expect(await blobs.get('f')).toEqual(Buffer.from('sealed'));
    expect(await meter.page()).toContain('sila_store_seconds_count{operation="blobs.put"} 1');
  });
});

describe('a measured queue', () => {
  it('counts bells rung and handled, by kind and by whether the handler failed', async () => {
    const meter = new Meter();
    const queue = openQueue(meter);
    let tries = 0;
    const handled = new Promise<void>((done) => {
      queue.work('delivery', 1, () => {
        tries += 1;
        if (tries === 1) return Promise.reject(new Error('no'));
        done();
        return Promise.resolve();
      });
    });
    await queue.ring({ kind: 'delivery', id: 'a' });
    await handled;
    await queue.close();
    const page = await meter.page();
    expect(page).toContain('sila_bells_rung_total{kind="delivery"} 1');
    expect(page).toContain('sila_bells_handled_total{kind="delivery",outcome="failed"} 1');
    expect(page).toContain('sila_bells_handled_total{kind="delivery",outcome="done"} 1');
    expect(page).toContain('sila_queue_seconds_count{operation="ring"} 1');
  });

  it('handles apart from the trace of whoever rang', async () => {
    const queue = openQueue(new Meter());
    const seen = new Promise((told) => {
      queue.work('delivery', 1, async () => told(await Promise.resolve(traces.id)));
    });
    await traces.span('webhook', {}, () => queue.ring({ kind: 'delivery', id: 'a' }));
    expect(await seen).toBeUndefined();
    await queue.close();
  });
});
