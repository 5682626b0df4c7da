/** Compiled flow sets by hash, which one is current, and who stands where. */
import { StoreError } from '../contract.js';
import type { FlowSets } from '../contract.js';
import type { Access, Tables } from './access.js';
import { again } from './lock.js';

type Standing = Awaited<ReturnType<FlowSets['standing']>>;

export function flowSets({ alone, together }: Access): FlowSets {
  return {
    put: (hash, body, at) =>
      alone(async (tables) => {
        await tables.flow_sets.addNew({ hash, body, at });
      }),
    get: (hash) => alone(async (tables) => (await tables.flow_sets.get(hash))?.body ?? null),
    setCurrent: (hash) => together((tables) => setCurrent(tables, hash), again),
    current: () => alone((tables) => fact(tables, 'flowSet')),
    line: () => alone(lineOf),
    standing: () => alone(standing),
  };
}

async function setCurrent(tables: Tables, hash: string): Promise<void> {
  if (!(await tables.flow_sets.has({ hash }))) {
    throw new StoreError('not_found', 'There is no flow set with this hash.');
  }
  const line = await lineOf(tables);
  if (line.at(-1) === hash) return;
  await tables.facts.put({ name: 'flowSet', value: hash });
  await tables.facts.put({ name: 'flowSetLine', value: JSON.stringify([...line, hash]) });
}

/** What was moved here from before there was a line has its current set only. */
async function lineOf(tables: Tables): Promise<string[]> {
  const line = await fact(tables, 'flowSetLine');
  if (line !== null) return JSON.parse(line) as string[];
  const current = await fact(tables, 'flowSet');
  return current === null ? [] : [current];
}

async function fact(tables: Tables, name: string): Promise<string | null> {
  return (await tables.facts.get(name))?.value ?? null;
}

async function standing(tables: Tables): Promise<Standing> {
  const place = { flowSet: '$flowSet', flow: '$flow', step: '$step' };
  const counted = await tables.conversations.aggregate<{ _id: Omit<Standing[number], 'count'>; count: number }>([
    { $match: { flowSet: { $type: 'string' }, flow: { $type: 'string' }, step: { $type: 'string' } } },
    { $group: { _id: place, count: { $sum: 1 } } },
    { $sort: { '_id.flowSet': 1, '_id.flow': 1, '_id.step': 1 } },
  ]);
  return counted.map(({ _id, count }) => ({ ..._id, count }));
}
