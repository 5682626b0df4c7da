// When a case has waited for its decision longer than the policy's least time.
import type { CaseLine, CaseStatus } from '../api/types.js';

const undecided: ReadonlySet<CaseStatus> = new Set([
  'submitted',
  'incomplete',
  'under_research',
  'committee',
  'deferred',
]);

/** True when no decision stands and the policy's least time for one is over. */
export function isDue(line: Pick<CaseLine, 'status' | 'notBefore'>, now: number): boolean {
  return undecided.has(line.status) && now > line.notBefore;
}
