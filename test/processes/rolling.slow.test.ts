/** A new version takes the place of the old one, process by process, while people talk: two flow sets side by side, nobody notices. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/engine/language/hash.js';
import type { Bundle } from '../../src/sila.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import { answersTo, crowd, heard, REQUEST, sentTwice, sorted, tell, whatsappSettings } from '../support/crowd.js';
import { freshDatabase, servers } from '../support/servers.js';
import { startStack, type Stack } from '../support/stack.js';

const OLD = 'مدينة أو محافظة تقيم الأسرة';
const NEW = 'مدينة أو محافظة أو قرية تقيم الأسرة';

describe.skipIf(servers.mongo === null || servers.redis === null)('a rolling restart', () => {
  const database = freshDatabase();
  const home = mkdtempSync(join(tmpdir(), 'sila-version-'));
  let graph: FakeGraph;
  let stack: Stack;
  let store: Store;
  let hash: string;

  beforeAll(async () => {
    hash = nextVersion(home);
    graph = await startGraph();
    stack = await startStack({
      ...{ mongo: database.url, redis: servers.redis ?? '', roles: ['both', 'both', 'worker'] },
      env: whatsappSettings(graph),
    });
    graph.webhookUrl = `${stack.url}/webhooks/whatsapp`;
    store = await openMongoStore({ url: database.url, random: Math.random });
  });
  afterAll(async () => {
    await store.close();
    await stack.stop();
    await graph.stop();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  it('ends each process by itself, repeats nothing, and carries everybody over', async () => {
    const people = crowd(10);
    const codes: (number | null)[] = [];
    const replace = async (n: number): Promise<void> => {
      const member = stack.members[n];
      codes.push((await member?.stop()) ?? null);
      await member?.restart(home);
    };
    let told = 0;
    let rolling = Promise.resolve();
    const steps = new Map([0, 1, 2].map((n) => [10 + 12 * n, n]));
    await Promise.all(
      people.map(async (someone) => {
        for (const words of REQUEST) {
          await tell(graph, someone, words);
          const next = steps.get(++told);
          if (next !== undefined) rolling = rolling.then(() => replace(next));
        }
      }),
    );
    await rolling;
    expect(codes).toEqual([0, 0, 0]);
    expect(await store.flowSets.current()).toBe(hash);
    expect(sorted(await heard(store, stack.env['ENCRYPTION_KEY'] ?? ''))).toEqual(
      sorted(people.map(({ said }) => said)),
    );
    expect(sentTwice(graph)).toEqual([]);
    expect(new Set(people.map((someone) => answersTo(graph, someone).length)).size).toBe(1);
    const asked = people.map((someone) => JSON.stringify(answersTo(graph, someone)));
    expect(asked.every((words) => words.includes(OLD) || words.includes(NEW))).toBe(true);
    expect(asked.some((words) => words.includes(NEW))).toBe(true);
  });
});

/** The program as it was built, with one question put in other words; gives back the hash of its flows. */
function nextVersion(home: string): string {
  const root = resolve(import.meta.dirname, '../..');
  cpSync(join(root, 'dist'), join(home, 'dist'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  const path = join(home, 'dist', 'flows', 'safe-treatment.json');
  const bundle = JSON.parse(readFileSync(path, 'utf8').replaceAll(OLD, NEW)) as Bundle;
  const { hash: _before, ...body } = bundle.set;
  const hash = hashOf(body);
  writeFileSync(path, JSON.stringify({ ...bundle, set: { ...body, hash } }));
  return hash;
}
