// What every order of what waits must keep. Shared ones give every process one of its own over the same place.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order, Waiting } from '../../src/queue/contract.js';

export interface OpenOrder {
  order: Order;
  /** Removes what the test left behind. */
  close(): Promise<void>;
}

export function orderContract(name: string, open: () => Promise<OpenOrder>): void {
  describe(`order contract: ${name}`, () => {
    let opened: OpenOrder;
    let order: Order;
    beforeEach(async () => {
      opened = await open();
      order = opened.order;
    });
    afterEach(() => opened.close());

    it('lets the lowest go first, and of equal ones the one that came first, in whatever order they are told', async () => {
      const told: Waiting[] = [
        { of: 'amal', id: '3', order: 20 },
        { of: 'amal', id: '4', order: 10 },
        { of: 'amal', id: '2', order: 20 },
        { of: 'amal', id: '1', order: 1_763_800_000_000 },
      ];
      for (const one of told) await order.wait(one);
      const went: (string | null)[] = [];
      for (let first = await order.first('amal'); first !== null; first = await order.first('amal')) {
        went.push(first);
        await order.leave('amal', first);
      }
      expect(went).toEqual(['4', '2', '3', '1']);
    });

    it('keeps what concerns different people apart', async () => {
      await order.wait({ of: 'amal', id: '1', order: 1 });
      await order.wait({ of: 'badr', id: '2', order: 2 });
      await order.leave('amal', '2');
      expect([await order.first('badr'), await order.first('amal')]).toEqual(['2', '1']);
      await order.leave('amal', '1');
      expect([await order.first('badr'), await order.first('amal'), await order.first('nobody')]).toEqual([
        '2',
        null,
        null,
      ]);
    });

    it('takes what is told twice for one, and does not mind what leaves twice', async () => {
      for (let n = 0; n < 2; n++) await order.wait({ of: 'amal', id: '1', order: 1 });
      await order.leave('amal', '1');
      expect(await order.first('amal')).toBeNull();
      await order.leave('amal', '1');
      await order.wait({ of: 'amal', id: '1', order: 1 });
      expect(await order.first('amal')).toBe('1');
    });

    it('after anything that is told, the first is the lowest of what waits', async () => {
      const act = fc.record({ id: fc.integer({ min: 1, max: 6 }), waits: fc.boolean() });
      let person = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
          const of = `person ${++person}`;
          const waits = new Set<number>();
          for (const { id, waits: comes } of acts) {
            // Ids fall where places rise, so that neither can be taken for the other.
            await (comes ? order.wait({ of, id: String(9 - id), order: id }) : order.leave(of, String(9 - id)));
            if (comes) waits.add(id);
            else waits.delete(id);
            const first = waits.size === 0 ? null : String(9 - Math.min(...waits));
            expect(await order.first(of)).toBe(first);
          }
        }),
        { numRuns: 30 },
      );
    });
  });
}
