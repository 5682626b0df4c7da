/** What the doctor says: a text `doctor.<name>` of flows/texts with its values, and how grave it is. */

/** The closed list. */
export const FINDINGS = [
  ...(['store_current', 'store_older', 'store_unfinished', 'store_moved', 'store_absent', 'store_closed'] as const),
  ...(['process_running', 'settings_fine', 'settings_wrong'] as const),
  ...([
    'keys_unused',
    'keys_not_set',
    'keys_open',
    'keys_former',
    'keys_wrong',
    'keys_damaged',
    'keys_missing',
  ] as const),
  ...([
    'mailbox_clear',
    'mailbox_waits',
    'messages_sent',
    'messages_unsent',
    'deadlines_met',
    'deadlines_over',
  ] as const),
  ...(['submissions_opened', 'submissions_unopened', 'nothing_aside', 'put_aside'] as const),
  ...(['references_whole', 'references_broken', 'audit_whole', 'audit_broken'] as const),
  ...(['files_there', 'files_lost', 'files_damaged', 'files_orphaned'] as const),
  ...(['spool_empty', 'spool_waits', 'spool_damaged', 'spool_unopened'] as const),
  ...(['disk_room', 'disk_low', 'disk_syncs', 'disk_slow', 'disk_unsynced'] as const),
  ...(['clock_agrees', 'clock_differs', 'clock_alone', 'clock_behind_rows', 'clock_behind_program'] as const),
  ...(['service_answers', 'service_refuses', 'service_silent', 'redis_settings'] as const),
] as const;
export type FindingName = (typeof FINDINGS)[number];

export interface Finding {
  name: FindingName;
  /** `well`, `look`: somebody should look at it, `bad`: something is or will be lost, or nothing works. */
  level: 'well' | 'look' | 'bad';
  values: Readonly<Record<string, string | number>>;
}

export function finding(level: Finding['level'], name: FindingName, values: Finding['values'] = {}): Finding {
  return { name, level, values };
}
