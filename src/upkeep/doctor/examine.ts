/** Looks through a whole store, beside whoever works with it, and says what it found. Changes nothing. */
import type { PortableVersions } from '../../store/contract.js';
import { examineFiles, type FilesNeeds } from './files.js';
import { finding, type Finding } from './finding.js';
import { examineKeys, examineNeeds, readKeyring } from './keys.js';
import { examineRows } from './rows.js';
import { examineSpool } from './spool.js';

export interface ExamineNeeds extends Omit<FilesNeeds, 'keyring'> {
  latest: PortableVersions;
  /** The folder of all spools. */
  spoolDir: string;
}

export async function examine(needs: ExamineNeeds): Promise<Finding[]> {
  const { source, encryptionKeys, now } = needs;
  const state = await stateOf(needs);
  const rows = await examineRows(source, now);
  const keyring = await readKeyring(source);
  const keys = [...examineKeys(keyring, encryptionKeys), ...(await examineNeeds(source, keyring))];
  const spool = await examineSpool({ ...needs, keyring });
  return [...state, ...keys, ...rows, ...spool, ...(await examineFiles({ ...needs, keyring }))];
}

async function stateOf({ source, latest }: ExamineNeeds): Promise<Finding[]> {
  const { versions } = source;
  if ((await source.mark('unfinished')) !== null) return [finding('bad', 'store_unfinished')];
  if ((await source.mark('moved')) !== null) return [finding('bad', 'store_moved')];
  if (versions.rows < latest.rows || versions.keys < latest.keys)
    return [finding('look', 'store_older', { version: versions.rows, newest: latest.rows })];
  return [finding('well', 'store_current', { version: versions.rows })];
}
