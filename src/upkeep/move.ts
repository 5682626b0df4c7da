/**
 * Moves an installation into another store: files, then rows and keys, table by table, until both sides say the same. May be killed at any
 * point and run again; when it has ended, running it again changes nothing, and the source is marked so that nobody goes on with it.
 */
import { createHash } from 'node:crypto';
import type { Blobs, PortableSource, PortableStore } from '../store/contract.js';
import type { Sum } from './canonical.js';
import { isSame, putFile, sumOf } from './copy.js';
import { UpkeepError } from './failure.js';

export interface MoveNeeds {
  /** Opened for this alone. */
  source: PortableStore;
  target: PortableStore;
  files: { from: Blobs; to: Blobs };
  /** Hears of every table when both sides say the same. */
  tell: (table: MovedTable) => void;
}

export interface MovedTable {
  table: string;
  source: Sum;
  target: Sum;
}

export interface MoveReport {
  /** `before`: it had ended earlier; nothing was changed. People may have gone on in the target since. */
  outcome: 'moved' | 'before';
  tables: MovedTable[];
  files: { count: number; copied: number; lost: string[] };
}

/**
 * Rejects with an `UpkeepError`: `nothing_there` (the source has no keys, so it was never used), `unfinished`, `other_data`,
 * `moved_elsewhere`, `not_as_written`; or with a `StoreError`. Nothing is written before the first four.
 */
export async function move(needs: MoveNeeds): Promise<MoveReport> {
  const { source, target } = needs;
  const run = `move ${await identityOf(source)}`;
  if ((await target.mark('arrived')) === run) {
    await finish(needs, run);
    return { outcome: 'before', tables: await compared(needs), files: { count: 0, copied: 0, lost: [] } };
  }
  await refuse(needs, run);
  await target.setMark('unfinished', run);
  const files = await moveFiles(needs);
  const tables: MovedTable[] = [];
  for (const { name } of source.tables) {
    const moved = await moveTable(needs, name);
    tables.push(moved);
    needs.tell(moved);
  }
  await finish(needs, run);
  return { outcome: 'moved', tables, files };
}

/** The source first: from then on it cannot be gone on with, and only this run can be taken up again. */
async function finish({ source, target }: MoveNeeds, run: string): Promise<void> {
  await source.setMark('moved', run);
  await target.setMark('arrived', run);
  await target.setMark('unfinished', null);
}

async function refuse({ source, target }: MoveNeeds, run: string): Promise<void> {
  if ((await source.mark('unfinished')) !== null) throw new UpkeepError('unfinished', 'source');
  const begun = await target.mark('unfinished');
  if (begun === run) return;
  if (begun !== null) throw new UpkeepError('unfinished', 'target');
  if ((await source.mark('moved')) !== null) throw new UpkeepError('moved_elsewhere', 'source');
  if (!(await target.isEmpty())) throw new UpkeepError('other_data', 'target');
}

/** Tells installations apart: none has another's root key. */
async function identityOf(source: PortableSource): Promise<string> {
  for await (const page of source.pages('keys', null)) {
    const root = page.find(({ subject }) => subject === 'vault:root')?.['wrapped'];
    if (root instanceof Uint8Array) return createHash('sha256').update(root).digest('hex').slice(0, 32);
  }
  throw new UpkeepError('nothing_there', 'source');
}

/** Before the rows, so that no row names a file that is not there. */
async function moveFiles({ source, files: { from, to } }: MoveNeeds): Promise<MoveReport['files']> {
  const report: MoveReport['files'] = { count: 0, copied: 0, lost: [] };
  for await (const page of source.pages('files', null)) {
    for (const row of page) {
      const id = String(row['id']);
      const bytes = await from.get(id);
      if (!bytes) report.lost.push(id);
      else if (await putFile(to, id, bytes)) report.copied += 1;
      report.count += 1;
    }
  }
  return report;
}

/** What is the same already is passed over. Rows of an earlier run that the source has lost since are cleared away. */
async function moveTable({ source, target }: MoveNeeds, table: string): Promise<MovedTable> {
  const said = await sumOf(source, table);
  for (const attempt of ['look', 'write', 'write anew'] as const) {
    if (attempt === 'write anew') await target.clear(table);
    if (attempt !== 'look') for await (const page of source.pages(table, null)) await target.write(table, page);
    const found = await sumOf(target, table);
    if (isSame(said, found)) return { table, source: said, target: found };
  }
  throw new UpkeepError('not_as_written', table);
}

async function compared({ source, target }: MoveNeeds): Promise<MovedTable[]> {
  const tables: MovedTable[] = [];
  for (const { name } of source.tables) {
    tables.push({ table: name, source: await sumOf(source, name), target: await sumOf(target, name) });
  }
  return tables;
}
