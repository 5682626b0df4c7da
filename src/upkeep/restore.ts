/** Brings a back-up into an empty place: looks through all of it first, writes, reads it back, and forgets who was erased since. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Vault } from '../privacy/vault.js';
import type { Blobs, PortableStore, PortableVersions, Store } from '../store/contract.js';
import type { Sum } from './canonical.js';
import { isSame, putFile, sumOf, writeLines } from './copy.js';
import { applyErasures, type Forgotten } from './erasures.js';
import { UpkeepError } from './failure.js';
import { heldKeys } from './held-keys.js';
import { factsOf } from './line-file.js';
import { NAMES, type Manifest } from './manifest.js';
import { choose } from './places.js';
import { parseIndexLine, verify, type Verified } from './verify.js';

export interface RestoreNeeds {
  /** A back-up, or the folder of all: then the newest. */
  from: string;
  /** The keys file; null: the newest beside it, which knows of every erasure. */
  keys: string | null;
  /** Versions that this program knows. */
  latest: PortableVersions;
  /** Looks whether they open the keys, before anything is written; null: nobody knows. */
  encryptionKeys: readonly Buffer[] | null;
  /** Opens the place for rows of these versions. */
  openTarget: (versions: PortableVersions) => Promise<PortableStore>;
  /** Opens it as the program does, though it is unfinished. */
  openStore: () => Promise<Store>;
  /** Asked for only when the place was found empty. */
  blobs: () => Promise<Blobs>;
}

export interface RestoreReport {
  /** When the back-up was made, and the keys file. */
  at: number;
  keysAt: number;
  tables: Readonly<Record<string, Sum>>;
  keyTables: Readonly<Record<string, Sum>>;
  files: Manifest['files'];
  forgotten: Forgotten;
}

/**
 * Rejects with an `UpkeepError` (nothing was written: `nothing_there`, `cut_short`, `damaged`, `newer`, `other_keys`, `not_empty`), a
 * `VaultError('wrong_key')` or a `StoreError`. What is interrupted leaves a place that the program refuses; the same restore goes on with it.
 */
export async function restore(needs: RestoreNeeds): Promise<RestoreReport> {
  const place = await choose(needs.from, needs.keys);
  const verified = await verify(place.folder, place.keys, needs.latest);
  const { manifest, wrapped, erasures } = verified;
  const { encryptionKeys } = needs;
  if (encryptionKeys && wrapped.size > 0) await Vault.open({ keys: heldKeys(wrapped, erasures), encryptionKeys });
  const versions = { rows: manifest.versions.rows, keys: verified.keys.versions.keys };
  const blobs = await bringIn(needs, place, verified, versions);
  const forgotten = await forget(needs, blobs);
  const target = await needs.openTarget(needs.latest);
  await target.setMark('unfinished', null);
  await target.close();
  const { tables, files, at } = manifest;
  return { at, keysAt: verified.keys.at, tables, keyTables: verified.keys.tables, files, forgotten };
}

async function bringIn(
  needs: RestoreNeeds,
  place: { folder: string; keys: string },
  { manifest, keys }: Verified,
  versions: PortableVersions,
): Promise<Blobs> {
  const target = await needs.openTarget(versions);
  try {
    const mark = `restore ${manifest.at} ${keys.at}`;
    const left = await target.mark('unfinished');
    if (left !== mark && (left !== null || !(await target.isEmpty()))) throw new UpkeepError('not_empty', 'target');
    await target.setMark('unfinished', mark);
    const blobs = await needs.blobs();
    await writeFiles(place.folder, blobs);
    await writeLines(join(place.folder, NAMES.rows), target);
    await writeLines(place.keys, target);
    for (const [table, sum] of [...Object.entries(manifest.tables), ...Object.entries(keys.tables)]) {
      if (!isSame(await sumOf(target, table), sum)) throw new UpkeepError('not_as_written', table);
    }
    return blobs;
  } finally {
    await target.close();
  }
}

async function writeFiles(folder: string, blobs: Blobs): Promise<void> {
  const ids: string[] = [];
  await factsOf(join(folder, NAMES.index), (line) => ids.push(parseIndexLine(line).id));
  for (const id of ids) await putFile(blobs, id, await readFile(join(folder, NAMES.files, id)));
}

async function forget(needs: RestoreNeeds, blobs: Blobs): Promise<Forgotten> {
  const store = await needs.openStore();
  try {
    return await applyErasures(store, blobs);
  } finally {
    await store.close();
  }
}
