import { hourMs } from '../format.ts';
import type { EvidenceRow } from './evidence.ts';
import type { DurationBand } from './team-report.ts';

/** The column that holds a metric's own duration, or the two instants that it lies between. */
const columnsByMetric: Record<string, { duration?: string; from?: string; to?: string }> = {
  lead_time_for_changes: { duration: 'totalMs' },
  lead_time_for_changes_per_commit: { from: 'authoredAt', to: 'deployedAt' },
  pull_request_stages: { from: 'openedAt', to: 'mergedAt' },
  pull_request_cycle_time: { from: 'openedAt', to: 'mergedAt' },
  time_to_first_response: { duration: 'pickupMs' },
  pull_request_idle_time: { duration: 'idleMs' },
  first_commit_to_merge: { duration: 'firstCommitToMergeMs' },
  merge_to_release: { duration: 'releaseWaitMs' },
  failed_deployment_recovery_time: { from: 'finishedAt', to: 'restoredAt' },
  time_to_restore: { from: 'createdAt', to: 'resolvedAt' },
  time_to_acknowledge: { from: 'createdAt', to: 'acknowledgedAt' },
  build_duration: { from: 'startedAt', to: 'finishedAt' },
  build_queue_time: { from: 'queuedAt', to: 'startedAt' },
  approval_latency_ms: { from: 'preparedAt', to: 'decidedAt' },
};

/** Returns the duration that a row brings to a metric; null where it has none. @unit hours */
export function rowDurationHours(metricId: string, values: EvidenceRow['values']): number | null {
  const columns = Object.hasOwn(columnsByMetric, metricId) ? columnsByMetric[metricId] : undefined;
  if (columns === undefined) return null;
  const number = (name: string | undefined): number | null => {
    const value = name === undefined ? null : values[name];
    return typeof value === 'number' ? value : null;
  };
  const duration = number(columns.duration);
  if (duration !== null) return duration / hourMs;
  const from = number(columns.from);
  const to = number(columns.to);
  return from === null || to === null || to < from ? null : (to - from) / hourMs;
}

const bandEdges: readonly { label: string; toHours: number | null }[] = [
  { label: '< 1 h', toHours: 1 },
  { label: '1–4 h', toHours: 4 },
  { label: '4–24 h', toHours: 24 },
  { label: '1–3 d', toHours: 72 },
  { label: '3–7 d', toHours: 168 },
  { label: '1–4 wk', toHours: 672 },
  { label: '> 4 wk', toHours: null },
];

/** Returns how many durations lie in each band; null when there are none. @unit hours */
export function durationBands(hours: readonly number[]): DurationBand[] | null {
  if (hours.length === 0) return null;
  let fromHours = 0;
  return bandEdges.map(({ label, toHours }) => {
    const from = fromHours;
    fromHours = toHours ?? fromHours;
    const count = hours.filter(
      (value) => value >= from && (toHours === null || value < toHours),
    ).length;
    return { label, fromHours: from, toHours, count };
  });
}
