/**
 * `npm run migrate -- [--from DIR] --to mongodb://…`: moves an installation from its folder into MongoDB. Exit code: 0 moved (or before),
 * 1 moved but files were lost before, 2 refused or failed.
 */
import { parseArgs } from 'node:util';
import type { Place } from '../src/config.js';
import { move, type MoveReport } from '../src/upkeep/move.js';
import { printSums, REFUSED, run, type Say } from './keep/command.js';
import { openMongoPortable } from '../src/store/mongo/portable.js';
import { blobsOf, sourceFolder } from './keep/stores.js';

const { values: options } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });

await run(async ({ place, say }) => {
  const from = options.from ?? place.dataDir;
  const url = options.to ?? place.mongo?.url;
  if (url === undefined) {
    console.error(say('migrate.usage'));
    return REFUSED;
  }
  return moveTo(from, { url, allowStandalone: place.mongo?.allowStandalone ?? false }, say);
});

async function moveTo(from: string, mongo: NonNullable<Place['mongo']>, say: Say): Promise<number> {
  const source = sourceFolder(from);
  try {
    const target = await openMongoPortable(mongo);
    const blobs = await blobsOf({ mongo, dataDir: from });
    try {
      const files = { from: await blobsOf({ mongo: null, dataDir: from }), to: blobs };
      console.log(say('migrate.sides'));
      return tell(await move({ source, target, files, tell: print }), say);
    } finally {
      await blobs.close();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function tell({ outcome, tables, files }: MoveReport, say: Say): number {
  if (outcome === 'before') {
    tables.forEach(print);
    console.log(say('migrate.before'));
    return 0;
  }
  const rows = tables.reduce((sum, { target }) => sum + target.count, 0);
  console.log(say('migrate.done', { rows, files: files.count - files.lost.length }));
  if (files.lost.length > 0) console.error(say('backup.lost', { ids: files.lost.join(', ') }));
  return files.lost.length > 0 ? 1 : 0;
}

function print({ table, source, target }: MoveReport['tables'][number]): void {
  printSums([{ table, sides: [source, target] }]);
}
