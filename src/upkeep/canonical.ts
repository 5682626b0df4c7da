/** One way to write a row down, and a checksum of rows that does not depend on their order: both stores come to the same. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cell, PortableRow } from '../store/contract.js';
import { UpkeepError } from './failure.js';

/** Count and checksum (hex) of a table's rows. */
export interface Sum {
  readonly count: number;
  readonly checksum: string;
}

/** Keys in order, bytes as base64: equal rows give equal lines. */
export function lineOf(table: string, row: PortableRow): string {
  const columns = Object.keys(row).sort();
  return JSON.stringify([table, Object.fromEntries(columns.map((column) => [column, written(row[column] ?? null)]))]);
}

const Line = z.tuple([
  z.string(),
  z.record(z.string(), z.union([z.string(), z.int(), z.null(), z.object({ b64: z.base64() })])),
]);

/** The table and the row of a line. Throws `UpkeepError('damaged')`. */
export function parseLine(line: string): { table: string; row: PortableRow } {
  const read = Line.safeParse(parsed(line));
  if (!read.success) throw new UpkeepError('damaged', 'row');
  const [table, cells] = read.data;
  const row = Object.entries(cells).map(([column, cell]): [string, Cell] => [
    column,
    cell !== null && typeof cell === 'object' ? Buffer.from(cell.b64, 'base64') : cell,
  ]);
  return { table, row: Object.fromEntries(row) };
}

const MODULUS = 1n << 256n;

/** Adds up rows: the sum of the SHA-256 of their lines, modulo 2^256. */
export class Summer {
  #count = 0;
  #sum = 0n;

  add(line: string): void {
    this.#count += 1;
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(line).digest('hex')}`)) % MODULUS;
  }

  get sum(): Sum {
    return { count: this.#count, checksum: this.#sum.toString(16).padStart(64, '0') };
  }
}

/** The sums of several tables. */
export class Summers {
  readonly #tables = new Map<string, Summer>();

  /** So that a table without rows has a sum too. */
  open(table: string): Summer {
    const summer = this.#tables.get(table) ?? new Summer();
    this.#tables.set(table, summer);
    return summer;
  }

  get sums(): Record<string, Sum> {
    return Object.fromEntries([...this.#tables].map(([table, { sum }]) => [table, sum]));
  }
}

function written(cell: Cell): string | number | null | { b64: string } {
  return cell instanceof Uint8Array ? { b64: Buffer.from(cell).toString('base64') } : cell;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
