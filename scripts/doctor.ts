/**
 * `npm run doctor`: looks at settings, keys, rows, files, disk, clock and services of the place that the settings name, beside the running
 * program, and changes nothing. Exit code: 0 all is well, 1 somebody should look, 2 something is wrong.
 */
import { join } from 'node:path';
import { ConfigError, readEnvironment, type Config, type Place } from '../src/config.js';
import { EncryptionKeyError } from '../src/privacy/encryption-key.js';
import { VaultError } from '../src/privacy/vault-error.js';
import { StoreError } from '../src/store/contract.js';
import { LATEST } from '../src/store/portable-versions.js';
import { examine } from '../src/upkeep/doctor/examine.js';
import { finding, type Finding } from '../src/upkeep/doctor/finding.js';
import { examineSpool } from '../src/upkeep/doctor/spool.js';
import { encryptionKeysOf, run, type Say } from './keep/command.js';
import { examineClock, examineDisk, type TimeElsewhere } from './keep/machine.js';
import { askServices } from './keep/services.js';
import { blobsOf, isRunning, reading, timeOf } from './keep/stores.js';

const SIGNS = { well: '✓', look: '!', bad: '✗' } as const;

await run(async ({ place, say }) => {
  const found: Finding[] = [];
  const tell = (findings: readonly Finding[]) => {
    for (const one of findings) print(one, say);
    found.push(...findings);
  };
  const config = settings(tell);
  const times: TimeElsewhere[] = [];
  tell(await store(place));
  tell(await examineDisk(place.dataDir));
  if (config) {
    const asked = await askServices(config);
    tell(asked.map((one) => one.finding));
    times.push(...asked.flatMap(({ time }) => time ?? []));
  }
  const there = await timeOf(place);
  tell(await examineClock([...times, ...(there ? [there] : [])], Date.now()));
  const level = found.some((one) => one.level === 'bad') ? 2 : found.some((one) => one.level === 'look') ? 1 : 0;
  console.log(`\n${say(`doctor.result_${level}`)}`);
  return level;
});

function settings(tell: (findings: readonly Finding[]) => void): Config | null {
  try {
    const config = readEnvironment();
    tell([finding('well', 'settings_fine')]);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    tell([finding('bad', 'settings_wrong', { faults: error.message })]);
    return null;
  }
}

async function store(place: Place): Promise<Finding[]> {
  try {
    const running = isRunning(place) ? [finding('well', 'process_running')] : [];
    const source = await reading(place);
    const blobs = await blobsOf(place);
    try {
      const needs = {
        source,
        blobs,
        open: () => reading(place),
        latest: LATEST,
        random: Math.random,
        ...clockAndSpool(place),
      };
      return [...running, ...(await examine({ ...needs, encryptionKeys: encryptionKeysOf(place) }))];
    } finally {
      await blobs.close();
      await source.close();
    }
  } catch (error) {
    // Just while the store cannot be read, the spool fills.
    const spool = await examineSpool({ ...clockAndSpool(place), keyring: null, encryptionKeys: null });
    if (error instanceof StoreError && error.code === 'not_found') return [finding('look', 'store_absent'), ...spool];
    const known = [StoreError, VaultError, EncryptionKeyError].some((kind) => error instanceof kind);
    if (known) return [finding('bad', 'store_closed', { why: (error as Error).message }), ...spool];
    throw error;
  }
}

function clockAndSpool({ dataDir }: Place): { now: number; spoolDir: string } {
  return { now: Date.now(), spoolDir: join(dataDir, 'spool') };
}

function print({ level, name, values }: Finding, say: Say): void {
  console.log(`${SIGNS[level]} ${say(`doctor.${name}`, values).replaceAll('\n', '\n  ')}`);
}
