// The doctor finds what was planted, and nothing in an installation that is well.
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { readEmbedded } from '../../src/store/embedded/portable.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { examine } from '../../src/upkeep/doctor/examine.js';
import type { Finding } from '../../src/upkeep/doctor/finding.js';
import { harness, KEY, MORNING, SARA } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { folder } from './world.js';

/** A while after all that was written. */
const NOW = MORNING + 2 * 60 * 60 * 1000;
const OTHER = Buffer.alloc(32, 9);

interface Look {
  keys?: readonly Buffer[] | null;
  now?: number;
}

function doctor(dir: string, { keys = [KEY], now = NOW }: Look = {}): Promise<Finding[]> {
  const open = () => Promise.resolve(readEmbedded({ dir }));
  const source = readEmbedded({ dir });
  const needs = { source, open, blobs: blobsOnDisk(join(dir, 'files')), latest: LATEST, random: () => 0.5 };
  const spoolDir = join(dir, 'spool');
  return examine({ ...needs, spoolDir, encryptionKeys: keys, now }).finally(() => source.close());
}

/** What is not well. */
function ills(findings: readonly Finding[]): string[] {
  return findings.filter(({ level }) => level !== 'well').map(({ level, name }) => `${level} ${name}`);
}

/** Changes a database file of a stopped installation by hand. */
function change(dir: string, file: 'sila.db' | 'keys.db', sql: string): void {
  const database = new DatabaseSync(join(dir, file));
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  database.close();
}

function onlyFile(dir: string): string {
  return join(dir, 'files', readdirSync(join(dir, 'files'))[0]!);
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('the doctor', () => {
  const well = mkdtempSync(join(tmpdir(), 'sila-doctor-'));
  afterAll(() => rmSync(well, { recursive: true, force: true }));
  beforeAll(async () => {
    const h = await harness({ dir: well });
    const number = await fileRequest(h, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
    for (let i = 0; i < 3; i++) {
      await h.store.staff.audit({ at: MORNING + i, staff: SARA.id, act: 'case_read', subject: number });
    }
    await h.stop();
    change(well, 'sila.db', 'UPDATE conversations SET dueAt = NULL, dueKind = NULL');
    utimesSync(onlyFile(well), new Date(MORNING), new Date(MORNING));
  });

  const planted: [string, (dir: string) => void, string[], Look?][] = [
    ['nothing', () => undefined, []],
    ['another encryption key', () => undefined, ['bad keys_wrong'], { keys: [OTHER] }],
    ['a newer encryption key before it', () => undefined, ['look keys_former'], { keys: [OTHER, KEY] }],
    ['no encryption key', () => undefined, ['bad keys_not_set'], { keys: null }],
    [
      'a wrapped key that changed',
      (dir) =>
        change(
          dir,
          'keys.db',
          `UPDATE keys SET wrapped = CAST(substr(wrapped, 1, length(wrapped) - 1) || x'00' AS BLOB) WHERE subject LIKE 'address:%'`,
        ),
      ['bad keys_damaged', 'bad files_damaged'],
    ],
    [
      'a key that is gone',
      (dir) => change(dir, 'keys.db', `DELETE FROM keys WHERE subject LIKE 'case:%'`),
      ['bad keys_missing'],
    ],
    [
      'a message nobody handled',
      (dir) =>
        change(
          dir,
          'sila.db',
          `INSERT INTO mailbox (id, conversation, kind, dedupeKey, sealed, at) SELECT 'x', id, 'message', 'x', x'00', ${MORNING} FROM conversations LIMIT 1`,
        ),
      ['bad mailbox_waits'],
    ],
    [
      'a message put aside',
      (dir) =>
        change(
          dir,
          'sila.db',
          `INSERT INTO mailbox (id, conversation, kind, dedupeKey, sealed, at, reason) SELECT 'x', id, 'message', 'x', x'00', ${MORNING}, 'failed' FROM conversations LIMIT 1`,
        ),
      ['look put_aside'],
    ],
    [
      'a message nobody sent',
      (dir) => change(dir, 'sila.db', `UPDATE messages SET state = 'queued' WHERE direction = 'out' AND seq = 2`),
      ['look messages_unsent'],
    ],
    [
      'one that waits for the person',
      (dir) =>
        change(
          dir,
          'sila.db',
          `UPDATE messages SET state = 'queued', error = 'window_closed' WHERE direction = 'out' AND seq = 2`,
        ),
      [],
    ],
    [
      'a deadline that passed by',
      (dir) => change(dir, 'sila.db', `UPDATE conversations SET dueAt = ${MORNING}`),
      ['look deadlines_over'],
    ],
    [
      'a request without its case',
      (dir) => change(dir, 'sila.db', 'UPDATE submissions SET handledAt = NULL'),
      ['bad submissions_unopened'],
    ],
    [
      'a case whose conversation is gone',
      (dir) => change(dir, 'sila.db', `UPDATE cases SET conversation = 'nobody'`),
      ['bad references_broken'],
    ],
    [
      'a changed line of the access log',
      (dir) => change(dir, 'sila.db', `UPDATE audit SET act = 'other' WHERE n = 2`),
      ['bad audit_broken'],
    ],
    [
      'a removed line of the access log',
      (dir) => change(dir, 'sila.db', 'DELETE FROM audit WHERE n = 2'),
      ['bad audit_broken'],
    ],
    ['a file with a changed bit', (dir) => flip(onlyFile(dir)), ['bad files_damaged']],
    ['a file that is gone', (dir) => rmSync(onlyFile(dir)), ['bad files_lost']],
    ['a file that nothing names', (dir) => orphan(dir), ['look files_orphaned']],
    ['a clock behind the rows', () => undefined, ['bad clock_behind_rows'], { now: MORNING - 3_600_000 }],
    [
      'a restore that did not end',
      (dir) => change(dir, 'sila.db', `INSERT INTO facts VALUES ('unfinished', 'x')`),
      ['bad store_unfinished'],
    ],
    [
      'data that moved',
      (dir) => change(dir, 'sila.db', `INSERT INTO facts VALUES ('moved', 'x')`),
      ['bad store_moved'],
    ],
  ];

  it.each(planted)('finds %s', async (_name, plant, expected, look = {}) => {
    const dir = join(folder(), 'data');
    cpSync(well, dir, { recursive: true, preserveTimestamps: true });
    plant(dir);
    expect(ills(await doctor(dir, look))).toEqual(expected);
  });

  it('looks beside a running program, changes nothing, and says what it looked at', async () => {
    const dir = join(folder(), 'data');
    cpSync(well, dir, { recursive: true, preserveTimestamps: true });
    const h = await harness({ dir, messagesBefore: 100 });
    await h.tell('somebody', 'السلام عليكم');
    const before = hashOf(join(dir, 'sila.db'));
    const findings = await doctor(dir);
    expect(ills(findings)).toEqual([]);
    expect(findings.find(({ name }) => name === 'files_there')?.values).toEqual({ count: 1, opened: 1 });
    expect(findings.find(({ name }) => name === 'audit_whole')?.values['count']).toBeGreaterThanOrEqual(3);
    expect(hashOf(join(dir, 'sila.db'))).toBe(before);
    expect(await h.tell('somebody', 'القائمة')).not.toEqual([]);
    await h.stop();
  });
});

/** A file that an upload left a week ago. */
function orphan(dir: string): void {
  const path = join(dir, 'files', '00000000-0000-7000-8000-000000000000');
  writeFileSync(path, 'sealed');
  const old = new Date(MORNING - 7 * 24 * 60 * 60 * 1000);
  utimesSync(path, old, old);
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
