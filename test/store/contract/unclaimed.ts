// What belongs to no conversation, or to none yet.
import { describe, expect, it } from 'vitest';
import type { UnclaimedRow } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { bytes } from '../rows.js';
import { fresh } from './opened.js';

const row = (id: string, more: Partial<UnclaimedRow> = {}): UnclaimedRow => ({
  ...{ id, kind: 'status', key: 'k', at: 1, until: 100, sealed: bytes(id) },
  ...more,
});

export function aboutTheUnclaimed(open: () => Promise<OpenStore>): void {
  describe('what nobody claimed', () => {
    const at = fresh(open);
    const left = async (kind: UnclaimedRow['kind'] = 'status') =>
      (await at.store.unclaimed.list(kind, 99)).map(({ id }) => id);

    it('is taken out by its key, once, oldest first, also after a restart', async () => {
      const { unclaimed } = at.store;
      await unclaimed.keep(row('b', { at: 2 }), 9);
      await unclaimed.keep(row('a'), 9);
      await unclaimed.keep(row('other', { key: 'l' }), 9);
      await unclaimed.keep(row('unread', { kind: 'unreadable' }), 9);
      await at.reopen();
      expect(await at.store.unclaimed.take('status', 'k')).toEqual([row('a'), row('b', { at: 2 })]);
      expect(await at.store.unclaimed.take('status', 'k')).toEqual([]);
      expect(await left()).toEqual(['other']);
      expect(await left('unreadable')).toEqual(['unread']);
    });

    it('goes, the oldest first, when there is too much of a kind', async () => {
      await at.store.unclaimed.keep(row('unread', { kind: 'unreadable' }), 1);
      const gone = [];
      for (const [n, id] of ['a', 'b', 'c', 'd'].entries())
        gone.push(await at.store.unclaimed.keep(row(id, { key: id, at: n }), 2));
      expect(gone).toEqual([0, 0, 1, 1]);
      expect(await left()).toEqual(['d', 'c']);
      expect(await left('unreadable')).toEqual(['unread']);
      expect((await at.store.unclaimed.list('status', 1)).map(({ id }) => id)).toEqual(['d']);
    });

    it('goes when its time is over', async () => {
      await at.store.unclaimed.keep(row('a', { until: 10 }), 9);
      await at.store.unclaimed.keep(row('b', { until: 11 }), 9);
      await at.store.unclaimed.keep(row('unread', { kind: 'unreadable', until: 10 }), 9);
      expect(await at.store.unclaimed.drop('status', 9)).toBe(0);
      expect(await at.store.unclaimed.drop('status', 10)).toBe(1);
      expect(await left()).toEqual(['b']);
      await at.store.tidy(10);
      expect(await left('unreadable')).toEqual([]);
      expect(await left()).toEqual(['b']);
    });

    it('is counted', async () => {
      await at.store.unclaimed.keep(row('unread', { kind: 'unreadable' }), 9);
      expect(await at.store.stats()).toMatchObject({ unreadable: 1 });
    });
  });
}
