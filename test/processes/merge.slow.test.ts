/** MongoDB is gone for a while, and a balancer hands what a person writes to one process and the other: it stands in one order when MongoDB is back. */
import { describe, expect, it } from 'vitest';
import { crowd, heard, REQUEST, sentTwice, sorted, tell, write } from '../support/crowd.js';
import { doorOf, outage } from '../support/outage.js';
import { servers } from '../support/servers.js';

const SIZE = 8;

describe.skipIf(servers.mongo === null || servers.redis === null)('while MongoDB is away', () => {
  const house = outage();
  const people = crowd(SIZE);

  it('what people write through two processes in turn is heard in the order in which it was written', async () => {
    const { graph, line, store, webs, key } = house;
    await Promise.all(people.map((someone) => tell(graph, someone, REQUEST[0])));
    await line.cut();
    await Promise.all(
      people.map(async (someone, n) => {
        for (const [m, words] of REQUEST.slice(1).entries()) {
          someone.through = doorOf(webs[(n + m) % 2]);
          await write(graph, someone, words);
        }
      }),
    );
    await line.mend();
    await expect
      .poll(async () => (await heard(store, key)).flat().length, { timeout: 180_000, interval: 1_000 })
      .toBe(SIZE * REQUEST.length);
    expect(sorted(await heard(store, key))).toEqual(sorted(people.map(({ said }) => said)));
    expect(sentTwice(graph)).toEqual([]);
  });
});
