/** The audit: one chain, whichever process adds to it. */
import { chainHash } from '../audit-chain.js';
import type { AuditEntry, StaffStore } from '../contract.js';
import type { Access, Tables } from './access.js';
import { Lanes } from './lanes.js';
import { lock } from './lock.js';
import { is } from './table.js';

type Row = AuditEntry & { n: number };

/** How many entries are read together when the chain is verified. */
const PAGE = 2_000;

export function trail({ alone, together }: Access): Pick<StaffStore, 'audit' | 'auditTrail' | 'verifyAudit'> {
  const lanes = new Lanes();
  return {
    audit: (entry) =>
      lanes.run('audit', async () => {
        let mine: Row | undefined;
        await together(
          async (tables) => {
            mine = await append(tables, entry);
            return true;
          },
          async (tables) => (await stands(tables, mine)) || null,
        );
      }),
    auditTrail: ({ subject, limit }) =>
      alone(async (tables) =>
        (await tables.audit.all(subject === undefined ? {} : { subject }, { n: -1 }, limit)).map(asEntry),
      ),
    verifyAudit: () => alone(verify),
  };
}

/** Those who add at the same time take turns at the lock: two entries never follow the same one. */
async function append(tables: Tables, entry: Omit<AuditEntry, 'hash'>): Promise<Row> {
  await lock(tables, 'audit');
  const last = await tables.audit.one({}, { n: -1 });
  const row = { ...entry, n: (last?.n ?? 0) + 1, hash: chainHash(last?.hash ?? null, entry) };
  await tables.audit.add(row);
  return row;
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
