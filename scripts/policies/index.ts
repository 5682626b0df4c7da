/** The policies of a folder of packs: the page that says what serves each clause, and the faults in that. */
import type { SourceFile } from '../../src/engine/language/index.js';
import type { Said } from '../pack-files.js';
import { coverPolicies, type Sets } from './coverage.js';
import { coveragePage, pagePath } from './page.js';
import { readPolicies, readTags } from './read.js';

export { pagePath };

/** No page where there are no policies, or they cannot be read. */
export function policiesOf(
  files: readonly SourceFile[],
  sets: Sets,
  root: string,
): { page?: string; findings: readonly Said[] } {
  const policies = readPolicies(files);
  if (!policies) return { findings: [] };
  if ('findings' in policies) return { findings: policies.findings };
  const { rows, findings } = coverPolicies(policies, readTags(files), sets, root);
  return { page: coveragePage(policies, rows), findings };
}
