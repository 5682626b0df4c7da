/** What the channels bear, for checking flows. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FlowLimits } from '../src/engine/language/index.js';

/** The limits of every channel that has a folder, by the limits file that it brings. */
export async function channelLimits(): Promise<FlowLimits[]> {
  const folder = join(import.meta.dirname, '..', 'channels');
  const found = readdirSync(folder)
    .map((name) => join(folder, name, 'limits.js'))
    .filter((path) => existsSync(path));
  const modules = await Promise.all(
    found.map((path) => import(pathToFileURL(path).href) as Promise<{ limits: FlowLimits }>),
  );
  return modules.map((module) => module.limits);
}
