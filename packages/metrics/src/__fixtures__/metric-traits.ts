/** What holds of a metric beyond what holds of all: the properties of a figure of its kind. */
export interface MetricTraits {
  /** Whether the cases of a window are those of its two halves: always, where both are known, or never. */
  addsUp: 'always' | 'where known' | 'never';
  /** `value`: a time, so longer by the factor that all times are longer by; `parts`: its parts are. */
  scales: 'value' | 'parts' | null;
  /** Where its percentiles lie: among the values of single rows, or among its weeks. */
  percentiles: 'rows' | 'weeks' | null;
  /** A 0 of no rows of its kind is a known 0: something else shows that they would be seen. */
  hasTrueZero: boolean;
  /** What it says of people alone where bots are among its rows; null where its rows have no author. */
  people: 'median' | 'count' | 'parts' | null;
}

const plain: MetricTraits = {
  addsUp: 'always',
  scales: null,
  percentiles: null,
  hasTrueZero: false,
  people: null,
};
const duration: MetricTraits = { ...plain, scales: 'value', percentiles: 'rows' };
const durationOfRequest: MetricTraits = { ...duration, people: 'median' };
const countOfRequest: MetricTraits = { ...plain, percentiles: 'rows', people: 'median' };
const perWeek: MetricTraits = { ...plain, percentiles: 'weeks', hasTrueZero: true };
const ofInstant: MetricTraits = { ...plain, addsUp: 'never', hasTrueZero: true };

/** The traits of every metric, by id. */
export const metricTraits: Readonly<Record<string, MetricTraits>> = {
  lead_time_for_changes: durationOfRequest,
  lead_time_for_changes_per_commit: duration,
  deployment_frequency: { ...plain, hasTrueZero: true },
  change_fail_rate: plain,
  failed_deployment_recovery_time: duration,
  // A half of which no source says what was planned is unknown.
  deployment_rework_rate: { ...plain, addsUp: 'where known' },
  time_to_restore: duration,
  time_to_acknowledge: duration,
  pipeline_failure_share: plain,
  pull_request_stages: durationOfRequest,
  pull_request_cycle_time: durationOfRequest,
  time_to_first_response: durationOfRequest,
  pull_request_idle_time: durationOfRequest,
  pull_request_size: countOfRequest,
  review_rounds: countOfRequest,
  review_depth: countOfRequest,
  reviewers_per_pull_request: countOfRequest,
  // A mean of a window: never that of its halves, and percentiles would be single people's.
  review_load: plain,
  merged_without_review: { ...plain, people: 'parts' },
  stale_pull_requests: { ...ofInstant, people: 'count' },
  throughput: { ...perWeek, people: 'count' },
  open_work: { ...ofInstant, scales: 'parts', people: 'count' },
  wip: ofInstant,
  work_item_age: { ...duration, addsUp: 'never' },
  cycle_time: duration,
  work_item_throughput: perWeek,
  cumulative_flow: ofInstant,
  flow_efficiency: plain,
  first_commit_to_merge: durationOfRequest,
  merge_to_release: durationOfRequest,
  revert_share: { ...plain, people: 'count' },
  release_frequency: perWeek,
  build_success_rate: plain,
  build_duration: duration,
  // Where most runs of a half did not wait, their waiting is not told.
  build_queue_time: { ...duration, addsUp: 'where known' },
  // A commit whose runs lie in both halves is a case of each.
  flaky_builds: { ...plain, addsUp: 'never' },
  approval_latency_ms: duration,
  approval_override_rate: plain,
  auto_vs_hitl_counts: { ...plain, hasTrueZero: true },
};
