/** One append-only file of sealed entries: each is on disk before anybody hears that it was taken, and stays until it is dropped. */
import { open, type FileHandle } from 'node:fs/promises';
import { StoreError } from '../store/contract.js';
import { decode, encode, read, type Place, type SpoolEntry } from './records.js';

export interface SpoolFileOptions {
  path: string;
  /** Bytes that the file may grow to. */
  most: number;
  /** Bytes of a file found damaged or torn at the start; they are not part of any entry. */
  onDamaged?: (kind: 'damaged' | 'torn', bytes: Buffer) => void;
}

interface Pending {
  readonly bytes: Buffer;
  readonly done: (place: Place) => void;
  readonly failed: (error: StoreError) => void;
}

/** Bytes of a large entry. */
const LARGE = 64 * 1024;
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class SpoolFile {
  private pending: Pending[] = [];
  private writing = 0;
  private readonly kept = new Set<Place>();
  private line: Promise<void> = Promise.resolve();
  /** After a failed sync nobody knows what is on disk: nothing more is taken until the file is read anew. */
  private broken = false;

  private constructor(
    private readonly file: FileHandle,
    private readonly most: number,
    private size: number,
  ) {}

  /** Reads what an earlier process left, and cuts a torn end off. */
  static async open({ path, most, onDamaged }: SpoolFileOptions): Promise<SpoolFile> {
    const file = await open(path, 'a+', 0o600);
    await file.close();
    const handle = await open(path, 'r+');
    const bytes = await handle.readFile();
    const { places, damaged, end } = read(bytes);
    for (const { at, length } of damaged) onDamaged?.('damaged', bytes.subarray(at, at + length));
    if (end < bytes.length) {
      onDamaged?.('torn', bytes.subarray(end));
      await handle.truncate(end);
      await handle.datasync();
    }
    const spool = new SpoolFile(handle, most, end);
    for (const place of places) spool.kept.add(place);
    return spool;
  }

  /** How many entries wait, those that are being written included. */
  get waiting(): number {
    return this.kept.size + this.writing + this.pending.length;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.size;
  }

  /** Whether another entry would be taken, as far as is known without trying. */
  get takes(): boolean {
    return !this.broken && this.size + LARGE <= this.most;
  }

  /** Where entries lie, in the order in which they came. */
  get places(): Place[] {
    return [...this.kept];
  }

  /** On disk when it resolves. Rejects with `StoreError('full')` when there is no room and `StoreError('failed')` otherwise; then it is not kept. */
  append(entry: SpoolEntry): Promise<Place> {
    return new Promise((done, failed) => {
      this.pending.push({ bytes: encode(entry), done, failed });
      // Those that come while others are synced share the next sync.
      if (this.pending.length === 1) void this.inLine(() => this.flush());
    });
  }

  /** Null when it changed on disk since it was written. */
  async read({ at, length }: Place): Promise<SpoolEntry | null> {
    const bytes = Buffer.alloc(length);
    await this.file.read(bytes, 0, length, at);
    return decode(bytes);
  }

  /** Forgets an entry. The room is free again once all are gone; after a crash before that they are there once more. */
  async drop(place: Place): Promise<void> {
    this.kept.delete(place);
    // What is being written lies behind it.
    if (this.waiting === 0) await this.inLine(() => this.clear());
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.inLine(() => this.file.close());
  }

  private async clear(): Promise<void> {
    if (this.waiting > 0 || this.size === 0) return;
    await this.file.truncate(0);
    await this.file.datasync();
    this.size = 0;
  }

  private inLine(work: () => Promise<void>): Promise<void> {
    const run = this.line.then(work);
    this.line = run.catch(() => undefined);
    return run;
  }

  private async flush(): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    const { fitting, late } = this.split(batch);
    for (const { failed } of late) failed(this.refusal());
    if (fitting.length === 0) return;
    this.writing = fitting.length;
    try {
      await this.write(Buffer.concat(fitting.map(({ bytes }) => bytes)));
      for (const { bytes, done } of fitting) {
        const place = { at: this.size, length: bytes.length };
        this.kept.add(place);
        this.size += bytes.length;
        done(place);
      }
    } catch (error) {
      const refusal = await this.rolledBack(error);
      for (const { failed } of fitting) failed(refusal);
    } finally {
      this.writing = 0;
    }
  }

  /** After one that does not fit none is taken: what comes later must not come first. */
  private split(batch: readonly Pending[]): { fitting: readonly Pending[]; late: readonly Pending[] } {
    let room = this.broken ? 0 : this.most - this.size;
    const first = batch.findIndex(({ bytes }) => (room -= bytes.length) < 0);
    return first < 0 ? { fitting: batch, late: [] } : { fitting: batch.slice(0, first), late: batch.slice(first) };
  }

  /** A write can be short without an error: then the disk is full. */
  private async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, at, bytes.length - at, this.size + at);
      if (bytesWritten === 0) throw new StoreError('full', 'There is no room for the spool.');
      at += bytesWritten;
    }
    try {
      await this.file.datasync();
    } catch (error) {
      this.broken = true;
      throw error;
    }
  }

  private async rolledBack(error: unknown): Promise<StoreError> {
    await this.file.truncate(this.size).catch(() => (this.broken = true));
    if (error instanceof StoreError) return error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return NO_ROOM.has(code) ? new StoreError('full', 'There is no room for the spool.') : this.refusal();
  }

  private refusal(): StoreError {
    return this.broken
      ? new StoreError('failed', 'The spool cannot be written.')
      : new StoreError('full', 'The spool is full.');
  }
}
