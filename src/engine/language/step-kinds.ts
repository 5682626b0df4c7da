/** The kinds of step besides a question. */

/** Steps by the name that only they have. */
export const stepKinds = [
  'say',
  'consent',
  'declaration',
  'review',
  'branch',
  'call',
  'look_up',
  'record_rating',
  'submit',
] as const;
