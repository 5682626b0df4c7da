// What every place of sealed files must do. Runs over a folder and over GridFS.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/store/contract.js';

export interface OpenBlobs {
  blobs: Blobs;
  /** Looks at the same data as a process that starts afresh. */
  reopen(): Promise<Blobs>;
  /** Leaves a blob as a crash in the middle of writing it would. */
  tear(name: string, bytes: Uint8Array): Promise<void>;
  /** Everything that lies there, as bytes: to look for what must not. */
  raw(): Promise<Buffer>;
  close(): Promise<void>;
}

const HOUR = 60 * 60 * 1000;
const LARGEST = 25 * 1024 * 1024;

export function blobsContract(name: string, open: () => Promise<OpenBlobs>): void {
  describe(`blobs contract: ${name}`, () => {
    let at: OpenBlobs;
    beforeEach(async () => {
      at = await open();
    });
    afterEach(() => at.close());

    it('gives back what was put, after a restart too', async () => {
      const [small, large] = [randomBytes(10), randomBytes(3_000_000)];
      await at.blobs.put('small', small);
      await at.blobs.put('large', large);
      const again = await at.reopen();
      expect(await again.get('small')).toEqual(small);
      expect((await again.get('large'))?.equals(large)).toBe(true);
      expect(await again.get('none')).toBeNull();
    });

    it('holds the largest file that is taken, sealed', async () => {
      const bytes = randomBytes(LARGEST + 64);
      await at.blobs.put('largest', bytes);
      expect((await at.blobs.get('largest'))?.equals(bytes)).toBe(true);
    });

    it('keeps many that come at once apart', async () => {
      const all = Array.from({ length: 20 }, (_, n) => ({ name: `n${n}`, bytes: randomBytes(1_000 * (n + 1)) }));
      await Promise.all(all.map((one) => at.blobs.put(one.name, one.bytes)));
      for (const one of all) expect((await at.blobs.get(one.name))?.equals(one.bytes)).toBe(true);
    });

    it('never replaces what is there', async () => {
      await at.blobs.put('one', Buffer.from('first'));
      await expect(at.blobs.put('one', Buffer.from('second'))).rejects.toMatchObject({ code: 'failed' });
      expect(await at.blobs.get('one')).toEqual(Buffer.from('first'));
    });

    it('drops, again and again; the name is free then', async () => {
      await at.blobs.put('one', randomBytes(2_000_000));
      await at.blobs.drop('one');
      await at.blobs.drop('one');
      expect(await at.blobs.get('one')).toBeNull();
      await at.blobs.put('one', Buffer.from('new'));
      expect(await at.blobs.get('one')).toEqual(Buffer.from('new'));
    });

    it('leaves nothing of what was dropped', async () => {
      const bytes = randomBytes(2_000_000);
      const middle = bytes.subarray(1_000_000, 1_000_032);
      await at.blobs.put('one', bytes);
      expect((await at.raw()).includes(middle)).toBe(true);
      await at.blobs.drop('one');
      expect((await at.raw()).includes(middle)).toBe(false);
    });

    it('says what was written before a time', async () => {
      await at.blobs.put('one', Buffer.from('1'));
      await at.blobs.put('two', randomBytes(2_000_000));
      expect((await at.blobs.writtenBefore(Date.now() + HOUR)).sort()).toEqual(['one', 'two']);
      expect(await at.blobs.writtenBefore(Date.now() - HOUR)).toEqual([]);
    });

    it('what a crash left half written is no blob, is in nobody’s way, and can be dropped', async () => {
      const bytes = randomBytes(2_000_000);
      await at.tear('torn', bytes);
      expect(await at.blobs.get('torn')).toBeNull();
      expect(await at.blobs.writtenBefore(Date.now() - HOUR)).toEqual([]);
      const [left, ...more] = await at.blobs.writtenBefore(Date.now() + HOUR);
      expect(more).toEqual([]);
      await at.blobs.drop(left ?? '');
      expect(await at.blobs.writtenBefore(Date.now() + HOUR)).toEqual([]);
      expect((await at.raw()).includes(bytes.subarray(0, 32))).toBe(false);
      await at.tear('torn', bytes);
      await at.blobs.put('torn', bytes);
      expect((await at.blobs.get('torn'))?.equals(bytes)).toBe(true);
    });
  });
}
