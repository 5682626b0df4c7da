/** Notices to staff. */
import type { NewNotice, Notice, Notices } from '../contract.js';
import type { Access, Tables } from './access.js';
import { again } from './lock.js';
import { is } from './table.js';

type Untold = Parameters<Notices['untold']>[1];

/** How many notices are looked at together for those that a way has not told. */
const PAGE = 200;

export function notices({ alone, together }: Access): Notices {
  return {
    list: ({ unseen, limit }) =>
      alone((tables) => tables.notices.all(unseen ? { seenAt: null } : {}, { at: -1, id: -1 }, limit)),
    add: (notice) => alone((tables) => addNotice(tables, notice)),
    seen: (id, at) =>
      alone(async (tables) => {
        await tables.notices.change({ id, seenAt: null }, { $set: { seenAt: at } });
      }),
    untold: (way, query) => alone((tables) => untold(tables, way, query)),
    // Done again after a commit without an answer, one try is counted twice at worst.
    told: (notice, way, next) =>
      together(async (tables) => {
        await tables.notices_told.addNew({ notice, way, tries: 0 });
        await tables.notices_told.change({ notice, way }, { $inc: { tries: 1 }, $set: { again: next } });
      }, again),
  };
}

/** False when a notice with this id is there already. */
export function addNotice(tables: Tables, notice: NewNotice): Promise<boolean> {
  return tables.notices.addNew(notice);
}

async function untold(tables: Tables, way: string, query: Untold): Promise<(Notice & { tries: number })[]> {
  const found: (Notice & { tries: number })[] = [];
  for (let last: Notice | undefined; found.length < query.limit;) {
    const page = await unseen(tables, query, last);
    found.push(...(await stillToTell(tables, way, query.now, page)));
    last = page.at(-1);
    if (page.length < PAGE) break;
  }
  return found.slice(0, query.limit);
}

function unseen(tables: Tables, { kinds, since }: Untold, last: Notice | undefined): Promise<Notice[]> {
  const after = last && [{ at: is({ $gt: last.at }) }, { at: last.at, id: is({ $gt: last.id }) }];
  const filter = { seenAt: null, at: is({ $gte: since }), kind: is({ $in: kinds }), ...(after && { $or: after }) };
  return tables.notices.all(filter, { at: 1, id: 1 }, PAGE);
}

async function stillToTell(
  tables: Tables,
  way: string,
  now: number,
  page: readonly Notice[],
): Promise<(Notice & { tries: number })[]> {
  const told = await tables.notices_told.all({ way, notice: is({ $in: page.map(({ id }) => id) }) }, { notice: 1 });
  const tried = new Map(told.map((row) => [row.notice, row]));
  return page
    .filter(({ id }) => {
      const before = tried.get(id);
      return before === undefined || (before.again !== null && before.again <= now);
    })
    .map((notice) => ({ ...notice, tries: tried.get(notice.id)?.tries ?? 0 }));
}
