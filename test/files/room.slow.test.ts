// Pictures are drawn one by one. sharp counts for the whole process, so this runs in one of its own.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { FileRoom } from '../../src/files/room.js';
import { Vault } from '../../src/privacy/vault.js';
import { openModelStore } from '../store/model.js';

/** Far more than there are threads: at once they would have to wait. */
const PICTURES = 24;

it('draws pictures one by one, however many come at once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sila-files-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const store = openModelStore();
  const vault = await Vault.open({ keys: store.keys, encryptionKeys: [randomBytes(32)] });
  const blobs = blobsOnDisk(dir);
  const room = new FileRoom({ blobs, files: store.files, vault, newId: randomUUID, now: () => 1_780_000_000_000 });
  let [most, told] = [0, 0];
  const count = (waiting: number): void => {
    told++;
    most = Math.max(most, waiting);
  };
  sharp.queue.on('change', count);
  onTestFinished(() => void sharp.queue.off('change', count));
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();
  most = told = 0;
  const all = await Promise.all(Array.from({ length: PICTURES }, (_, i) => room.keep(`a${i}`, 'x.jpg', bytes)));
  expect(all.map((one) => 'refused' in one)).toEqual(Array.from({ length: PICTURES }, () => false));
  // A thread may have taken a picture up before it is counted as waiting: then none waits, but never more than one.
  expect(most).toBeLessThanOrEqual(1);
  expect(told).toBeGreaterThanOrEqual(PICTURES);
});
