// The statuses that the API takes, as values: `cases` holds their meaning, and a test holds the two together.
import type { CaseStatus } from '../conversation/desk-types.js';

export const STATUSES = [
  'submitted',
  'incomplete',
  'under_research',
  'committee',
  'approved',
  'partly_approved',
  'declined',
  'deferred',
  'in_service',
  'closed',
  'withdrawn',
] as const satisfies readonly CaseStatus[];

const DECISIONS: ReadonlySet<CaseStatus> = new Set(['approved', 'partly_approved', 'declined', 'deferred']);

/** A status that settles the request: only those who may decide set it. */
export function isDecision(status: CaseStatus): boolean {
  return DECISIONS.has(status);
}
