// Every number that /metrics shows: its name, what it means, its labels. No label ever holds an id, a text or an address.
export interface Metric {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Seconds; for histograms. */
  readonly buckets?: readonly number[];
}

/** Steps of one call to a store or queue; of one piece of work; of what a person waits for. */
const CALL = [0.0005, 0.002, 0.01, 0.05, 0.25, 1, 5];
const WORK = [0.005, 0.025, 0.1, 0.25, 1, 5, 30];
const WAIT = [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3_600];

/** Times are seconds, as Prometheus wants them. */
export const METRICS = {
  sila_accepted_total: counter('Messages taken in, durable, before the provider heard of it', 'channel'),
  sila_duplicates_total: counter('Messages that came once more and were known', 'channel'),
  sila_turns_total: counter(
    'Mailbox items that were played, by kind of item and by what came of it',
    'kind',
    'outcome',
  ),
  sila_turn_seconds: histogram(WORK, 'Time to play one mailbox item', 'kind'),
  sila_turn_lag_seconds: histogram(WAIT, 'Time from taking a message in to the end of its turn', 'channel'),
  sila_commits_total: counter('Commits of turns, by result', 'result'),
  sila_commit_seconds: histogram(CALL, 'Time until a commit of a turn is durable'),
  sila_quarantined_total: counter('Items put aside because they could not be handled', 'kind'),
  sila_sends_total: counter('Tries to send a message, by what came of them', 'channel', 'outcome'),
  sila_send_seconds: histogram(WORK, 'Time that the provider takes for one send', 'channel'),
  sila_send_lag_seconds: histogram(WAIT, 'Time from the turn that said it to the send of a message', 'channel'),
  sila_send_retries_total: counter('Sends that will be tried again, by the code of the error', 'channel', 'code'),
  sila_send_failures_total: counter('Sends that were given up, by the code of the error', 'channel', 'code'),
  sila_channel_rests_total: counter('Times an account of the channel went to rest after failures in a row', 'channel'),
  sila_statuses_dropped_total: counter('Delivery statuses of messages that nobody knew, dropped after ten minutes'),
  sila_bells_rung_total: counter('Bells rung', 'kind'),
  sila_bells_handled_total: counter('Bells handled, by whether the handler failed', 'kind', 'outcome'),
  sila_bell_seconds: histogram(WORK, 'Time to handle one bell', 'kind'),
  sila_bells_pending: gauge('Bells waiting or being handled', 'kind'),
  sila_store_seconds: histogram(CALL, 'Time of one call to the store', 'operation'),
  sila_store_errors_total: counter('Calls to the store that failed, by code', 'operation', 'code'),
  sila_queue_seconds: histogram(CALL, 'Time of one call to the queue', 'operation'),
  sila_queue_errors_total: counter('Calls to the queue that failed', 'operation'),
  sila_http_seconds: histogram(WORK, 'Time to answer a request', 'route', 'method', 'status'),
  sila_open_streams: gauge('Open streams of conversation pages'),
  sila_log_events_total: counter('Lines of the log, by event', 'event'),
  sila_dependency_up: gauge('1: the dependency answers; 0: it does not', 'dependency'),
  sila_disk_free_bytes: gauge('Bytes that are free where this process keeps data'),
  sila_spool_items: gauge('Messages taken in while the store was away, still on this disk'),
  sila_spool_bytes: gauge('Bytes of them'),
  sila_conversations: gauge('Conversations'),
  sila_conversations_waiting_for_staff: gauge('Conversations that wait for staff'),
  sila_mailbox: gauge('Items that wait for their turn'),
  sila_mailbox_oldest_seconds: gauge('Age of the oldest item that waits for its turn'),
  sila_quarantined: gauge('Items put aside that nobody took up'),
  sila_unreadable: gauge('What providers sent that nobody can read'),
  sila_outbox: gauge('Messages to be sent'),
  sila_outbox_oldest_seconds: gauge('Age of the oldest message to be sent that does not wait for the person'),
  sila_submissions_unhandled: gauge('Completed requests without a case yet'),
  sila_cases: gauge('Cases'),
  sila_files: gauge('Files'),
  sila_notices_unseen: gauge('Notices that no member of staff has seen'),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
/** The metrics of one kind. */
export type Named<Kind extends Metric['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
/** The labels of a metric, each with its value. */
export type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;

function counter<const Labels extends readonly string[]>(help: string, ...labels: Labels) {
  return { kind: 'counter', help, labels } as const;
}

function gauge<const Labels extends readonly string[]>(help: string, ...labels: Labels) {
  return { kind: 'gauge', help, labels } as const;
}

function histogram<const Labels extends readonly string[]>(
  buckets: readonly number[],
  help: string,
  ...labels: Labels
) {
  return { kind: 'histogram', help, labels, buckets } as const;
}
