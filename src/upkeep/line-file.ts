/** Files of lines that know when they are whole: the last line says how many there are and what they hash to. */
import { createHash, type Hash } from 'node:crypto';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { UpkeepError } from './failure.js';

/** Characters that are gathered before they are written. */
const CHUNK = 1024 * 1024;
/** Under this name until it is whole. */
const PART = '.part';

const End = z.object({ end: z.object({ lines: z.int(), facts: z.unknown(), sha256: z.string() }) });

export class LineWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #waiting = '';
  #lines = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Rejects when there is such a file. */
  static async create(path: string): Promise<LineWriter> {
    return new LineWriter(await open(`${path}${PART}`, 'wx', 0o600), path);
  }

  async add(line: string): Promise<void> {
    this.#waiting += `${line}\n`;
    this.#lines += 1;
    if (this.#waiting.length > CHUNK) await this.#flush();
  }

  /** Whole, on disk and under its name when it resolves. */
  async end(facts: unknown): Promise<void> {
    await this.#flush();
    await this.#file.appendFile(`${endLine(this.#hash, { lines: this.#lines, facts })}\n`);
    await this.#file.sync();
    await this.#file.close();
    await rename(`${this.#path}${PART}`, this.#path);
    await syncFolder(dirname(this.#path));
  }

  /** Gives up: nothing is left. */
  async drop(): Promise<void> {
    await this.#file.close();
    await unlink(`${this.#path}${PART}`);
  }

  async #flush(): Promise<void> {
    const text = Buffer.from(this.#waiting, 'utf8');
    this.#waiting = '';
    this.#hash.update(text);
    await this.#file.appendFile(text);
  }
}

/**
 * The lines of a file, and at the end the facts it was closed with, as the generator's own result. Rejects with an `UpkeepError`:
 * `nothing_there`, `cut_short` (no last line), `damaged` (another hash or number of lines).
 */
export async function* readLines(path: string): AsyncGenerator<string, unknown> {
  const hash = createHash('sha256');
  let lines = 0;
  let last: string | null = null;
  for await (const line of rawLines(path)) {
    if (last !== null) {
      hash.update(`${last}\n`);
      lines += 1;
      yield last;
    }
    last = line;
  }
  const { facts } = endOf(last, path);
  if (endLine(hash, { lines, facts }) !== last) throw new UpkeepError('damaged', basename(path));
  return facts;
}

/** Reads a file through for its end only. Rejects as `readLines` does. */
export async function factsOf(path: string, each: (line: string) => void = () => undefined): Promise<unknown> {
  const lines = readLines(path);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) return next.value;
    each(next.value);
  }
}

export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function* rawLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, 'utf8')) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UpkeepError('nothing_there', path);
    throw error;
  }
  if (rest !== '') throw new UpkeepError('cut_short', basename(path));
}

/** The last line: what it says is in its hash too. */
function endLine(hash: Hash, said: { lines: number; facts: unknown }): string {
  const sha256 = hash.update(JSON.stringify(said)).digest('hex');
  return JSON.stringify({ end: { ...said, sha256 } });
}

function endOf(line: string | null, path: string): z.infer<typeof End>['end'] {
  try {
    return End.parse(JSON.parse(line ?? '')).end;
  } catch {
    throw new UpkeepError('cut_short', basename(path));
  }
}
