// Two processes over one store, as far as no server is needed to see it: what one began the other goes on with.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { VaultError } from '../../src/privacy/vault-error.js';
import type { Shared } from '../../src/sila.js';
import { SpoolFolder } from '../../src/spool/spool-folder.js';
import { StoreError } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { harness, SARA, type Harness, type Options } from './harness.js';
import { picture } from './request.js';

/** Processes of these roles, each with bells of its own. */
async function processes(roles: Shared['role'][], more: Pick<Options, 'limits'> = {}): Promise<Harness[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-shared-'));
  const place = { store: await openEmbeddedStore({ dir }), blobs: blobsOnDisk(join(dir, 'files')) };
  const all: Harness[] = [];
  for (const [n, role] of roles.entries()) {
    const own = mkdtempSync(join(dir, 'spool-'));
    const spool = new SpoolFolder({
      dir: own,
      most: 1_000_000,
      lock: () => () => undefined,
      onDamaged: () => undefined,
    });
    const open = () => Promise.resolve(place);
    all.push(await harness({ dir, open, shared: { role, spool }, messagesBefore: 100 * n, ...more }));
  }
  onTestFinished(async () => {
    for (const one of all) await one.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return all;
}

describe('two processes', () => {
  it('know a person by the same ids: a file that one of them kept is there for the words that another takes in', async () => {
    const [one, two] = (await processes(['both', 'both'])) as [Harness, Harness];
    const kept = await one.sila.host('fake').keepFile('main', 'amal', 'paper.png', await picture('paper'));
    if ('refused' in kept) throw new Error(kept.refused);
    await two.write('amal', 'السلام عليكم', { files: [kept] });
    for (const { sila } of [one, two])
      expect((await sila.host('fake').readFile('main', 'amal', kept.id))?.ref).toEqual(kept);
    expect(await one.sila.host('fake').readFile('main', 'badr', kept.id)).toBeNull();
  });

  it('take in or work, as their roles say', async () => {
    const [web, worker] = (await processes(['web', 'worker'])) as [Harness, Harness];
    const { conversation } = await web.write('amal', 'السلام عليكم');
    await web.settle();
    expect(web.channel.sent).toEqual([]);
    await web.sila.sweepOnce();
    expect(web.queue.bells.size).toBe(1);
    // The bell reached nobody; whoever sweeps rings it.
    await worker.sila.sweepOnce();
    await worker.settle();
    expect(worker.channel.said('amal').length).toBeGreaterThan(0);
    expect(await worker.store.turns.items(conversation, 10)).toEqual([]);
  });

  it('count no try at an item in which the store failed: another process would take it for one that brings processes down', async () => {
    let [failures, takenBack] = [5, 0];
    const h = await harness({
      store: (store) => ({
        ...store,
        turns: {
          ...store.turns,
          commit: (turn) =>
            failures-- > 0 ? Promise.reject(new StoreError('failed', 'No server answers.')) : store.turns.commit(turn),
          excuse: (item) => {
            takenBack += 1;
            return store.turns.excuse(item);
          },
        },
      }),
    });
    onTestFinished(h.stop);
    expect((await h.tell('amal', 'السلام عليكم')).length).toBeGreaterThan(0);
    expect(takenBack).toBe(5);
    expect(await h.store.turns.quarantined(10)).toEqual([]);
  });

  it('keep one pace for a person, whichever of them sends', async () => {
    const minute = 60_000;
    const rate = { perSecond: 100, person: { burst: 1, every: minute } };
    const [one, two] = (await processes(['both', 'both'], { limits: { rate } })) as [Harness, Harness];
    one.sila.house.hints.carry((hint) => two.sila.house.hints.heard(hint));
    await one.write('amal', 'السلام عليكم');
    await one.write('amal', 'القائمة');
    await one.settle();
    expect(one.channel.said('amal')).toHaveLength(1);
    await two.sila.sweepOnce();
    await two.settle();
    expect(two.channel.said('amal')).toEqual([]);
    two.clock.pass(minute);
    await two.settle();
    expect(two.channel.said('amal')).toHaveLength(1);
  });

  it('forget the key of a person whom one of them erased, also when they could not hear it', async () => {
    const [one, two, deaf] = (await processes(['both', 'both', 'both'])) as [Harness, Harness, Harness];
    const { conversation } = await one.write('amal', 'السلام عليكم');
    await one.settle();
    const address = (await one.store.turns.conversation(conversation))?.address ?? '';
    const seal = ({ sila }: Harness) =>
      sila.house.records.who.seal(address, address, { v: 1, user: 'amal', reply: {} });
    for (const each of [two, deaf]) await seal(each);
    const told: string[] = [];
    one.sila.house.hints.watch(({ kind, id }) => told.push(`${kind} ${id}`));
    await one.sila.desk.erase(conversation, SARA);
    expect(told).toContain(`erased address:${address}`);
    two.sila.house.hints.heard({ kind: 'erased', id: `address:${address}` });
    deaf.sila.house.hints.lost();
    for (const each of [one, two, deaf]) await expect(seal(each)).rejects.toBeInstanceOf(VaultError);
  });
});
