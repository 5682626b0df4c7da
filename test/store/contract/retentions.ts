// What keeps a person's data from being erased: one for an address, lifted again.
import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract-suite.js';
import { bytes } from '../rows.js';
import { fresh } from './opened.js';

export function aboutRetentions(open: () => Promise<OpenStore>): void {
  describe('retentions', () => {
    const at = fresh(open);

    it('stand until they are lifted; a later one takes the place of the one before', async () => {
      const { retentions } = at.store;
      const one = { address: 'address-a', by: 's1', at: 1_000, sealed: bytes('why') };
      expect(await retentions.get('address-a')).toBeNull();
      await retentions.put(one);
      await retentions.put({ ...one, by: 's2', at: 2_000, sealed: bytes('why else') });
      await retentions.put({ ...one, address: 'address-b' });
      await at.reopen();
      expect(await at.store.retentions.get('address-a')).toEqual({
        ...one,
        by: 's2',
        at: 2_000,
        sealed: bytes('why else'),
      });
      await at.store.retentions.lift('address-a');
      await at.store.retentions.lift('nobody');
      expect(await at.store.retentions.get('address-a')).toBeNull();
      expect(await at.store.retentions.get('address-b')).toEqual({ ...one, address: 'address-b' });
    });
  });
}
