// What a process is started with: its settings and the charity's flows. What is wrong ends it with a cure.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, readEnvironment, type Config } from '../config.js';
import { codeOf } from '../conversation/log.js';
import type { Bundle } from '../sila.js';
import { end } from './words.js';

/** dist/, beside which everything that was built lies. */
export const built = resolve(import.meta.dirname, '..', '..');

export function readSettings(): Config {
  try {
    const config = readEnvironment();
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    return config;
  } catch (error) {
    if (error instanceof ConfigError) end(error.message, 2);
    end(`DATA_DIR cannot be used (${codeOf(error)}): give a folder that this account may write to.`, 2);
  }
}

export function readBundle(charity: string): Bundle {
  const path = join(built, 'flows', `${charity}.json`);
  if (!existsSync(path))
    end(`There is no ${path}: choose a folder of flows/charities with CHARITY, and run npm run build.`, 2);
  return JSON.parse(readFileSync(path, 'utf8')) as Bundle;
}
