/** The room of files: what people send, checked, cleaned and sealed. */
import { newKey } from '../privacy/seal.js';
import type { Vault } from '../privacy/vault.js';
import type { Blobs, Files } from '../store/contract.js';
import { cleanFile } from './clean.js';
import type { CleanFile, Refusal } from './clean.js';
import { KINDS } from './kind.js';
import { fileLabel } from './label.js';
import { digestKeyOf, openContent, openMeta, sealContent, sealMeta, sealMetaForCase } from './sealed-file.js';

export const FILE_LIMITS = { bytes: 25 * 1024 * 1024, filesOfOwner: 50, bytesOfOwner: 250 * 1024 * 1024 } as const;
const ORPHAN_AGE = 24 * 60 * 60 * 1000;
const MEGABYTE = 1024 * 1024;

/** A kept file as others name it. */
export interface KeptFile {
  id: string;
  name: string;
  mime: string;
  bytes: number;
}

export interface FileRoomNeeds {
  /** Where the sealed files lie. */
  blobs: Blobs;
  files: Files;
  vault: Vault;
  /** Makes random ids; they are the names of the blobs. */
  newId: () => string;
  now: () => number;
}

export class FileRoom {
  readonly #needs: FileRoomNeeds;
  /** Files of an owner that are being kept right now: they count for the quota before they have a row. */
  readonly #arriving = new Map<string, { files: number; bytes: number }>();

  constructor(needs: FileRoomNeeds) {
    this.#needs = needs;
  }

  /**
   * Keeps a file of `owner` (an address id, or `staff`); it is durable when this resolves. A file that is not taken gives a key under
   * `edge.` in flows/texts. Rejects with `StoreError('full')` when there is no room, and `VaultError('erased')` for an erased owner.
   */
  async keep(owner: string, name: string, bytes: Buffer): Promise<KeptFile | Refusal> {
    if (bytes.length === 0) return { refused: 'file_empty' };
    if (bytes.length > FILE_LIMITS.bytes) {
      return { refused: 'file_too_big', values: { max: FILE_LIMITS.bytes / MEGABYTE } };
    }
    const full = await this.#reserve(owner, bytes.length);
    if (full) return full;
    try {
      const clean = await cleanFile(bytes);
      return 'refused' in clean ? clean : await this.#store(owner, fileLabel(name, clean.kind), clean);
    } finally {
      this.#arrives(owner, -1, -bytes.length);
    }
  }

  /** Null when there is no such file, or nobody can open it any more. */
  async read(id: string): Promise<{ ref: KeptFile; bytes: Buffer } | null> {
    const row = await this.#needs.files.get(id);
    const meta = row && (await openMeta(this.#needs.vault, row));
    const sealed = meta && (await this.#needs.blobs.get(id));
    if (!sealed) return null;
    const bytes = openContent(meta, id, sealed);
    return { ref: { id, name: meta.name, mime: row.mime, bytes: row.bytes }, bytes };
  }

  /** Lets the case open the file too, so that it stays readable there when the sender's own key is destroyed. The first case keeps it. */
  async attach(id: string, caseNumber: string): Promise<void> {
    const { files, vault } = this.#needs;
    const row = await files.get(id);
    if (!row || row.caseNumber !== null) return;
    const meta = await openMeta(vault, row);
    if (!meta) return;
    await files.attach(id, caseNumber, await sealMetaForCase(vault, caseNumber, id, meta));
  }

  /** Removes the row first: a file without a row is swept, a row without a file would be missed. */
  async remove(id: string): Promise<void> {
    await this.#needs.files.remove(id);
    await this.#needs.blobs.drop(id);
  }

  /** Deletes what lies there without a row for more than a day: a crash between file and row leaves such. Returns how many. */
  async sweepOrphans(now: number): Promise<number> {
    const { blobs, files } = this.#needs;
    // Files before rows: a row that is added in between belongs to a file that is younger than a day.
    const old = await blobs.writtenBefore(now - ORPHAN_AGE);
    const known = new Set(await files.ids());
    const orphans = old.filter((name) => !known.has(name));
    for (const name of orphans) await blobs.drop(name);
    return orphans.length;
  }

  async #store(owner: string, name: string, { kind, bytes }: CleanFile): Promise<KeptFile> {
    const { blobs, files, vault, newId, now } = this.#needs;
    const id = newId();
    const meta = { name, key: newKey().toString('base64') };
    const sealed = await sealMeta(vault, owner, id, meta);
    const digestKey = digestKeyOf(vault, bytes);
    const { mime } = KINDS[kind];
    await blobs.put(id, sealContent(meta, id, bytes));
    const row = {
      id,
      owner,
      bytes: bytes.length,
      mime,
      digestKey,
      at: now(),
      sealed,
      caseNumber: null,
      caseSealed: null,
    };
    await files.add(row);
    return { id, name, mime, bytes: bytes.length };
  }

  /** Why nothing more of this owner is taken; null: there is room, and it is held. */
  async #reserve(owner: string, bytes: number): Promise<Refusal | null> {
    const kept = owner === 'staff' ? [] : await this.#needs.files.ofOwner(owner);
    const arriving = this.#arriving.get(owner) ?? { files: 0, bytes: 0 };
    if (kept.length + arriving.files >= FILE_LIMITS.filesOfOwner)
      return { refused: 'file_quota', values: { max: FILE_LIMITS.filesOfOwner } };
    const size = kept.reduce((sum, row) => sum + row.bytes, arriving.bytes + bytes);
    if (size > FILE_LIMITS.bytesOfOwner)
      return { refused: 'file_room', values: { max: FILE_LIMITS.bytesOfOwner / MEGABYTE } };
    this.#arrives(owner, 1, bytes);
    return null;
  }

  #arrives(owner: string, files: 1 | -1, bytes: number): void {
    const before = this.#arriving.get(owner) ?? { files: 0, bytes: 0 };
    const arriving = { files: before.files + files, bytes: before.bytes + bytes };
    if (arriving.files === 0) this.#arriving.delete(owner);
    else this.#arriving.set(owner, arriving);
  }
}
