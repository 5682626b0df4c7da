// The reference model's part for what belongs to no conversation.
import type { Store, UnclaimedRow } from '../../src/store/contract.js';

type Answer = <A extends unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

export function unclaimedPart(answer: Answer): { unclaimed: Store['unclaimed']; count: (kind: string) => number } {
  let rows: UnclaimedRow[] = [];
  const older = (a: UnclaimedRow, b: UnclaimedRow): number => a.at - b.at || (a.id < b.id ? -1 : 1);
  const of = (kind: UnclaimedRow['kind']): UnclaimedRow[] => rows.filter((row) => row.kind === kind).sort(older);
  /** Keeps all but these; gives back how many went. */
  const remove = (gone: UnclaimedRow[]): number => {
    rows = rows.filter((row) => !gone.includes(row));
    return gone.length;
  };
  const unclaimed: Store['unclaimed'] = {
    keep: answer((row: UnclaimedRow, most: number) => {
      rows.push(row);
      const all = of(row.kind);
      return remove(all.slice(0, Math.max(all.length - most, 0)));
    }),
    take: answer((kind: UnclaimedRow['kind'], key: string) => {
      const found = of(kind).filter((row) => row.key === key);
      remove(found);
      return found;
    }),
    list: answer((kind: UnclaimedRow['kind'], limit: number) => of(kind).reverse().slice(0, limit)),
    drop: answer((kind: UnclaimedRow['kind'], now: number) => remove(of(kind).filter(({ until }) => until <= now))),
  };
  return { unclaimed, count: (kind) => rows.filter((row) => row.kind === kind).length };
}
