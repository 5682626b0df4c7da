// Every row of an embedded store can be taken along, as of one moment, beside the process that runs on it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { openEmbeddedPortable, readEmbedded } from '../../src/store/embedded/portable.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { dangling } from '../../src/upkeep/references.js';
import { SARA, started } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { allRows, folder, reading, sumsOf } from './world.js';

/** An installation in which a person filed a request with a paper, and another began one. */
async function installation() {
  const dir = folder();
  const h = await started({ dir });
  const number = await fileRequest(h, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
  await h.tell('omar', 'السلام عليكم');
  return { h, dir, number };
}

describe('a store taken along', () => {
  it('has every table of the schema but what a process holds for itself, each after those it refers to', async () => {
    const { dir } = await installation();
    await reading(dir, (source) => {
      const names = source.tables.map(({ name }) => name);
      const connection = new DatabaseSync(join(dir, 'sila.db'), { readOnly: true });
      const made = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as {
        name: string;
      }[];
      const expected = made.map(({ name }) => name).filter((name) => name !== 'leases' && !name.startsWith('sqlite_'));
      expect(names.filter((name) => !['keys', 'erasures'].includes(name)).sort()).toEqual(expected.sort());
      for (const [place, name] of names.entries()) {
        const parents = connection.prepare('SELECT "table" FROM pragma_foreign_key_list(?)').all(name) as {
          table: string;
        }[];
        for (const { table } of parents) expect(names.indexOf(table), `${name} → ${table}`).toBeLessThan(place);
      }
      connection.close();
      return Promise.resolve();
    });
  });

  it('reads row for row the same after it was written elsewhere, and twice is as once', async () => {
    const { h, dir, number } = await installation();
    const other = folder();
    await reading(dir, async (source) => {
      const target = openEmbeddedPortable({ dir: other });
      expect(await target.isEmpty()).toBe(true);
      for (let times = 0; times < 2; times++) {
        for (const { name } of source.tables)
          for await (const page of source.pages(name, null)) await target.write(name, page);
        expect(await sumsOf(target)).toEqual(await sumsOf(source));
      }
      expect(await target.isEmpty()).toBe(false);
      expect((await allRows(target, 'cases')).map((row) => row['number'])).toEqual([number]);
      expect(await dangling(target)).toEqual({});
      await target.close();
    });
    const store = await openEmbeddedStore({ dir: other });
    expect(await store.cases.get(number)).toEqual(await h.store.cases.get(number));
    await store.close();
  });

  it('shows the rows of the moment at which it was opened', async () => {
    const { h, dir } = await installation();
    await reading(dir, async (source) => {
      const before = await sumsOf(source);
      await h.tell('omar', 'طلب مساعدة');
      const later = await reading(dir, sumsOf);
      expect(later['messages']!.count).toBeGreaterThan(before['messages']!.count);
      const { keys: _k, erasures: _e, ...rows } = await sumsOf(source);
      expect(rows).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name in rows)));
    });
  });

  it('goes on after the key it is given', async () => {
    const { dir } = await installation();
    await reading(dir, async (source) => {
      for (const name of ['messages', 'dedupe', 'case_index']) {
        const rows = await allRows(source, name);
        const { key } = source.tables.find((table) => table.name === name)!;
        const half = Math.floor(rows.length / 2);
        const rest: unknown[] = [];
        const after = key.map((column) => rows[half - 1]![column]!);
        for await (const page of source.pages(name, after)) rest.push(...page);
        expect(rest).toEqual(rows.slice(half));
      }
    });
  });

  it('keeps no erasure from overwriting a key, once the keys were read', async () => {
    const { h, dir, number } = await installation();
    const wrapped = Buffer.from((await h.store.keys.get(`case:${number}`))!);
    await reading(dir, async (source) => {
      expect(await allRows(source, 'keys')).not.toEqual([]);
      await h.sila.desk.erase((await h.store.cases.get(number))!.conversation, SARA);
    });
    for (const name of ['keys.db', 'keys.db-wal']) expect(readFileSync(join(dir, name)).includes(wrapped)).toBe(false);
  });

  it('is for one alone while it is written, and refuses a version ahead of the program', async () => {
    const dir = folder();
    const target = openEmbeddedPortable({ dir });
    expect(() => openEmbeddedPortable({ dir })).toThrow(expect.objectContaining({ code: 'in_use' }));
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'in_use' });
    await target.close();
    const ahead = new DatabaseSync(join(dir, 'sila.db'));
    ahead.exec(`PRAGMA user_version = ${LATEST.rows + 1}`);
    ahead.close();
    for (const open of [() => openEmbeddedPortable({ dir }), () => readEmbedded({ dir })]) {
      expect(open).toThrow(expect.objectContaining({ code: 'newer_data' }));
    }
  });

  it.each(['unfinished', 'moved'] as const)('is not worked with while it is marked %s', async (mark) => {
    const dir = folder();
    const target = openEmbeddedPortable({ dir });
    await target.setMark(mark, 'why');
    expect(await target.mark(mark)).toBe('why');
    expect(await target.isEmpty()).toBe(true);
    await target.close();
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: mark });
    const again = openEmbeddedPortable({ dir });
    await again.setMark(mark, null);
    await again.close();
    await (await openEmbeddedStore({ dir })).close();
  });
});
