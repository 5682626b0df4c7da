/** How a file is sealed: its name and own key under its sender's key (and its case's), its content under its own. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { openBytes, sealBytes } from '../privacy/seal.js';
import type { Where } from '../privacy/seal.js';
import type { Subject, Vault } from '../privacy/vault.js';
import { VaultError } from '../privacy/vault-error.js';
import type { FileRow } from '../store/contract.js';

const Meta = z.object({ name: z.string(), key: z.base64() });
/** The name that people see, and the file's own key in base64. */
export type Meta = z.infer<typeof Meta>;

/** For the row of a file of `owner`. */
export function sealMeta(vault: Vault, owner: string, id: string, meta: Meta): Promise<Uint8Array> {
  return vault.seal(subjectOf(owner), place(id, 'meta'), meta);
}

/** For its case, which can then open the file too. */
export function sealMetaForCase(vault: Vault, caseNumber: string, id: string, meta: Meta): Promise<Uint8Array> {
  return vault.seal(`case:${caseNumber}`, place(id, 'case'), meta);
}

/** Under the sender's key, or the case's when the sender's was destroyed; null when nobody can open it any more. Rejects with a `VaultError`. */
export async function openMeta(vault: Vault, row: FileRow): Promise<Meta | null> {
  try {
    return Meta.parse(await vault.open(subjectOf(row.owner), place(row.id, 'meta'), row.sealed));
  } catch (error) {
    if (!isErased(error)) throw error;
  }
  if (row.caseNumber === null || row.caseSealed === null) return null;
  try {
    return Meta.parse(await vault.open(`case:${row.caseNumber}`, place(row.id, 'case'), row.caseSealed));
  } catch (error) {
    if (isErased(error)) return null;
    throw error;
  }
}

export function sealContent({ key }: Meta, id: string, bytes: Uint8Array): Uint8Array {
  return sealBytes(Buffer.from(key, 'base64'), place(id, 'content'), bytes);
}

/** Throws a `VaultError`. */
export function openContent({ key }: Meta, id: string, sealed: Uint8Array): Buffer {
  return openBytes(Buffer.from(key, 'base64'), place(id, 'content'), sealed);
}

/** A keyed hash of what a file holds. */
export function digestKeyOf(vault: Vault, bytes: Uint8Array): string {
  return vault.hash('file', createHash('sha256').update(bytes).digest('hex'));
}

function subjectOf(owner: string): Subject {
  return owner === 'staff' ? 'installation' : `address:${owner}`;
}

function place(id: string, field: 'meta' | 'case' | 'content'): Where {
  return { table: 'files', record: id, field };
}

function isErased(error: unknown): boolean {
  return error instanceof VaultError && error.code === 'erased';
}
