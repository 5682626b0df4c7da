/** What back-up, restore, move and doctor have in common: texts in the charity's languages, the place, and how a failure is told. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, readPlace, type Place } from '../../src/config.js';
import { codeOf } from '../../src/conversation/log.js';
import { Texts } from '../../src/conversation/texts.js';
import { EncryptionKeyError, parseEncryptionKeys, readKeyFile } from '../../src/privacy/encryption-key.js';
import { VaultError } from '../../src/privacy/vault-error.js';
import type { Bundle } from '../../src/sila.js';
import { StoreError } from '../../src/store/contract.js';
import type { Sum } from '../../src/upkeep/canonical.js';
import { UpkeepError } from '../../src/upkeep/failure.js';

/** Says a text in every language of the charity, one under the other. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Command {
  place: Place;
  say: Say;
}

/** Nothing was changed, and the words say why. */
export const REFUSED = 2;

/** Does the work and ends the process with the code that it gives; what goes wrong is told in words, without a stack. */
export async function run(work: (command: Command) => Promise<number>): Promise<void> {
  let say: Say = (key) => key;
  try {
    const place = readPlace();
    say = sayIn(place.charity);
    process.exitCode = await work({ place, say });
  } catch (error) {
    console.error(failure(error, say));
    process.exitCode = REFUSED;
  }
}

/** Counts and checksums, a table in each line; of both sides where there are two. */
export function printSums(sums: readonly { table: string; sides: readonly Sum[] }[]): void {
  for (const { table, sides } of sums) {
    const columns = sides.map(({ count, checksum }) => `${String(count).padStart(9)}  ${checksum.slice(0, 16)}`);
    console.log(`  ${table.padEnd(16)}${columns.join('   ')}`);
  }
}

/** The keys that were set, else the demo's own in its folder; null: neither. Throws `EncryptionKeyError`. */
export function encryptionKeysOf({ encryptionKey, dataDir }: Place): Buffer[] | null {
  if (encryptionKey !== null) return parseEncryptionKeys(encryptionKey);
  const key = readKeyFile(dataDir);
  return key && [key];
}

function failure(error: unknown, say: Say): string {
  if (error instanceof UpkeepError) return say(`upkeep.${error.code}`, { what: error.what });
  if (error instanceof StoreError && (error.code === 'in_use' || error.code === 'not_found')) {
    return `${say(`upkeep.${error.code}`)}\n${error.message}`;
  }
  const said = [ConfigError, StoreError, VaultError, EncryptionKeyError].some((kind) => error instanceof kind);
  if (said) return (error as Error).message;
  return say('upkeep.failed', { code: codeOf(error) });
}

function sayIn(charity: string): Say {
  const path = resolve(import.meta.dirname, '..', '..', 'flows', `${charity}.json`);
  if (!existsSync(path)) throw new ConfigError([`There is no ${join('flows', 'charities', charity)}: set CHARITY.`]);
  const { texts, set } = JSON.parse(readFileSync(path, 'utf8')) as Bundle;
  const spoken = new Texts(texts, set.languages);
  return (key, values = {}) =>
    set.languages
      .map((language) => spoken.say(key, language, values))
      .join('\n')
      .replace(/[\u2066-\u2069]/g, '');
}
