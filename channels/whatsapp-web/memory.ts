// What must be known after a restart: since when we answer on a number, and which messages with files are kept already.
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { caps } from './limits.js';

const shape = z.object({ v: z.literal(1), account: z.string(), since: z.number(), kept: z.array(z.string()) });

/**
 * A small file beside the session, ids in it as keyed hashes. Without it nothing breaks: text messages are known by the house, files would
 * be fetched once more.
 */
export class Memory {
  private account = '';
  private since = 0;
  private kept = new Set<string>();
  private readonly path: string;

  constructor(
    private readonly folder: string,
    private readonly key: Buffer,
  ) {
    this.path = join(folder, 'known.json');
    const read = shape.safeParse(readJson(this.path));
    if (!read.success) return;
    this.account = read.data.account;
    this.since = read.data.since;
    this.kept = new Set(read.data.kept);
  }

  /**
   * Since when (UTC milliseconds) what people write on this number is ours to answer: what stood there before it was paired is not. `first`:
   * it was not known here before; perhaps another process answered on it.
   */
  answersSince(account: string, now: number): { since: number; first: boolean } {
    const first = this.hash(account) !== this.account;
    if (first) {
      this.account = this.hash(account);
      this.since = now;
      this.kept.clear();
      this.write();
    }
    return { since: this.since, first };
  }

  has(message: string): boolean {
    return this.kept.has(this.hash(message));
  }

  add(message: string): void {
    this.kept.add(this.hash(message));
    const [oldest] = this.kept;
    if (this.kept.size > caps.kept && oldest !== undefined) this.kept.delete(oldest);
    this.write();
  }

  private hash(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, 22);
  }

  private write(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const { account, since } = this;
    // Whole or not at all: a crash leaves the one before.
    writeFileSync(`${this.path}.new`, JSON.stringify({ v: 1, account, since, kept: [...this.kept] }), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
