/** Every metric Steward has: one registry of names, units, help and labels. Dashboards and alerts may name these and no others. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { revision, version } from '../core/version.ts';

type Kind = 'counter' | 'gauge' | 'histogram';

interface Declared {
  readonly kind: Kind;
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LATE = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400];

/** The catalogue. Units are seconds and bytes; counters end in `_total`. */
export const metricCatalogue = {
  steward_updates_total: {
    kind: 'counter',
    help: 'Updates received from Telegram, by type and what became of them.',
    labels: ['type', 'outcome'],
  },
  steward_updates_handled_total: {
    kind: 'counter',
    help: 'Stored updates taken off the inbox, by outcome.',
    labels: ['type', 'outcome'],
  },
  steward_update_reply_seconds: {
    kind: 'histogram',
    help: 'From storing an update to its answer being accepted by Telegram.',
    labels: [],
    buckets: FAST,
  },
  steward_update_handle_seconds: {
    kind: 'histogram',
    help: 'Handling one update, database included, Telegram excluded.',
    labels: [],
    buckets: FAST,
  },
  steward_inbox_depth: { kind: 'gauge', help: 'Stored updates waiting to be handled.', labels: [] },
  steward_inbox_oldest_seconds: { kind: 'gauge', help: 'Age of the oldest waiting update.', labels: [] },
  steward_inbox_parked: { kind: 'gauge', help: 'Updates put aside after failing again and again.', labels: [] },
  steward_deliveries_total: {
    kind: 'counter',
    help: 'Deliveries by kind and the state they reached.',
    labels: ['kind', 'state'],
  },
  steward_ledger_overdue_seconds: {
    kind: 'gauge',
    help: 'How long the oldest due delivery has waited to be fired; 0 when none waits.',
    labels: [],
  },
  steward_deliveries_pending: { kind: 'gauge', help: 'Deliveries not ended, by state.', labels: ['state'] },
  steward_delivery_lateness_seconds: {
    kind: 'histogram',
    help: 'From the due instant to the first attempt to send.',
    labels: [],
    buckets: LATE,
  },
  steward_outbox_depth: { kind: 'gauge', help: 'Messages waiting to be sent, by priority.', labels: ['priority'] },
  steward_outbox_oldest_seconds: {
    kind: 'gauge',
    help: 'How long the oldest waiting message should have been sent.',
    labels: [],
  },
  steward_telegram_requests_total: {
    kind: 'counter',
    help: 'Calls to the Bot API by method and answer (HTTP code, lost or unreached).',
    labels: ['method', 'code'],
  },
  steward_telegram_request_seconds: {
    kind: 'histogram',
    help: 'Duration of calls to the Bot API, long polls excluded.',
    labels: [],
    buckets: FAST,
  },
  steward_telegram_rate_limited_total: {
    kind: 'counter',
    help: 'Answers 429, by whether one chat or all had to wait.',
    labels: ['scope'],
  },
  steward_messages_recovered_total: {
    kind: 'counter',
    help: 'Messages taken over from processes that died while sending.',
    labels: [],
  },
  steward_poller_active: { kind: 'gauge', help: '1 while this process polls Telegram.', labels: [] },
  steward_telegram_problem: {
    kind: 'gauge',
    help: '1 while Telegram refuses the token, is not reached, or another program polls.',
    labels: ['problem'],
  },
  steward_telegram_mode: { kind: 'gauge', help: '1 for the way updates arrive: polling or webhook.', labels: ['mode'] },
  steward_webhook_pending_updates: {
    kind: 'gauge',
    help: 'Updates that wait at Telegram to be delivered to our webhook.',
    labels: [],
  },
  steward_webhook_last_error_timestamp_seconds: {
    kind: 'gauge',
    help: 'Unix time of the last delivery to our webhook that failed, as Telegram tells it; 0 when there was none.',
    labels: [],
  },
  steward_webhook_problem: {
    kind: 'gauge',
    help: '1 for three minutes after Telegram could not deliver to our webhook, by why.',
    labels: ['problem'],
  },
  steward_queue_jobs: { kind: 'gauge', help: 'Internal jobs by queue and state.', labels: ['queue', 'state'] },
  steward_queue_runs_total: {
    kind: 'counter',
    help: 'Runs of internal jobs by outcome.',
    labels: ['queue', 'outcome'],
  },
  steward_queue_run_seconds: {
    kind: 'histogram',
    help: 'Duration of runs of internal jobs.',
    labels: ['queue'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900],
  },
  steward_ready: {
    kind: 'gauge',
    help: '1 while this process serves: started, migrated and not draining.',
    labels: [],
  },
  steward_database_up: { kind: 'gauge', help: '1 while the database answers.', labels: [] },
  steward_database_pool_connections: {
    kind: 'gauge',
    help: 'Connections of the pool by state, and callers waiting for one.',
    labels: ['state'],
  },
  steward_database_pool_limit: {
    kind: 'gauge',
    help: 'Connections the pool may open (DATABASE_POOL_MAX less the one that listens).',
    labels: [],
  },
  steward_database_transactions_total: {
    kind: 'counter',
    help: 'Transactions by how they ended: committed or failed.',
    labels: ['outcome'],
  },
  steward_database_transaction_seconds: {
    kind: 'histogram',
    help: 'Duration of transactions, the wait for a connection included.',
    labels: [],
    buckets: FAST,
  },
  steward_event_loop_delay_seconds: {
    kind: 'gauge',
    help: 'Delay of the event loop over the last interval.',
    labels: ['quantile'],
  },
  steward_loop_heartbeat_timestamp_seconds: {
    kind: 'gauge',
    help: 'Unix time of the last turn of a background loop.',
    labels: ['loop'],
  },
  steward_errors_total: { kind: 'counter', help: 'Unexpected errors by kind.', labels: ['kind'] },
  steward_captures_total: {
    kind: 'counter',
    help: 'Free messages by what the grammar made of them.',
    labels: ['outcome'],
  },
  steward_http_requests_total: {
    kind: 'counter',
    help: 'HTTP requests by route, method and status.',
    labels: ['route', 'method', 'code'],
  },
  steward_http_request_seconds: {
    kind: 'histogram',
    help: 'Duration of HTTP requests by route.',
    labels: ['route'],
    buckets: FAST,
  },
  steward_disk_free_bytes: { kind: 'gauge', help: 'Free space where the data folder lies.', labels: [] },
  steward_disk_size_bytes: { kind: 'gauge', help: 'Size of the disk where the data folder lies.', labels: [] },
  steward_memory_limit_bytes: {
    kind: 'gauge',
    help: 'Memory the process may use: the limit of its container, else what the machine has.',
    labels: [],
  },
  steward_backup_last_success_timestamp_seconds: {
    kind: 'gauge',
    help: 'Unix time of the last good backup; 0 when there was none.',
    labels: [],
  },
  steward_backup_last_attempt_timestamp_seconds: {
    kind: 'gauge',
    help: 'Unix time of the last backup that was tried; 0 when there was none.',
    labels: [],
  },
  steward_backup_last_failed: { kind: 'gauge', help: '1 while the last backup that was tried failed.', labels: [] },
  steward_backup_last_size_bytes: { kind: 'gauge', help: 'Size of the last good archive.', labels: [] },
  steward_backup_last_duration_seconds: { kind: 'gauge', help: 'How long the last good backup took.', labels: [] },
  steward_backup_found_bad: {
    kind: 'gauge',
    help: '1 while the last verification or drill found an archive that cannot be relied on.',
    labels: [],
  },
  steward_drill_hindered: {
    kind: 'gauge',
    help: '1 while the last drill could not be made (no room, no database, no key), whatever the archive is worth.',
    labels: [],
  },
  steward_drill_last_success_timestamp_seconds: {
    kind: 'gauge',
    help: 'Unix time of the last archive that was restored on trial and found equal; 0 when there was none.',
    labels: [],
  },
  steward_migrations_applied: { kind: 'gauge', help: 'Migrations applied to the database.', labels: [] },
  steward_build_info: { kind: 'gauge', help: 'Always 1; the labels say what runs.', labels: ['version', 'revision'] },
} as const satisfies Readonly<Record<`steward_${string}`, Declared>>;

type MetricName = keyof typeof metricCatalogue;
type Labels<N extends MetricName> = Record<(typeof metricCatalogue)[N]['labels'][number], string>;
type OfKind<K extends Kind> = {
  [N in MetricName]: (typeof metricCatalogue)[N]['kind'] extends K ? N : never;
}[MetricName];

/** The instruments of one process. Each test has its own. */
export interface Metrics {
  readonly registry: Registry;
  count<N extends OfKind<'counter'>>(name: N, labels: Labels<N>, by?: number): void;
  set<N extends OfKind<'gauge'>>(name: N, labels: Labels<N>, value: number): void;
  /** Forgets all label values of a gauge, before those of now are set. */
  reset(name: OfKind<'gauge'>): void;
  observe<N extends OfKind<'histogram'>>(name: N, labels: Labels<N>, seconds: number): void;
  /** The exposition. Everything in it is in memory: a hung database does not delay it. */
  expose(): Promise<{ contentType: string; body: string }>;
}

/** Makes the instruments, with those of the process (memory, CPU) under the same prefix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'steward_' });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, declared] of Object.entries<Declared>(metricCatalogue)) {
    const common = { name, help: declared.help, labelNames: [...declared.labels], registers: [registry] };
    if (declared.kind === 'counter') counters.set(name, new Counter(common));
    else if (declared.kind === 'gauge') gauges.set(name, new Gauge(common));
    else histograms.set(name, new Histogram({ ...common, buckets: [...(declared.buckets ?? FAST)] }));
  }
  const metrics: Metrics = {
    registry,
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    reset: (name) => gauges.get(name)?.reset(),
    observe: (name, labels, seconds) => histograms.get(name)?.observe(labels, seconds),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
  metrics.set('steward_build_info', { version, revision }, 1);
  return metrics;
}
