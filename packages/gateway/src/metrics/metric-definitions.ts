/** One metric that a scrape can hold. The list below is what the documentation and the dashboard go by. */
export interface MetricDefinition {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** What it says, in one sentence. */
  help: string;
  labels: readonly string[];
}

const perStream = ['source', 'stream'] as const;
const perTeam = ['team'] as const;
const perTeamQuantile = ['team', 'quantile'] as const;

function defined<Names extends string>(
  definitions: Readonly<Record<Names, Omit<MetricDefinition, 'name'>>>,
): Readonly<Record<Names, MetricDefinition>> {
  const named = Object.entries<Omit<MetricDefinition, 'name'>>(definitions).map(
    ([name, definition]): [string, MetricDefinition] => [name, { name, ...definition }],
  );
  return Object.fromEntries(named) as Record<Names, MetricDefinition>;
}

/** What happens in this process. */
export const requestMetrics = defined({
  adjutant_http_requests_total: {
    type: 'counter',
    help: 'Requests answered, by route template, method and class of status.',
    labels: ['route', 'method', 'status'],
  },
  adjutant_webhooks_received_total: {
    type: 'counter',
    help: 'Webhooks received, by source and by what became of them.',
    labels: ['source', 'outcome'],
  },
  adjutant_http_request_duration_seconds: {
    type: 'histogram',
    help: 'How long answers took.',
    labels: ['route', 'method', 'status'],
  },
});

/** What is stored and what waits. */
export const operatingMetrics = defined({
  adjutant_sync_staleness_seconds: {
    type: 'gauge',
    help: 'Time since the last complete reading, of the scope that waits the longest.',
    labels: perStream,
  },
  adjutant_sync_last_duration_seconds: {
    type: 'gauge',
    help: 'How long the last complete reading took, of the scope that took longest.',
    labels: perStream,
  },
  adjutant_sync_scopes: {
    type: 'gauge',
    help: 'Scopes, such as repositories, that the stream is read for.',
    labels: perStream,
  },
  adjutant_sync_scopes_unread: {
    type: 'gauge',
    help: 'Scopes that were never read to their end.',
    labels: perStream,
  },
  adjutant_sync_scopes_failing: {
    type: 'gauge',
    help: 'Scopes whose last reading failed.',
    labels: perStream,
  },
  adjutant_actions: {
    type: 'gauge',
    help: 'Actions by where they stand; `pending` wait for a person.',
    labels: ['status'],
  },
  adjutant_jobs: {
    type: 'gauge',
    help: 'Jobs that wait, run, or failed at every attempt.',
    labels: ['state'],
  },
  adjutant_outbox_events: {
    type: 'gauge',
    help: 'Events that no listener has had yet, and those that were given up.',
    labels: ['state'],
  },
  adjutant_open_signals: {
    type: 'gauge',
    help: 'Open findings by severity.',
    labels: ['severity'],
  },
  adjutant_ledger_entries: {
    type: 'gauge',
    help: 'Length of the ledger.',
    labels: [],
  },
  adjutant_store_size_bytes: {
    type: 'gauge',
    help: 'Size of the store, where it says so.',
    labels: [],
  },
  adjutant_figures_collected_timestamp_seconds: {
    type: 'gauge',
    help: 'When the figures of the store were read last.',
    labels: [],
  },
  adjutant_figures_failed: {
    type: 'gauge',
    help: '1 where the last reading failed, and what stands here is from before; otherwise 0.',
    labels: [],
  },
});

/** The SDK's figures of a window of ninety days and today. */
export const deliveryMetrics = defined({
  adjutant_lead_time_for_changes_hours: {
    type: 'gauge',
    help: 'Lead time for changes: the metric lead_time_for_changes.',
    labels: perTeamQuantile,
  },
  adjutant_pull_request_idle_time_hours: {
    type: 'gauge',
    help: 'Idle time of pull requests: the metric pull_request_idle_time.',
    labels: perTeamQuantile,
  },
  adjutant_deployments_per_day: {
    type: 'gauge',
    help: 'Deployment frequency: the metric deployment_frequency.',
    labels: perTeam,
  },
  adjutant_change_fail_ratio: {
    type: 'gauge',
    help: 'Share of deployments that failed in production: the metric change_fail_rate.',
    labels: perTeam,
  },
  adjutant_failed_deployment_recovery_hours: {
    type: 'gauge',
    help: 'Time to recover from a failed deployment: failed_deployment_recovery_time.',
    labels: perTeamQuantile,
  },
  adjutant_delivery_samples: {
    type: 'gauge',
    help: 'How many rows a figure of delivery was made of.',
    labels: ['team', 'metric'],
  },
  adjutant_approval_latency_ms: {
    type: 'gauge',
    help: 'How long actions waited for people: the metric approval_latency_ms.',
    labels: ['quantile'],
  },
  adjutant_approval_override_ratio: {
    type: 'gauge',
    help: 'Share of decided actions that people declined or changed: approval_override_rate.',
    labels: [],
  },
  adjutant_decided_actions: {
    type: 'gauge',
    help: 'Actions decided by policy (auto) and by people (hitl): auto_vs_hitl_counts.',
    labels: ['decided'],
  },
  adjutant_teams_left_out: {
    type: 'gauge',
    help: 'Teams beyond the first hundred, of which no figures stand here.',
    labels: [],
  },
  adjutant_delivery_collected_timestamp_seconds: {
    type: 'gauge',
    help: 'When the figures of delivery and approvals were computed last.',
    labels: [],
  },
});

/** The process itself. */
export const processMetrics = defined({
  adjutant_event_loop_delay_seconds: {
    type: 'gauge',
    help: 'How late the event loop was since the last scrape.',
    labels: ['quantile'],
  },
  adjutant_process_memory_bytes: {
    type: 'gauge',
    help: 'Memory of the process.',
    labels: ['kind'],
  },
  adjutant_process_uptime_seconds: {
    type: 'gauge',
    help: 'How long the process has run.',
    labels: [],
  },
});

/** Every metric that a scrape can hold, in order. */
export const metricDefinitions: readonly MetricDefinition[] = [
  requestMetrics,
  operatingMetrics,
  deliveryMetrics,
  processMetrics,
].flatMap((group) => Object.values<MetricDefinition>(group));
