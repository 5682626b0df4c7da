/** Sealed files in GridFS: the name is the file's name, its chunks are written before it, each acknowledged by a majority. */
import { once } from 'node:events';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { StoreError } from '../contract.js';
import type { Blobs } from '../contract.js';
import { untilMade } from './collections.js';
import { connect, databaseOf, DURABLE } from './connect.js';
import type { Where } from './connect.js';
import { isDuplicate, storeError } from './errors.js';

const { GridFSBucket, MongoGridFSChunkError, ObjectId } = mongoose.mongo;

const BUCKET = 'blobs';
const CHUNK_BYTES = 1024 * 1024;
/** A half-written file has no name yet; this and the id of its chunks stand for it. */
const PART = '.part-';

interface Place {
  readonly bucket: mongoose.mongo.GridFSBucket;
  readonly files: mongoose.mongo.Collection<mongoose.mongo.GridFSFile>;
  readonly chunks: mongoose.mongo.Collection<mongoose.mongo.GridFSChunk>;
}

export interface MongoBlobs extends Blobs {
  close(): Promise<void>;
}

/**
 * Makes collections and indexes where they are missing. A connection of its own: files of many megabytes keep no turn waiting. Rejects with a
 * `StoreError` as `openMongoStore` does.
 */
export async function openMongoBlobs(where: Where): Promise<MongoBlobs> {
  const connection = await connect(where);
  const place = placeIn(connection);
  try {
    await prepare(place);
  } catch (error) {
    await connection.close();
    throw storeError(error);
  }
  return {
    put: (name, bytes) => told(() => put(place, name, bytes)),
    get: (name) => told(() => get(place, name)),
    drop: (name) => told(() => drop(place, name)),
    writtenBefore: (time) => told(() => writtenBefore(place, time)),
    close: () => connection.close(),
  };
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}

function placeIn(connection: Connection): Place {
  const db = databaseOf(connection);
  const durable = { writeConcern: DURABLE };
  return {
    bucket: new GridFSBucket(db, { bucketName: BUCKET, chunkSizeBytes: CHUNK_BYTES, ...durable }),
    files: db.collection(`${BUCKET}.files`, durable),
    chunks: db.collection(`${BUCKET}.chunks`, durable),
  };
}

/** The driver's own indexes are made here too: it would make them beside the first uploads, of which there may be many at once. */
async function prepare({ files, chunks }: Place): Promise<void> {
  await untilMade(() =>
    files.createIndexes([
      { key: { filename: 1 }, name: 'filename', unique: true },
      { key: { filename: 1, uploadDate: 1 }, name: 'filename_uploadDate' },
    ]),
  );
  await untilMade(() => chunks.createIndexes([{ key: { files_id: 1, n: 1 }, name: 'files_id_n', unique: true }]));
}

async function put(place: Place, name: string, bytes: Uint8Array): Promise<void> {
  if (await place.files.findOne({ filename: name })) throw taken();
  const id = new ObjectId();
  const upload = place.bucket.openUploadStreamWithId(id, name);
  try {
    upload.end(bytes);
    await once(upload, 'finish');
  } catch (error) {
    // Its document comes last: where it stands, only the answer was lost.
    if (await place.files.findOne({ _id: id })) return;
    // If this fails too, chunks without a file are left, which are dropped a day later.
    await forget(place, id).catch(() => undefined);
    throw isDuplicate(error) ? taken() : error;
  }
}

async function get(place: Place, name: string): Promise<Buffer | null> {
  const file = await place.files.findOne({ filename: name });
  if (!file) return null;
  try {
    return Buffer.concat(await place.bucket.openDownloadStream(file._id).toArray());
  } catch (error) {
    // Dropped while it was read.
    if (!(await place.files.findOne({ _id: file._id }))) return null;
    throw error instanceof MongoGridFSChunkError ? new StoreError('corrupt', 'Bytes of a file are missing.') : error;
  }
}

async function drop(place: Place, name: string): Promise<void> {
  if (name.startsWith(PART)) return forget(place, ObjectId.createFromHexString(name.slice(PART.length)));
  const file = await place.files.findOne({ filename: name });
  if (file) await forget(place, file._id);
}

/** The name goes first: chunks that a crash leaves behind are found as half written. */
async function forget({ files, chunks }: Place, id: mongoose.mongo.ObjectId): Promise<void> {
  await files.deleteOne({ _id: id });
  await chunks.deleteMany({ files_id: id });
}

async function writtenBefore({ files, chunks }: Place, time: number): Promise<string[]> {
  const whole = await files
    .find({ uploadDate: { $lt: new Date(time) } })
    .sort({ filename: 1 })
    .toArray();
  // The id of a file holds the second in which its upload began.
  const torn = await chunks
    .aggregate<{ _id: mongoose.mongo.ObjectId }>([
      { $match: { files_id: { $lt: ObjectId.createFromTime(Math.floor(time / 1000)) } } },
      { $group: { _id: '$files_id' } },
      { $lookup: { from: files.collectionName, localField: '_id', foreignField: '_id', as: 'files' } },
      { $match: { files: { $size: 0 } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return [...whole.map(({ filename }) => filename), ...torn.map(({ _id }) => `${PART}${_id.toHexString()}`)];
}

function taken(): StoreError {
  return new StoreError('failed', 'There is a file of this name.');
}
