/** Which rows refer to which, and those that refer to nothing. */
import type { PortableRow, PortableSource } from '../store/contract.js';

interface Reference {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  /** The column that it names there. */
  readonly key: string;
  /** What an erasure takes away may be named still, by what stays to be counted. */
  readonly erased?: (value: string) => string;
}

const address = (id: string) => `address:${id}`;

const REFERENCES: readonly Reference[] = [
  { from: 'conversations', column: 'address', to: 'addresses', key: 'id', erased: address },
  { from: 'conversations', column: 'flowSet', to: 'flow_sets', key: 'hash' },
  ...['mailbox', 'dedupe', 'turns', 'messages', 'submissions', 'cases', 'uploads'].map((from) => ({
    ...{ from, column: 'conversation', to: 'conversations', key: 'id' },
  })),
  { from: 'case_events', column: 'number', to: 'cases', key: 'number' },
  { from: 'case_index', column: 'number', to: 'cases', key: 'number' },
  { from: 'entry_index', column: 'entry', to: 'entries', key: 'id' },
  { from: 'files', column: 'caseNumber', to: 'submissions', key: 'number' },
  { from: 'notices_told', column: 'notice', to: 'notices', key: 'id' },
  { from: 'retentions', column: 'address', to: 'addresses', key: 'id', erased: address },
  { from: 'staff_sessions', column: 'staff', to: 'staff', key: 'id' },
  { from: 'staff_links', column: 'staff', to: 'staff', key: 'id' },
];

/** How many rows of a table name something that is not there, by `table.column`; those with none are left out. */
export async function dangling(source: PortableSource): Promise<Record<string, number>> {
  const erased = await valuesOf(source, 'erasures', 'subject');
  const counts: Record<string, number> = {};
  for (const { from, column, to, key, erased: subject } of REFERENCES) {
    const there = await valuesOf(source, to, key);
    await eachRow(source, from, (row) => {
      const value = row[column];
      if (value === null || value === undefined || there.has(String(value))) return;
      if (subject && erased.has(subject(String(value)))) return;
      const name = `${from}.${column}`;
      counts[name] = (counts[name] ?? 0) + 1;
    });
  }
  return counts;
}

/** Every row of a table, in order. */
export async function eachRow(source: PortableSource, table: string, work: (row: PortableRow) => void): Promise<void> {
  for await (const page of source.pages(table, null)) for (const row of page) work(row);
}

/** Which of these files a row names still, looking again: a file goes after its row. */
export async function stillNamed(open: () => Promise<PortableSource>, files: ReadonlySet<string>): Promise<string[]> {
  const later = await open();
  try {
    const named: string[] = [];
    await eachRow(later, 'files', ({ id }) => {
      if (files.has(String(id))) named.push(String(id));
    });
    return named;
  } finally {
    await later.close();
  }
}

async function valuesOf(source: PortableSource, table: string, column: string): Promise<Set<string>> {
  const values = new Set<string>();
  await eachRow(source, table, (row) => values.add(String(row[column])));
  return values;
}
