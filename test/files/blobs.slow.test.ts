// Sealed files in GridFS.
import { randomBytes, randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileRoom } from '../../src/files/room.js';
import { Vault } from '../../src/privacy/vault.js';
import { openMongoBlobs } from '../../src/store/mongo/blobs.js';
import type { MongoBlobs } from '../../src/store/mongo/blobs.js';
import { openModelStore } from '../store/model.js';
import { mongoProxy } from '../store/mongo-proxy.js';
import { freshDatabase, servers } from '../support/servers.js';
import { blobsContract } from './blobs-contract.js';

describe.skipIf(servers.mongo === null)('over MongoDB', () => {
  const { url, drop } = freshDatabase();
  let connection: Connection;
  const chunks = () => connection.collection('blobs.chunks');
  const files = () => connection.collection('blobs.files');
  beforeAll(async () => {
    connection = await mongoose.createConnection(url).asPromise();
  });
  afterAll(async () => {
    await connection.close();
    await drop();
  });

  /** As the driver does, and no further: chunks come before the file that names them. */
  const tear = async (bytes: Uint8Array, id = new mongoose.mongo.ObjectId()) => {
    await chunks().insertOne({ files_id: id, n: 0, data: Buffer.from(bytes) });
  };

  const open = async () => {
    const opened: MongoBlobs[] = [];
    const another = async () => {
      const blobs = await openMongoBlobs({ url });
      opened.push(blobs);
      return blobs;
    };
    const blobs = await another();
    for (const all of [chunks(), files()]) await all.deleteMany({});
    return {
      blobs,
      reopen: another,
      tear: (_name: string, bytes: Uint8Array) => tear(bytes.subarray(0, bytes.length / 2)),
      raw: async () => {
        const found = await chunks().find().toArray();
        return Buffer.concat(found.map((chunk) => (chunk['data'] as mongoose.mongo.Binary).buffer));
      },
      close: async () => {
        await Promise.all(opened.map((one) => one.close()));
      },
    };
  };

  blobsContract('GridFS', open);

  describe('GridFS', () => {
    it('can be opened by many processes at once on an empty database', async () => {
      const fresh = freshDatabase();
      const all = await Promise.all(Array.from({ length: 4 }, () => openMongoBlobs({ url: fresh.url })));
      await Promise.all(all.map((blobs, n) => blobs.put(`n${n}`, Buffer.from(`bytes ${n}`))));
      expect(await all[0]?.get('n3')).toEqual(Buffer.from('bytes 3'));
      await Promise.all(all.map((blobs) => blobs.close()));
      await fresh.drop();
    });

    it('of two that put the same name at once, one is kept whole', async () => {
      const { blobs, reopen, close } = await open();
      const [one, two] = [randomBytes(3_000_000), randomBytes(3_000_000)];
      const beside = await reopen();
      const put = await Promise.allSettled([blobs.put('name', one), beside.put('name', two)]);
      const kept = [one, two].filter((_, index) => put[index]?.status === 'fulfilled');
      expect(kept).toHaveLength(1);
      expect((await blobs.get('name'))?.equals(kept[0] ?? Buffer.alloc(0))).toBe(true);
      // Nothing is left of the other.
      expect(await blobs.writtenBefore(Date.now() + 60_000)).toEqual(['name']);
      await close();
    });

    it('reads as no blob what is dropped while it is read', async () => {
      const { blobs, close } = await open();
      await blobs.put('name', randomBytes(5_000_000));
      const [read] = await Promise.all([blobs.get('name'), blobs.drop('name')]);
      expect([null, 5_000_000]).toContain(read === null ? null : read.length);
      await close();
    });

    it('says so when bytes are missing from a blob that stands', async () => {
      const { blobs, close } = await open();
      await blobs.put('name', randomBytes(3_000_000));
      await chunks().deleteOne({ n: 1 });
      await expect(blobs.get('name')).rejects.toMatchObject({ code: 'corrupt' });
      await close();
    });

    it('holds nothing clear, and loses to the sweep only what has no row for a day', async () => {
      const { blobs, raw, close } = await open();
      const store = openModelStore();
      const vault = await Vault.open({ keys: store.keys, encryptionKeys: [randomBytes(32)] });
      const room = new FileRoom({ blobs, files: store.files, vault, newId: randomUUID, now: () => Date.now() });
      const clear = Buffer.from('%PDF-1.7\n1012345678\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n');
      const kept = await room.keep('a1', 'secret-name.pdf', clear);
      if ('refused' in kept) throw new Error(kept.refused);
      const names = await files().find().toArray();
      for (const word of ['1012345678', '%PDF', 'secret-name']) {
        expect((await raw()).includes(word)).toBe(false);
        expect(JSON.stringify(names)).not.toContain(word);
      }
      await blobs.put('orphan-new', Buffer.from('x'));
      await blobs.put('orphan-old', Buffer.from('x'));
      const DAY = 24 * 60 * 60 * 1000;
      const old = Date.now() - DAY - 60_000;
      await files().updateMany({ filename: { $ne: 'orphan-new' } }, { $set: { uploadDate: new Date(old) } });
      await tear(Buffer.from('a new chunk'));
      await tear(Buffer.from('an old chunk'), mongoose.mongo.ObjectId.createFromTime(old / 1000));
      expect(await room.sweepOrphans(Date.now())).toBe(2);
      const left = (await files().find().sort({ filename: 1 }).toArray()).map((file) => String(file['filename']));
      expect(left.sort()).toEqual([kept.id, 'orphan-new'].sort());
      expect((await raw()).includes('an old chunk')).toBe(false);
      expect((await raw()).includes('a new chunk')).toBe(true);
      expect((await room.read(kept.id))?.bytes.equals(clear)).toBe(true);
      await close();
    });

    it.each([
      ['loseCommands', 1],
      ['loseCommands', 2],
      ['loseCommands', 5],
      ['loseAnswers', 1],
      ['loseAnswers', 2],
      ['loseAnswers', 5],
    ] as const)('is whole or not there when a connection breaks: %s %i', async (lose, times) => {
      const { close } = await open();
      const proxy = await mongoProxy(url);
      const blobs = await openMongoBlobs({ url: proxy.url });
      for (const size of [1_000, 3_000_000]) {
        const [name, bytes] = [`n${size}`, randomBytes(size)];
        proxy[lose]('insert', times);
        const kept = await blobs.put(name, bytes).then(
          () => true,
          () => false,
        );
        proxy[lose]('insert', 0);
        const found = await blobs.get(name);
        expect(found !== null).toBe(kept);
        if (found) expect(found.equals(bytes)).toBe(true);
        // Either way the next one is not in its way.
        await blobs.drop(name);
        await blobs.put(name, bytes);
        expect((await blobs.get(name))?.equals(bytes)).toBe(true);
      }
      await blobs.close();
      await proxy.close();
      await close();
    });

    it('keeps a file whose own document’s answer was lost', async () => {
      const { close } = await open();
      const proxy = await mongoProxy(url);
      const blobs = await openMongoBlobs({ url: proxy.url });
      // No bytes, no chunks: its document is all that is inserted.
      proxy.loseAnswers('insert', 1);
      await blobs.put('name', Buffer.alloc(0));
      expect(await blobs.get('name')).toEqual(Buffer.alloc(0));
      await blobs.close();
      await proxy.close();
      await close();
    });

    it('rejects with a code when no server answers', async () => {
      const nowhere = 'mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=50';
      await expect(openMongoBlobs({ url: nowhere })).rejects.toMatchObject({ code: 'failed' });
    });
  });
});
