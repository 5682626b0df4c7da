// The spool on disk: durable, in order, and readable again after whatever happened to the file.
import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encode, read, type SpoolEntry } from '../../src/spool/records.js';
import { SpoolFile } from '../../src/spool/spool-file.js';
import { SpoolFolder } from '../../src/spool/spool-folder.js';
import { StoreError } from '../../src/store/contract.js';

const MOST = 64 * 1024;
let dir: string;
let path: string;
const told: string[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sila-spool-'));
  path = join(dir, 'entries.spool');
  told.length = 0;
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const entry = (word: string): SpoolEntry => ({ id: randomUUID(), sealed: Buffer.from(word) });
const openFile = (most = MOST) =>
  SpoolFile.open({ path, most, onDamaged: (kind, bytes) => told.push(`${kind} ${bytes.length}`) });
const words = async (file: SpoolFile) => {
  const entries = await Promise.all(file.places.map((place) => file.read(place)));
  return entries.map((one) => one && Buffer.from(one.sealed).toString());
};
const dropAll = (file: SpoolFile) => Promise.all(file.places.map((place) => file.drop(place)));

describe('a spool file', () => {
  it('gives entries back in the order in which they came, also after it was opened anew', async () => {
    const file = await openFile();
    const [, second] = await Promise.all(['a', 'b', 'c'].map((word) => file.append(entry(word))));
    await file.append(entry('d'));
    expect(await words(file)).toEqual(['a', 'b', 'c', 'd']);
    await file.drop(second!);
    expect(await words(file)).toEqual(['a', 'c', 'd']);
    expect(file.waiting).toBe(3);
    await file.close();
    // What was taken out and not yet all gone comes once more: its reader knows it by its id.
    const again = await openFile();
    expect(await words(again)).toEqual(['a', 'b', 'c', 'd']);
    await dropAll(again);
    expect(again.waiting).toBe(0);
    expect((await stat(path)).size).toBe(0);
    await again.append(entry('e'));
    expect(await words(again)).toEqual(['e']);
    await again.close();
    expect(told).toEqual([]);
  });

  it('counts an entry as waiting before it is on disk, so that nothing overtakes it', async () => {
    const file = await openFile();
    const writing = file.append(entry('a'));
    expect(file.waiting).toBe(1);
    await writing;
    expect(file.waiting).toBe(1);
    await file.close();
  });

  it('keeps what comes while the last one is dropped', async () => {
    const file = await openFile();
    const place = await file.append(entry('a'));
    const [, next] = await Promise.all([file.drop(place), file.append(entry('b'))]);
    expect(await words(file)).toEqual(['b']);
    await file.drop(next);
    expect([file.waiting, file.bytes, (await stat(path)).size]).toEqual([0, 0, 0]);
    await file.close();
  });

  it('refuses what does not fit, and everything that comes with it later, and takes again when there is room', async () => {
    const one = encode(entry('x'.repeat(100))).length;
    const file = await openFile(one * 2);
    const tries = await Promise.allSettled(['a', 'b', 'c', 'd'].map((word) => file.append(entry(word.repeat(100)))));
    expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    await expect(file.append(entry('e'.repeat(100)))).rejects.toMatchObject({ code: 'full' });
    await dropAll(file);
    await file.append(entry('f'));
    expect(await words(file)).toEqual(['f']);
    await file.close();
  });

  it('cuts off an end that was torn at any byte, and loses nothing before it', async () => {
    const entries = ['one', 'two', 'three'].map(entry);
    const whole = Buffer.concat(entries.map(encode));
    const ends = entries.map((_, n) => Buffer.concat(entries.slice(0, n + 1).map(encode)).length);
    for (let cut = 0; cut <= whole.length; cut++) {
      const { places, damaged, end } = read(whole.subarray(0, cut));
      const good = ends.filter((one) => one <= cut);
      expect([places.length, damaged.length, end]).toEqual([good.length, 0, good.at(-1) ?? 0]);
    }
    await writeFile(path, whole.subarray(0, whole.length - 1));
    const file = await openFile();
    expect(told).toEqual([`torn ${encode(entries[2]!).length - 1}`]);
    await file.append(entry('four'));
    expect(await words(file)).toEqual(['one', 'two', 'four']);
    await file.close();
  });

  it('finds every entry around a damaged one, and says how much was damaged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 3, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bodies, which, where, flip) => {
          const entries = bodies.map((sealed) => ({ id: randomUUID(), sealed }));
          const at = which % (entries.length - 1);
          const parts = entries.map(encode);
          const hurt = parts[at]!;
          const place = where % hurt.length;
          hurt[place] = (hurt[place] ?? 0) ^ flip;
          const { places, damaged, end } = read(Buffer.concat(parts));
          expect(places).toHaveLength(entries.length - 1);
          expect(damaged).toEqual([{ at: Buffer.concat(parts.slice(0, at)).length, length: hurt.length }]);
          expect(end).toBe(Buffer.concat(parts).length);
        },
      ),
    );
  });

  it('passes over an entry that changed on disk while it waited', async () => {
    const file = await openFile();
    await file.append(entry('a'));
    await file.append(entry('b'));
    const bytes = await readFile(path);
    bytes[48] = (bytes[48] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await words(file)).toEqual([null, 'b']);
    await file.close();
  });

  it('holds nothing but ids and sealed bytes', async () => {
    const file = await openFile();
    const one = entry('sealed');
    await file.append(one);
    await file.close();
    expect((await readFile(path)).subarray(12)).toEqual(Buffer.from(`${one.id}sealed`));
  });
});

describe('the folder of spools', () => {
  /** Locks as the system gives them: by whole folder, one holder. */
  const locks = () => {
    const held = new Set<string>();
    return (place: string) => {
      if (held.has(place)) throw new StoreError('in_use', 'taken');
      held.add(place);
      return () => void held.delete(place);
    };
  };
  const folder = (lock: (dir: string) => () => void) =>
    new SpoolFolder({ dir, most: MOST, lock, onDamaged: (kind) => told.push(kind) });

  it('gives each process a spool of its own, and those of processes that are gone to whoever looks', async () => {
    const lock = locks();
    const [one, two, three] = [folder(lock), folder(lock), folder(lock)];
    const first = await one.own();
    const second = await two.own();
    await first.file.append(entry('of the first'));
    await second.file.append(entry('of the second'));
    expect(await one.left()).toEqual([]);
    // Killed: its lock goes with it, its file stays.
    await second.close();
    const left = await one.left();
    expect(await Promise.all(left.map(({ file }) => words(file)))).toEqual([['of the second']]);
    const third = await three.own();
    expect(await words(third.file)).toEqual([]);
    await Promise.all([first, third, ...left].map((spool) => spool.close()));
    const heir = await folder(lock).own();
    expect(await words(heir.file)).toEqual(['of the first']);
    await heir.close();
  });

  it('cuts a torn end off when it takes one over', async () => {
    const lock = locks();
    const first = await folder(lock).own();
    await first.file.append(entry('whole'));
    await first.close();
    await appendFile(join(dir, '1', 'entries.spool'), 'SPL1torn');
    const again = await folder(lock).own();
    expect(await words(again.file)).toEqual(['whole']);
    expect(told).toEqual(['torn']);
    await again.close();
  });
});
