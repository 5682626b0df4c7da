/** Brings rows and files into a store, and looks whether they arrived. */
import type { Blobs, PortableRow, PortableSource, PortableStore } from '../store/contract.js';
import { lineOf, parseLine, Summer, type Sum } from './canonical.js';
import { readLines } from './line-file.js';

/** Rows that are written at once. */
const PAGE = 500;

/** Writes every line of a file as a row of its table. */
export async function writeLines(path: string, target: PortableStore): Promise<void> {
  let table = '';
  let waiting: PortableRow[] = [];
  const flush = async () => {
    if (waiting.length > 0) await target.write(table, waiting);
    waiting = [];
  };
  for await (const line of readLines(path)) {
    const next = parseLine(line);
    if (next.table !== table || waiting.length >= PAGE) await flush();
    ({ table } = next);
    waiting.push(next.row);
  }
  await flush();
}

/** The sum of a table as it stands. */
export async function sumOf(source: PortableSource, table: string): Promise<Sum> {
  const summer = new Summer();
  for await (const page of source.pages(table, null)) for (const row of page) summer.add(lineOf(table, row));
  return summer.sum;
}

export function isSame(one: Sum | undefined, other: Sum | undefined): boolean {
  return one?.count === other?.count && one?.checksum === other?.checksum;
}

/** Puts a file unless it is there as it is: what an interrupted run left is written anew. False when it was there. */
export async function putFile(blobs: Blobs, name: string, bytes: Uint8Array): Promise<boolean> {
  const there = await blobs.get(name);
  if (there?.equals(bytes)) return false;
  if (there) await blobs.drop(name);
  await blobs.put(name, bytes);
  return true;
}
