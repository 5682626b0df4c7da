/** The audit: one chain, whichever process adds to it. */
import { chainHash } from '../audit-chain.js';
import type { AuditEntry, StaffStore } from '../contract.js';
import type { Access, Tables } from './access.js';
import { Gathering } from './gathering.js';
import { lock } from './lock.js';
import { is } from './table.js';

type Entry = Omit<AuditEntry, 'hash'>;
type Row = AuditEntry & { n: number };

/** How many entries are written together. */
const AT_ONCE = 200;

/** How many entries are read together when the chain is verified. */
const PAGE = 2_000;

export function trail(access: Access): Pick<StaffStore, 'audit' | 'auditTrail' | 'verifyAudit'> {
  const { alone } = access;
  const gathering = new Gathering<Entry>(AT_ONCE, (entries) => write(access, entries));
  return {
    audit: (entry) => gathering.add(entry),
    auditTrail: ({ subject, limit }) =>
      alone(async (tables) =>
        (await tables.audit.all(subject === undefined ? {} : { subject }, { n: -1 }, limit)).map(asEntry),
      ),
    verifyAudit: () => alone(verify),
  };
}

async function write({ together }: Access, entries: readonly Entry[]): Promise<void> {
  let last: Row | undefined;
  await together(
    async (tables) => {
      const rows = await following(tables, entries);
      await tables.audit.add(...rows);
      last = rows.at(-1);
      return true;
    },
    async (tables) => (await stands(tables, last)) || null,
  );
}

/** Those who add at the same time take turns at the lock: two entries never follow the same one. */
async function following(tables: Tables, entries: readonly Entry[]): Promise<Row[]> {
  await lock(tables, 'audit');
  const rows: Row[] = [];
  let before: Row | null = await tables.audit.one({}, { n: -1 });
  for (const entry of entries) {
    before = { ...entry, n: (before?.n ?? 0) + 1, hash: chainHash(before?.hash ?? null, entry) };
    rows.push(before);
  }
  return rows;
}

async function stands(tables: Tables, mine: Row | undefined): Promise<boolean> {
  return mine !== undefined && (await tables.audit.has({ n: mine.n, hash: mine.hash }));
}

async function verify(tables: Tables): Promise<number> {
  let index = 0;
  for (let last: Row | undefined; ;) {
    const page = await tables.audit.all(last ? { n: is({ $gt: last.n }) } : {}, { n: 1 }, PAGE);
    for (const row of page) {
      if (row.hash !== chainHash(last?.hash ?? null, asEntry(row))) return index;
      last = row;
      index += 1;
    }
    if (page.length < PAGE) return -1;
  }
}

function asEntry({ n: _n, ...entry }: Row): AuditEntry {
  return entry;
}
