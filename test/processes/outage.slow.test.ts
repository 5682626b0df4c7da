/** MongoDB is gone for a while: what people say is acknowledged from the spool, and stands in the store in its order when it is back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import {
  answersTo,
  crowd,
  heard,
  postRubbish,
  read,
  REQUEST,
  sentTwice,
  sorted,
  tell,
  write,
  type Someone,
} from '../support/crowd.js';
import { doorOf, outage } from '../support/outage.js';
import { servers } from '../support/servers.js';
import type { Member, Stack } from '../support/stack.js';

const SIZE = 12;

describe.skipIf(servers.mongo === null || servers.redis === null)('while MongoDB is away', () => {
  const house = outage({ SPOOL_MB: '1' });
  const people = crowd(SIZE);
  beforeAll(() => {
    for (const [n, someone] of people.entries()) someone.through = doorOf(house.webs[n % 2]);
  });

  const all = <T>(work: (someone: Someone) => Promise<T>, among = people) => Promise.all(among.map(work));
  const everythingIsThere = () =>
    expect
      .poll(async () => sorted(await heard(house.store, house.key)), { timeout: 180_000, interval: 1_000 })
      .toEqual(sorted(people.map(({ said }) => said)));

  it('people are acknowledged, also by a process that is killed meanwhile, and answered afterwards', async () => {
    const { graph, line, stack, store, webs } = house;
    await all((someone) => tell(graph, someone, REQUEST[0]));
    const before = new Map(people.map((someone) => [someone, answersTo(graph, someone).length]));
    const [message] = graph.sent;
    await expect.poll(() => unsent(store)).toEqual([]);

    await line.cut();
    const statuses = await all(async (someone) => {
      const first = await write(graph, someone, REQUEST[1]);
      return [...first, ...(await write(graph, someone, REQUEST[2]))];
    });
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    expect(await read(graph, message?.id ?? '')).toEqual([200]);
    expect(await ready(webs)).toEqual([200, 200]);
    for (const n of [0, 1]) expect(onDisk(stack, n)).not.toMatch(/5000000|أوافق|wamid/);

    await webs[0]?.kill();
    await all((someone) => write(graph, someone, REQUEST[3]), onesOf(people, 1));
    await line.mend();
    await webs[0]?.restart();
    await everythingIsThere();
    await all((someone) =>
      expect
        .poll(() => answersTo(graph, someone).length, { timeout: 120_000 })
        .toBeGreaterThan(before.get(someone) ?? Infinity),
    );
    expect(sentTwice(graph)).toEqual([]);
    await expect.poll(() => stateOf(store, message?.body['biz_opaque_callback_data'])).toBe('read');
    expect([onDisk(stack, 0), onDisk(stack, 1)]).toEqual(['', '']);
  });

  it('a spool that is full says so, and what the provider tells again is there in the end', async () => {
    const { graph, line, store, webs } = house;
    const [web] = webs;
    const theirs = onesOf(people, 0);
    await line.cut();
    const statuses: number[] = [];
    while (statuses.at(-1) !== 503) statuses.push(await postRubbish(graph, doorOf(web), 30_000));
    expect(statuses.length).toBeGreaterThan(5);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([200]));
    await expect.poll(() => ready(web ? [web] : [])).toEqual([503]);
    const writing = all((someone) => write(graph, someone, REQUEST[4]), theirs);
    await line.mend();
    await writing;
    await everythingIsThere();
    await expect.poll(() => ready(webs)).toEqual([200, 200]);
    expect(await store.unclaimed.list('unreadable', 100)).toHaveLength(statuses.length - 1);
    expect(sentTwice(graph)).toEqual([]);
  });
});

const onesOf = (people: readonly Someone[], web: 0 | 1): Someone[] => people.filter((_one, n) => n % 2 === web);

function ready(members: readonly Member[]): Promise<number[]> {
  return Promise.all(members.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
}

/** The spool of the n-th process as it lies on the disk. */
function onDisk({ dir, members }: Stack, n: number): string {
  return readFileSync(join(dir, `${members[n]?.role ?? ''}${n}`, 'spool', '1', 'entries.spool'), 'utf8');
}

/** Conversations in which something is still to be sent, or on its way. */
async function unsent(store: Store): Promise<string[]> {
  const rows = await store.turns.conversations({ limit: 1_000 });
  const open = await Promise.all(
    rows.map(async ({ id }) =>
      (await store.messages.list(id, 0, 1_000)).some(({ state }) => /queued|sending/.test(state)),
    ),
  );
  return rows.filter((_row, n) => open[n]).map(({ id }) => id);
}

async function stateOf(store: Store, id: unknown): Promise<string | undefined> {
  return (await store.messages.get(String(id)))?.state;
}
