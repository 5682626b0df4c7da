/** What stands in the rows: work that waits, what was put aside, references to nothing, the chain of the audit, times that cannot be. */
import { firstBrokenLink } from '../../store/audit-chain.js';
import type { AuditEntry, PortableRow, PortableSource } from '../../store/contract.js';
import { dangling, eachRow } from '../references.js';
import { finding, type Finding } from './finding.js';

const MINUTE = 60_000;
/** Milliseconds that work may wait before somebody should look. */
const PATIENCE = 15 * MINUTE;
/** Milliseconds by which two clocks may differ. */
const CLOCKS_APART = 5 * MINUTE;

export async function examineRows(source: PortableSource, now: number): Promise<Finding[]> {
  return [
    await waiting(source, now),
    await unsent(source, now),
    await overdue(source, now),
    await withoutCase(source, now),
    await putAside(source),
    await references(source),
    await audit(source),
    ...(await future(source, now)),
  ].flat();
}

/** Accepted and not handled. */
async function waiting(source: PortableSource, now: number): Promise<Finding> {
  const found = await count(source, 'mailbox', ({ reason, at }) => reason === null && Number(at) < now - PATIENCE);
  return found > 0 ? finding('bad', 'mailbox_waits', { count: found }) : finding('well', 'mailbox_clear');
}

/** What is to wait (a time of its own, or for the person) is not late. */
async function unsent(source: PortableSource, now: number): Promise<Finding> {
  const late = await count(
    source,
    'messages',
    ({ state, error, at, nextAttemptAt }) =>
      (state === 'queued' || state === 'sending') &&
      error !== 'window_closed' &&
      Math.max(Number(at), Number(nextAttemptAt ?? 0)) < now - PATIENCE,
  );
  return late > 0 ? finding('look', 'messages_unsent', { count: late }) : finding('well', 'messages_sent');
}

async function overdue(source: PortableSource, now: number): Promise<Finding> {
  const late = await count(source, 'conversations', ({ dueAt }) => dueAt !== null && Number(dueAt) < now - PATIENCE);
  return late > 0 ? finding('look', 'deadlines_over', { count: late }) : finding('well', 'deadlines_met');
}

async function withoutCase(source: PortableSource, now: number): Promise<Finding> {
  const late = await count(
    source,
    'submissions',
    ({ handledAt, at }) => handledAt === null && Number(at) < now - PATIENCE,
  );
  return late > 0 ? finding('bad', 'submissions_unopened', { count: late }) : finding('well', 'submissions_opened');
}

async function putAside(source: PortableSource): Promise<Finding> {
  const quarantined = await count(source, 'mailbox', ({ reason }) => reason !== null);
  const unreadable = await count(source, 'unclaimed', ({ kind }) => kind === 'unreadable');
  if (quarantined + unreadable === 0) return finding('well', 'nothing_aside');
  return finding('look', 'put_aside', { quarantined, unreadable });
}

async function references(source: PortableSource): Promise<Finding> {
  const found = Object.entries(await dangling(source));
  if (found.length === 0) return finding('well', 'references_whole');
  return finding('bad', 'references_broken', { where: found.map(([name, times]) => `${name} (${times})`).join(', ') });
}

async function audit(source: PortableSource): Promise<Finding> {
  const rows: PortableRow[] = [];
  await eachRow(source, 'audit', (row) => rows.push(row));
  rows.sort((a, b) => Number(a['n']) - Number(b['n']));
  const broken = firstBrokenLink(rows.map(entryOf));
  if (broken < 0) return finding('well', 'audit_whole', { count: rows.length });
  return finding('bad', 'audit_broken', { n: Number(rows[broken]?.['n']) });
}

function entryOf({ at, staff, act, subject, hash }: PortableRow): AuditEntry {
  return { at: Number(at), staff: String(staff), act: String(act), subject: String(subject), hash: String(hash) };
}

/** Rows from the future: the clock was ahead when they were written, or it is behind now. */
async function future(source: PortableSource, now: number): Promise<Finding[]> {
  let newest = 0;
  for (const table of ['messages', 'turns', 'audit']) {
    await eachRow(source, table, ({ at }) => (newest = Math.max(newest, Number(at))));
  }
  const minutes = Math.round((newest - now) / MINUTE);
  return newest > now + CLOCKS_APART ? [finding('bad', 'clock_behind_rows', { minutes })] : [];
}

async function count(source: PortableSource, table: string, is: (row: PortableRow) => boolean): Promise<number> {
  let found = 0;
  await eachRow(source, table, (row) => {
    if (is(row)) found += 1;
  });
  return found;
}
