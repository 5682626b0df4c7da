// Random things done by several processes at once: whatever comes of it, nothing of it contradicts itself.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/contract.js';
import { servers } from '../support/servers.js';
import { commands } from './commands.js';
import { newSeen } from './model-suite.js';
import { mongoPlace } from './mongo-place.js';

/** No such conversation yet, or a key that is there already (of somebody erased, too); never a transaction that met others too often. */
const allowed = ({ message }: StoreError) => /no such conversation|\(11000\)/.test(message);

interface Document extends Record<string, unknown> {
  _id: string;
}

describe.skipIf(servers.mongo === null)('a storm of commands over MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  const all = async (name: string, sort: Record<string, 1> = { _id: 1 }): Promise<Document[]> =>
    (await (await place.connection()).db?.collection<Document>(name).find().sort(sort).toArray()) ?? [];

  it('leaves rows that agree with each other', async () => {
    const reached = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 3, maxLength: 3 }), async (lists) => {
        const opened = await place.open();
        const stores = [opened.store, await place.beside(), await place.beside()];
        try {
          const codes = await Promise.all(
            lists.map(async (list, n) => {
              const seen = newSeen();
              const met: unknown[] = [];
              for (const command of list) {
                const name = await command.run(stores[n]!, seen).then(
                  (value) => `${command.name} ${(value as { result?: string } | null | undefined)?.result ?? ''}`,
                  (error: unknown) => {
                    if (!(error instanceof StoreError && allowed(error))) met.push([command.name, error]);
                    return command.name;
                  },
                );
                reached.set(name, (reached.get(name) ?? 0) + 1);
              }
              return met;
            }),
          );
          expect(codes.flat()).toEqual([]);
          await agree();
        } finally {
          await Promise.all(stores.map((store) => store.close()));
        }
      }),
      // What happens at once does not happen again the same way: there is nothing to make smaller.
      { numRuns: 5, seed: 20_261_122, endOnFailure: true },
    );
    for (const name of ['speak committed', 'commit stale', 'redeem none'])
      expect(reached.get(name) ?? 0, name).toBeGreaterThan(0);
  });

  async function agree(): Promise<void> {
    const conversations = await all('conversations');
    const turns = await all('turns');
    const mailbox = await all('mailbox');
    const addresses = await all('addresses');
    for (const { _id: id, seq, fence } of conversations) {
      const said = (await all('messages', { seq: 1 })).filter(({ conversation }) => conversation === id);
      expect(said.map((message) => message['seq'])).toEqual(Array.from({ length: Number(seq) }, (_, n) => n + 1));
      const theirs = turns.filter(({ conversation }) => conversation === id);
      for (const one of theirs) {
        expect(Number(one['fence'])).toBeLessThanOrEqual(Number(fence));
        // A worker that lost the conversation wrote nothing after the one that took it.
        const later = theirs.filter((other) => Number(other['seq']) > Number(one['seq']));
        for (const other of later) expect(Number(other['fence'])).toBeGreaterThanOrEqual(Number(one['fence']));
      }
    }
    const consumed = turns.map(({ item }) => item);
    expect(new Set(consumed).size).toBe(consumed.length);
    expect(mailbox.filter(({ _id }) => consumed.includes(_id))).toEqual([]);
    expect(new Set(addresses.map(({ addressKey }) => addressKey)).size).toBe(addresses.length);
    for (const { _id } of addresses) expect(conversations.filter(({ address }) => address === _id)).toHaveLength(1);
    await registersAndLinksAgree();
  }

  async function registersAndLinksAgree(): Promise<void> {
    const numbers = new Map<string, unknown[]>();
    for (const { register, year, number } of await all('entries', { number: 1 })) {
      const name = `${String(register)} ${String(year)}`;
      numbers.set(name, [...(numbers.get(name) ?? []), number]);
    }
    for (const given of numbers.values()) expect(given).toEqual(given.map((_, n) => n + 1));
    const live = (await all('links')).filter(({ until }) => until === null);
    for (const { contact } of live)
      expect(live.filter((other) => other['contact'] === contact).length).toBeGreaterThanOrEqual(2);
    for (const { number, version } of (await all('cases')).map((row): Document => ({ ...row, number: row._id }))) {
      const events = (await all('case_events')).filter((event) => event['number'] === number);
      expect(Math.max(...events.map((event) => Number(event['version'])))).toBe(version);
    }
  }
});
