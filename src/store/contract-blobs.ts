/** Where sealed files lie: a folder beside the embedded store, GridFS beside MongoDB. */

/** Bytes under random names of ours. What is put is sealed already: nothing clear comes here. */
export interface Blobs {
  /**
   * Durable, name and bytes, when it resolves; a crash before that leaves no blob of this name. Rejects with `StoreError('full')` when there
   * is no room and `failed` when the name is taken; then nothing is changed. A name is put by one caller at a time.
   */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** All of it; null when there is no such blob. */
  get(name: string): Promise<Buffer | null>;
  /** Ignored when there is no such blob. */
  drop(name: string): Promise<void>;
  /**
   * Names of what was put before `time` (UTC milliseconds, by the clock of whoever wrote it). What a crash left half written is among them,
   * under a name that only `drop` knows.
   */
  writtenBefore(time: number): Promise<string[]>;
}
