// Two hundred people in the middle of a request move to MongoDB with their installation, and every one comes to a case.
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoBlobs } from '../../src/store/mongo/blobs.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { readMongo } from '../../src/store/mongo/portable.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { dangling } from '../../src/upkeep/references.js';
import { harness, SARA, type Harness } from '../conversation/harness.js';
import { freshDatabase, servers } from '../support/servers.js';
import { crowd, walk, type Walker } from './crowd.js';
import { allRows, folder, reading, sumsOf } from './world.js';

const PEOPLE = 200;

/** The same every time; 0 ≤ x < 1. */
function drawn(i: number): number {
  const x = Math.imul(i + 1, 0x9e3779b1) >>> 0;
  return (Math.imul(x ^ (x >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32;
}

/** `npm run migrate` as a process; killed with no warning once it has printed that text. */
function migrate(dir: string, url: string, killAt?: string): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ['dist/scripts/migrate.js', '--from', dir, '--to', url], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const hear = (chunk: Buffer) => {
    printed += chunk.toString();
    if (killAt !== undefined && printed.includes(killAt)) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, printed })));
}

describe.skipIf(servers.mongo === null)('an installation that moves to MongoDB', () => {
  const database = freshDatabase();
  afterAll(() => database.drop());

  /** The questions of a whole request, without and with a paper, where nothing was moved. */
  let whole: Record<'plain' | 'withPaper', string[]>;
  beforeAll(async () => {
    const h = await harness();
    const [withPaper, plain] = await crowd(h, 2);
    await walk(h, [withPaper!, plain!], () => Infinity);
    await h.stop();
    whole = { plain: plain!.steps, withPaper: withPaper!.steps };
  });

  it('takes two hundred people along, each to a case, though it was killed in the middle', async () => {
    const dir = folder();
    const before = await harness({ dir });
    const walkers = await crowd(before, PEOPLE);
    const stops = new Map(walkers.map((walker, i) => [walker, Math.floor(drawn(i) * (whole.plain.length - 1))]));
    await walk(before, walkers, (walker) => stops.get(walker) ?? 0);
    await before.stop();
    expect(new Set(walkers.map(({ steps }) => steps.length)).size).toBeGreaterThan(10);
    const source = await reading(dir, sumsOf);

    const killed = await migrate(dir, database.url, '\n  turns');
    expect(killed.code).toBeNull();
    await expect(openMongoStore({ url: database.url, random: Math.random })).rejects.toMatchObject({
      code: 'unfinished',
    });
    const moved = await migrate(dir, database.url);
    expect(moved, moved.printed).toMatchObject({ code: 0 });
    for (const [table, { count, checksum }] of Object.entries(source)) {
      const side = `${String(count).padStart(9)}  ${checksum.slice(0, 16)}`;
      expect(moved.printed).toContain(`\n  ${table.padEnd(16)}${side}   ${side}`);
    }
    await expect(openEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'moved' });
    const again = await migrate(dir, database.url);
    expect(again.code).toBe(0);

    const after = await overMongo(before, database.url);
    expect(await standing(after, walkers)).toEqual(walkers.map((walker) => whole.plain[walker.steps.length] ?? ''));
    await walk(after, walkers, () => Infinity);
    await arrived(after, walkers);
    await after.stop();
  }, 600_000);

  async function arrived(h: Harness, walkers: readonly Walker[]): Promise<void> {
    expect(h.logged.filter(({ event }) => event === 'item.quarantined')).toEqual([]);
    for (const { person, steps, conversation } of walkers) {
      // Nothing asked twice, nothing left out: the questions are those of a request that was never moved.
      expect(steps).toEqual(person.file ? whole.withPaper : whole.plain);
      const row = await h.store.turns.conversation(conversation);
      const filed = await h.store.cases.submissionsOf(row!.address);
      expect(filed).toHaveLength(1);
      const detail = await h.sila.desk.case(filed[0]!.number, SARA);
      expect(detail.name).toBe(person.name);
      const said = detail.answers.map(({ value }) => JSON.stringify(value)).join();
      expect(said).toContain(person.need);
      expect(detail.files).toHaveLength(person.file ? 1 : 0);
      if (detail.files[0]) expect((await h.sila.desk.file(detail.files[0].id, SARA)).bytes.length).toBeGreaterThan(0);
    }
    const rows = await readMongo({ url: database.url });
    expect(await dangling(rows)).toEqual({});
    const cases = (await allRows(rows, 'notices')).filter(({ kind }) => kind === 'new_case');
    expect(cases).toHaveLength(walkers.length);
    const seqs = new Map<string, number>();
    const messages = (await allRows(rows, 'messages')).sort((a, b) => Number(a['seq']) - Number(b['seq']));
    for (const { conversation, seq } of messages) {
      expect(seq).toBe((seqs.get(String(conversation)) ?? 0) + 1);
      seqs.set(String(conversation), Number(seq));
    }
    await rows.close();
  }
});

/** The same people before the same program, over MongoDB now. */
async function overMongo(before: Harness, url: string): Promise<Harness> {
  const blobs = await openMongoBlobs({ url });
  const store = await openMongoStore({ url, random: Math.random });
  const after = await harness({
    clock: before.clock,
    messagesBefore: 1_000_000,
    open: () => Promise.resolve({ store, blobs }),
  });
  after.channel.sent.push(...before.channel.sent);
  const { stop } = after;
  return { ...after, stop: () => stop().then(() => blobs.close()) };
}

async function standing(h: Harness, walkers: readonly Walker[]): Promise<string[]> {
  const rows = await Promise.all(walkers.map(({ conversation }) => h.store.turns.conversation(conversation)));
  return rows.map((row) => `${row?.flow ?? ''}/${row?.step ?? ''}`);
}
