// A case as it is decided and how it evolves: pure functions over events.

/** Where a case stands. Texts for people: `status.<status>`. */
export type CaseStatus =
  | 'submitted'
  | 'incomplete'
  | 'under_research'
  | 'committee'
  | 'approved'
  | 'partly_approved'
  | 'declined'
  | 'deferred'
  | 'in_service'
  | 'closed'
  | 'withdrawn';
