// Processes over one MongoDB database that are killed in the middle of their work: nothing is lost, nothing is done twice, nothing overtakes.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildChild } from '../support/child.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { hintOf, itemOf } from './rows.js';

const PROCESSES = 3;
const KILLS = 6;
const PEOPLE = Array.from({ length: 10 }, (_, n) => `p${n}`);
const EACH = 10;

interface Document extends Record<string, unknown> {
  _id: string;
}

describe.skipIf(servers.mongo === null)('processes that are killed', () => {
  const place = mongoPlace();
  const living: ChildProcess[] = [];
  let program = '';
  beforeAll(() => {
    program = buildChild('test/store/mongo-worker.ts');
  });
  afterAll(async () => {
    for (const child of living) child.kill('SIGKILL');
    await place.drop();
  });

  const start = () => {
    living.push(spawn(process.execPath, [program, place.url], { stdio: ['ignore', 'ignore', 'inherit'] }));
  };
  const kill = async () => {
    const child = living.shift();
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await gone;
  };
  const rows = async (name: string) =>
    (await (await place.connection()).db?.collection<Document>(name).find().toArray()) ?? [];
  const count = async () => (await place.connection()).db?.collection('turns').countDocuments() ?? 0;

  it('leave each item done once and in order', async () => {
    const { store } = await place.open();
    for (let n = 0; n < PROCESSES; n += 1) start();
    const bring = async () => {
      for (let n = 0; n < EACH; n += 1)
        await Promise.all(PEOPLE.map((person) => store.turns.accept(hintOf(person), itemOf(`${person}-${n}`))));
    };
    const brought = bring();
    const all = PEOPLE.length * EACH;
    for (let killed = 1; killed <= KILLS; killed += 1) {
      const enough = Math.floor((killed * all) / (KILLS + 2));
      await expect.poll(count, { timeout: 100_000 }).toBeGreaterThanOrEqual(enough);
      await kill();
      start();
    }
    await brought;
    await expect.poll(count, { timeout: 100_000 }).toBe(all);
    expect(await store.stats()).toMatchObject({ conversations: PEOPLE.length, mailbox: 0, outbox: all });
    const turns = (await rows('turns')).sort((one, other) => Number(one['seq']) - Number(other['seq']));
    for (const person of PEOPLE) {
      const theirs = turns.filter(({ conversation }) => conversation === `conversation-${person}`);
      expect(theirs.map(({ item }) => item)).toEqual(Array.from({ length: EACH }, (_, n) => `${person}-${n}`));
      const said = await store.messages.list(`conversation-${person}`, 0, 999);
      expect(said.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * EACH }, (_, n) => n + 1));
    }
    await store.close();
  });
});
