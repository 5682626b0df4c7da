/** The spools of all processes that share a data folder: each has one of its own, and empties those of processes that are gone. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store/contract.js';
import { SpoolFile } from './spool-file.js';

export interface SpoolFolderOptions {
  dir: string;
  /** Bytes that one process may keep. */
  most: number;
  /** Takes a folder for this process as long as it lives; throws `StoreError('in_use')` when another one has it. Returns how to give it back. */
  lock: (dir: string) => () => void;
  /** Bytes of a file that were torn off or damaged. */
  onDamaged: (kind: 'damaged' | 'torn', bytes: Buffer) => void;
}

/** A spool, and how to leave it to others. */
export interface OwnSpool {
  readonly file: SpoolFile;
  close(): Promise<void>;
}

/** The file in each place. */
export const SPOOL_FILE = 'entries.spool';

export class SpoolFolder {
  private readonly taken = new Set<string>();

  constructor(private readonly options: SpoolFolderOptions) {}

  /** The first place that no living process has, with what a former one left there. */
  async own(): Promise<OwnSpool> {
    for (let place = 1; ; place++) {
      const spool = await this.take(String(place));
      if (spool) return spool;
    }
  }

  /** Spools of processes that are gone in which something waits; each is ours until it is closed. */
  async left(): Promise<OwnSpool[]> {
    const places = (await readdir(this.options.dir)).filter((name) => /^\d+$/.test(name) && !this.taken.has(name));
    const spools: OwnSpool[] = [];
    for (const place of places) {
      const spool = await this.take(place);
      if (spool && spool.file.waiting > 0) spools.push(spool);
      else await spool?.close();
    }
    return spools;
  }

  private async take(place: string): Promise<OwnSpool | null> {
    const { most, onDamaged } = this.options;
    const dir = join(this.options.dir, place);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const unlock = this.lock(dir);
    if (!unlock) return null;
    this.taken.add(place);
    const close = (): void => {
      this.taken.delete(place);
      unlock();
    };
    try {
      const file = await SpoolFile.open({ path: join(dir, SPOOL_FILE), most, onDamaged });
      return { file, close: () => file.close().finally(close) };
    } catch (error) {
      close();
      throw error;
    }
  }

  private lock(dir: string): (() => void) | null {
    try {
      return this.options.lock(dir);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'in_use') return null;
      throw error;
    }
  }
}
