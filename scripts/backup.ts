/**
 * `npm run backup [-- --to DIR --keys-only --keep-keys DAYS]`: writes a back-up of the place that the settings name, while the program runs on
 * it. Exit code: 0 written, 1 written but a file is lost, 2 refused or failed.
 */
import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config.js';
import { backup, backupKeys } from '../src/upkeep/backup.js';
import type { Sum } from '../src/upkeep/canonical.js';
import { printSums, run, type Command } from './keep/command.js';
import { blobsOf, reading } from './keep/stores.js';

const { values: options } = parseArgs({
  options: {
    to: { type: 'string', default: './backups' },
    'keys-only': { type: 'boolean', default: false },
    'keep-keys': { type: 'string', default: '14' },
  },
});

await run((command) => (options['keys-only'] ? keysAlone(command) : everything(command)));

async function everything({ place, say }: Command): Promise<number> {
  const blobs = await blobsOf(place);
  try {
    const report = await backup({ ...needs(place), blobs });
    print({ ...report.tables, ...report.keyTables });
    const { count, bytes, lost } = report.files;
    console.log(say('backup.done', { folder: report.folder, keys: report.keys, files: count, bytes }));
    if (report.dropped > 0) console.log(say('backup.dropped', { count: report.dropped }));
    if (lost.length > 0) console.error(say('backup.lost', { ids: lost.join(', ') }));
    return lost.length > 0 ? 1 : 0;
  } finally {
    await blobs.close();
  }
}

async function keysAlone({ place, say }: Command): Promise<number> {
  const report = await backupKeys(needs(place));
  print(report.keyTables);
  console.log(say('backup.keys_done', { keys: report.keys }));
  if (report.dropped > 0) console.log(say('backup.dropped', { count: report.dropped }));
  return 0;
}

function needs(place: Command['place']) {
  const keepKeys = Number(options['keep-keys']);
  if (!(keepKeys >= 0)) throw new ConfigError(['--keep-keys is not usable: give a number of days.']);
  return { open: () => reading(place), to: options.to, keepKeys, now: () => Date.now() };
}

function print(sums: Readonly<Record<string, Sum>>): void {
  printSums(Object.entries(sums).map(([table, sum]) => ({ table, sides: [sum] })));
}
