// Both stores call tables and columns alike, so that a row of one is a row of the other.
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { KEY_MIGRATIONS, MIGRATIONS } from '../../src/store/embedded/schema.js';
import type { Definition } from '../../src/store/mongo/columns.js';
import { NOT_TAKEN, OWN_COLUMNS } from '../../src/store/mongo/portable.js';
import { DEFINITIONS } from '../../src/store/mongo/schema.js';

/** Columns by table, as SQLite makes them. */
function embedded(): Record<string, string[]> {
  const database = new DatabaseSync(':memory:');
  for (const sql of [...MIGRATIONS, ...KEY_MIGRATIONS]) database.exec(sql);
  const columns = database
    .prepare(
      `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .all() as { table: string; column: string }[];
  database.close();
  const tables: Record<string, string[]> = {};
  for (const { table, column } of columns) (tables[table] ??= []).push(column);
  return tables;
}

describe('rows of both stores', () => {
  const tables = embedded();
  const definitions = Object.entries<Definition>(DEFINITIONS).filter(([name]) => !NOT_TAKEN.has(name));

  it('lie in tables of the same names', () => {
    expect(definitions.map(([name]) => name).sort()).toEqual(
      Object.keys(tables)
        .filter((name) => name !== 'leases')
        .sort(),
    );
  });

  it.each(definitions)('have the same columns in %s, but for what MongoDB counts for itself', (name, { columns }) => {
    const shared = Object.keys(columns).filter((column) => !(OWN_COLUMNS[name] ?? []).includes(column));
    expect(shared.sort()).toEqual([...(tables[name] ?? [])].sort());
  });
});
