/**
 * `npm run restore -- --from DIR [--keys FILE]`: brings a back-up into the empty place that the settings name. Exit code: 0 restored,
 * 1 restored but files were lost before, 2 refused or failed.
 */
import { parseArgs } from 'node:util';
import { LATEST } from '../src/store/portable-versions.js';
import { restore } from '../src/upkeep/restore.js';
import { encryptionKeysOf, printSums, REFUSED, run } from './keep/command.js';
import { blobsOf, unfinishedStore, writing, type OpenBlobs } from './keep/stores.js';

const { values: options } = parseArgs({ options: { from: { type: 'string' }, keys: { type: 'string' } } });

await run(async ({ place, say }) => {
  if (options.from === undefined) {
    console.error(say('restore.usage'));
    return REFUSED;
  }
  const encryptionKeys = encryptionKeysOf(place);
  const opened: OpenBlobs[] = [];
  try {
    const report = await restore({
      from: options.from,
      keys: options.keys ?? null,
      latest: LATEST,
      encryptionKeys,
      openTarget: (versions) => writing(place, versions),
      openStore: () => unfinishedStore(place),
      blobs: async () => {
        const blobs = await blobsOf(place);
        opened.push(blobs);
        return blobs;
      },
    });
    const sums = Object.entries({ ...report.tables, ...report.keyTables });
    printSums(sums.map(([table, sum]) => ({ table, sides: [sum] })));
    const { files, forgotten } = report;
    const [at, keysAt] = [report.at, report.keysAt].map((time) => new Date(time).toISOString());
    console.log(say('restore.done', { at: at ?? '', keysAt: keysAt ?? '', files: files.count }));
    console.log(say('restore.forgotten', { ...forgotten }));
    if (!encryptionKeys) console.log(say('restore.no_key'));
    if (files.lost.length > 0) console.error(say('backup.lost', { ids: files.lost.join(', ') }));
    return files.lost.length > 0 ? 1 : 0;
  } finally {
    for (const blobs of opened) await blobs.close();
  }
});
