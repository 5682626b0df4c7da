/** Models that were trained from lessons, and which of them answers. */
import type { ModelRow, Questions } from '../contract.js';
import type { Access, Tables } from './access.js';
import { lock } from './lock.js';
import { is } from './table.js';

type Models = Pick<Questions, 'keepModel' | 'model' | 'currentModel' | 'models' | 'promote' | 'withdraw'>;
type Row = Omit<ModelRow, 'lessons'> & { n: number; lessons: string };

/** Which model answers is read before it is changed. */
const MODELS = 'models';

export function models({ alone, together }: Access): Models {
  return {
    keepModel: (model) =>
      alone(async (tables) => {
        await tables.models.add({ ...model, n: await tables.next(), lessons: JSON.stringify(model.lessons) });
      }),
    model: (id) => alone(async (tables) => asModel(await tables.models.get(id))),
    currentModel: () => alone(async (tables) => asModel(await current(tables))),
    models: (limit) => alone(async (tables) => (await tables.models.all({}, { n: -1 }, limit)).map(modelOf)),
    promote: (id, by, at) =>
      together(
        (tables) => promote(tables, id, by, at),
        async (tables) => (await tables.models.has({ id, promotedBy: by, promotedAt: at })) || null,
      ),
    withdraw: (id, at) =>
      together(
        (tables) => withdraw(tables, id, at),
        async (tables) => (await tables.models.has({ id, withdrawnAt: at })) || null,
      ),
  };
}

/** Lessons of the models that were promoted and not taken back. */
export async function learned(tables: Tables): Promise<string[]> {
  const rows = await tables.models.all(ANSWERING, { n: 1 });
  return [...new Set(rows.flatMap((row) => modelOf(row).lessons))];
}

const ANSWERING = { withdrawnAt: null, promotedAt: is({ $gte: Number.MIN_SAFE_INTEGER }) };

/** The newest that was promoted and not taken back. */
function current(tables: Tables): Promise<Row | null> {
  return tables.models.one(ANSWERING, { promotedAt: -1, n: -1 });
}

async function promote(tables: Tables, id: string, by: string, at: number): Promise<boolean> {
  await lock(tables, MODELS);
  const previous = (await current(tables))?.id ?? null;
  return tables.models.change({ id, promotedAt: null, previous }, { $set: { promotedBy: by, promotedAt: at } });
}

async function withdraw(tables: Tables, id: string, at: number): Promise<boolean> {
  await lock(tables, MODELS);
  if ((await current(tables))?.id !== id) return false;
  return tables.models.change({ id }, { $set: { withdrawnAt: at } });
}

function asModel(row: Row | null): ModelRow | null {
  return row && modelOf(row);
}

function modelOf({ n: _n, lessons, ...row }: Row): ModelRow {
  return { ...row, lessons: JSON.parse(lessons) as string[] };
}
