// Moving an installation: killed at every single write and run again, it ends with both sides the same, and then changes nothing more.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import type { PortableStore } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { openEmbeddedPortable } from '../../src/store/embedded/portable.js';
import { move, type MoveReport } from '../../src/upkeep/move.js';
import { harness, SARA } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { allRows, folder, reading, sumsOf } from './world.js';

/** A stopped installation with a filed request, its paper, and somebody in the middle of one. */
async function stopped(): Promise<{ dir: string; number: string }> {
  const dir = folder();
  const h = await harness({ dir });
  const number = await fileRequest(h, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
  await h.tell('omar', 'طلب مساعدة');
  await h.write('omar', 'أوافق');
  await h.stop();
  return { dir, number };
}

const filesOf = (dir: string) => blobsOnDisk(join(dir, 'files'));

/** Moves between two folders; `watch` may break what is written. */
async function moving(
  from: string,
  to: string,
  watch: (target: PortableStore) => PortableStore = (target) => target,
): Promise<MoveReport> {
  const source = openEmbeddedPortable({ dir: from });
  const target = openEmbeddedPortable({ dir: to });
  try {
    const files = { from: filesOf(from), to: filesOf(to) };
    return await move({ source, target: watch(target), files, tell: () => undefined });
  } finally {
    await target.close();
    await source.close();
  }
}

class Killed extends Error {}

/** Lets so many writes be, then dies: after the write, or before it. */
function dyingAt(writes: number, when: 'before' | 'after') {
  return (target: PortableStore): PortableStore => {
    let done = 0;
    const dying = async <T>(work: () => Promise<T>): Promise<T> => {
      const dies = ++done > writes;
      if (dies && when === 'before') throw new Killed();
      const value = await work();
      if (dies) throw new Killed();
      return value;
    };
    return {
      ...target,
      write: (table, rows) => dying(() => target.write(table, rows)),
      setMark: (name, value) => dying(() => target.setMark(name, value)),
      clear: (table) => dying(() => target.clear(table)),
    };
  };
}

describe('a move', () => {
  it.each(['before', 'after'] as const)('killed %s any of its writes goes on where it stood', async (when) => {
    const { dir, number } = await stopped();
    const to = folder();
    const before = await reading(dir, sumsOf);
    let kills = 0;
    for (let writes = 0; ; writes += 1) {
      try {
        await moving(dir, to, dyingAt(writes, when));
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(Killed);
        kills += 1;
        // Whatever it left, the program does not work with it.
        if (kills > 1 || when === 'after') {
          const code = await openEmbeddedStore({ dir: to }).then(
            (store) => store.close().then(() => 'opened'),
            (failure: unknown) => (failure as { code?: string }).code,
          );
          expect(code === 'unfinished' || (code === 'opened' && (await marked(dir)))).toBe(true);
        }
      }
    }
    expect(kills).toBeGreaterThan(3);
    expect(await reading(to, sumsOf)).toEqual(before);
    const h = await harness({ dir: to, messagesBefore: 100 });
    expect((await h.sila.desk.case(number, SARA)).files).toHaveLength(1);
    await h.settle();
    expect((await h.store.stats())['mailbox']).toBe(0);
    await h.stop();
  });

  it('says in numbers what stands on both sides, and run again changes nothing', async () => {
    const { dir } = await stopped();
    const to = folder();
    const report = await moving(dir, to);
    expect(report).toMatchObject({ outcome: 'moved', files: { count: 1, copied: 1, lost: [] } });
    expect(report.tables.map(({ table }) => table)).toEqual(
      await reading(dir, (source) => Promise.resolve(source.tables.map(({ name }) => name))),
    );
    for (const { source, target } of report.tables) expect(source).toEqual(target);
    const h = await harness({ dir: to, messagesBefore: 100 });
    await h.tell('somebody', 'السلام عليكم');
    await h.stop();
    const after = await reading(to, sumsOf);
    expect(await moving(dir, to)).toMatchObject({ outcome: 'before', files: { copied: 0 } });
    expect(await reading(to, sumsOf)).toEqual(after);
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'moved' });
  });

  it('takes away what the source lost between two runs', async () => {
    const { dir } = await stopped();
    const to = folder();
    await expect(moving(dir, to, dyingAt(6, 'after'))).rejects.toBeInstanceOf(Killed);
    const h = await harness({ dir, messagesBefore: 100 });
    await h.sila.sweepOnce();
    await h.settle();
    expect((await h.store.stats())['mailbox']).toBe(0);
    await h.stop();
    expect(await moving(dir, to)).toMatchObject({ outcome: 'moved' });
    await reading(to, async (moved) => {
      expect(await allRows(moved, 'mailbox')).toEqual([]);
      expect(await sumsOf(moved)).toEqual(await reading(dir, sumsOf));
    });
  });

  it('is refused where other data are, from where others are moving, from nothing, and to a second place', async () => {
    const [one, other] = [await stopped(), await stopped()];
    await expect(moving(one.dir, other.dir)).rejects.toMatchObject({ code: 'other_data' });
    const to = folder();
    await expect(moving(one.dir, to, dyingAt(4, 'after'))).rejects.toBeInstanceOf(Killed);
    await expect(moving(other.dir, to)).rejects.toMatchObject({ code: 'unfinished' });
    await expect(moving(folder(), folder())).rejects.toMatchObject({ code: 'nothing_there' });
    await moving(one.dir, to);
    await expect(moving(one.dir, folder())).rejects.toMatchObject({ code: 'moved_elsewhere' });
    await expect(moving(other.dir, to)).rejects.toMatchObject({ code: 'other_data' });
  });

  it('is refused while the program runs on the source', async () => {
    const { dir } = await stopped();
    const h = await harness({ dir });
    await expect(moving(dir, folder())).rejects.toMatchObject({ code: 'in_use' });
    await h.stop();
  });
});

async function marked(dir: string): Promise<boolean> {
  const source = openEmbeddedPortable({ dir });
  const mark = await source.mark('moved');
  await source.close();
  return mark !== null;
}
