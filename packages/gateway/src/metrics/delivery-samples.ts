import type { MetricAnswer, WorkspaceHandle } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import type { GaugeName, Sample } from './instruments.ts';
import { labelText } from './label-value.ts';

const dayMs = 86_400_000;
const windowDays = 90;
/** A series for each team and figure: more than this is for a database, not for labels. */
const mostTeams = 100;

interface Exported {
  metricId: string;
  name: GaugeName;
  /** What the name says; a metric of somebody's own in another unit is not exported under it. */
  unit: MetricAnswer['unit'];
  shape: 'value' | 'quantiles';
}

const ofTeams: readonly Exported[] = [
  {
    metricId: 'lead_time_for_changes',
    name: 'adjutant_lead_time_for_changes_hours',
    unit: 'hours',
    shape: 'quantiles',
  },
  {
    metricId: 'pull_request_idle_time',
    name: 'adjutant_pull_request_idle_time_hours',
    unit: 'hours',
    shape: 'quantiles',
  },
  {
    metricId: 'deployment_frequency',
    name: 'adjutant_deployments_per_day',
    unit: 'per_day',
    shape: 'value',
  },
  {
    metricId: 'change_fail_rate',
    name: 'adjutant_change_fail_ratio',
    unit: 'share',
    shape: 'value',
  },
  {
    metricId: 'failed_deployment_recovery_time',
    name: 'adjutant_failed_deployment_recovery_hours',
    unit: 'hours',
    shape: 'quantiles',
  },
];

const ofApprovals: readonly Exported[] = [
  {
    metricId: 'approval_latency_ms',
    name: 'adjutant_approval_latency_ms',
    unit: 'ms',
    shape: 'quantiles',
  },
  {
    metricId: 'approval_override_rate',
    name: 'adjutant_approval_override_ratio',
    unit: 'share',
    shape: 'value',
  },
];

/**
 * Returns the window that figures of delivery are asked for: ninety whole days of UTC and today. Asked
 * again on the same day it is the same question, with the same citation.
 */
export function deliveryWindow(now: number): Window {
  const today = Math.floor(now / dayMs) * dayMs;
  return { from: today - windowDays * dayMs, to: today + dayMs };
}

/** Returns the SDK's figures of each team's delivery and of approvals, as values of gauges. */
export async function deliverySamples(handle: WorkspaceHandle, now: number): Promise<Sample[]> {
  const window = deliveryWindow(now);
  const known = new Set(handle.listMetrics().map(({ id }) => id));
  const teams = await handle.teams();
  const samples: Sample[] = [];
  for (const { id, key } of teams.slice(0, mostTeams)) {
    const labels = { team: labelText(key) };
    for (const exported of ofTeams) {
      const { metricId } = exported;
      if (!known.has(metricId)) continue;
      const answer = await handle.forTeam(id).metric({ metricId, window });
      if (answer.unit !== exported.unit) continue;
      samples.push(...valuesOf(exported, answer, labels), {
        name: 'adjutant_delivery_samples',
        labels: { ...labels, metric: metricId },
        value: answer.sampleSize,
      });
    }
  }
  for (const exported of ofApprovals) {
    const { metricId } = exported;
    if (!known.has(metricId)) continue;
    const answer = await handle.metric({ metricId, window });
    if (answer.unit === exported.unit) samples.push(...valuesOf(exported, answer, {}));
  }
  return [
    ...samples,
    ...(await decidedSamples(handle, window)),
    { name: 'adjutant_teams_left_out', value: Math.max(0, teams.length - mostTeams) },
    { name: 'adjutant_delivery_collected_timestamp_seconds', value: now / 1_000 },
  ];
}

function valuesOf(
  { name, shape }: Exported,
  { value, p50, p75, p90 }: MetricAnswer,
  labels: Readonly<Record<string, string>>,
): Sample[] {
  if (shape === 'value') return [{ name, labels, value }];
  return [
    { name, labels: { ...labels, quantile: '0.5' }, value: p50 },
    { name, labels: { ...labels, quantile: '0.75' }, value: p75 },
    { name, labels: { ...labels, quantile: '0.9' }, value: p90 },
  ];
}

async function decidedSamples(handle: WorkspaceHandle, window: Window): Promise<Sample[]> {
  const { autoVsHitlCounts } = await handle.actions.statistics(window);
  return Object.entries(autoVsHitlCounts).map(
    ([decided, value]): Sample => ({
      name: 'adjutant_decided_actions',
      labels: { decided },
      value,
    }),
  );
}
