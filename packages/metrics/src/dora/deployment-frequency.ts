import type { Columns, MetricPart, SubjectRows } from '@adjutant/core/domain';
import { defineMetric } from '@adjutant/core/domain';
import { smallSampleCaveat } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles, percentilesOf } from '../percentile.ts';
import { type CountedEnvironments, productionOnly } from '../production-only.ts';
import type { Buckets } from '../week-buckets.ts';
import {
  bucketOf,
  countPerBucket,
  countSeries,
  fullDays,
  fullWeeks,
  quietUntil,
} from '../week-buckets.ts';

export const deploymentFrequency = defineMetric({
  id: 'deployment_frequency',
  title: 'Deployment frequency',
  unit: 'per_day',
  definition:
    'Successful deployments to production divided by the full days of the window. A deployment counts once, at its end, however many commits it carried; a merge is not a deployment. Weeks without one count as 0; weeks that the window cuts are dropped from the weekly figures. A window without any is 0 where deployments from before it are known and everything was read since; otherwise it is unknown. Where an environment is named after production, only such environments count; otherwise all do, and a caveat names them.',
  source: 'DORA, deployment frequency: https://dora.dev/guides/dora-metrics/',
  version: 2,
  subject: 'deployment',
  columns: ['environment', 'result', 'finishedAt', 'serviceKey', 'repositoryExternalId'],
  windowColumn: 'finishedAt',
  better: 'higher',
  compute({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    if (end === null) {
      return unknownOutcome(
        'No deployment is known in this window: none took place, or no source shows deployments, or not all was read.',
      );
    }
    const days = fullDays(window, end);
    if (days.count === 0) return unknownOutcome('The window holds no full day that has passed.');
    const scope = productionOnly(columns.environment);
    const { evidence, onCutDays } = deploymentsOn(days, columns, scope);
    const finished = evidence.map((row) => columns.finishedAt[row] ?? Number.NaN);
    const targets = new Set(
      evidence.map((row) => columns.serviceKey[row] ?? columns.repositoryExternalId[row] ?? ''),
    );
    const weeks = fullWeeks(window, end);
    const perWeek = countPerBucket(weeks, finished);
    return {
      value: finished.length / days.count,
      ...noPercentiles,
      sampleSize: finished.length,
      parts: weeks.count === 0 ? [] : weeklyParts(weeks, days, perWeek, finished),
      series: countSeries(weeks, perWeek),
      caveats: [
        ...scope.caveats,
        ...(targets.size > 1 ? [together(targets.size)] : []),
        ...(finished.length === 0 ? [noneCaveat(columns.length, onCutDays)] : []),
        ...(weeks.count === 0 ? ['The window holds no full week: no weekly figures.'] : []),
        ...smallSampleCaveat(finished.length, 'deployment'),
      ],
      evidence,
    };
  },
  computeValue({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    if (end === null) return null;
    const days = fullDays(window, end);
    if (days.count === 0) return null;
    const { evidence } = deploymentsOn(days, columns, productionOnly(columns.environment));
    return evidence.length / days.count;
  },
});

/** The successful deployments that ended on the days, and how many ended on days that the window cuts. */
function deploymentsOn(
  days: Buckets,
  columns: Columns<SubjectRows['deployment'], 'environment' | 'result' | 'finishedAt'>,
  scope: CountedEnvironments,
): { evidence: number[]; onCutDays: number } {
  const evidence: number[] = [];
  let onCutDays = 0;
  for (let row = 0; row < columns.length; row += 1) {
    const finishedAt = columns.finishedAt[row] ?? null;
    if (columns.result[row] !== 'success' || finishedAt === null) continue;
    if (!scope.includes(columns.environment[row] ?? '')) continue;
    if (bucketOf(days, finishedAt) < 0) onCutDays += 1;
    else evidence.push(row);
  }
  return { evidence, onCutDays };
}

/** Says why none counts. */
function noneCaveat(known: number, onCutDays: number): string {
  if (known === 0) return 'Deployments are known from before this window; none took place in it.';
  if (onCutDays === 0) return 'Deployments are known here, but none succeeded.';
  return 'Deployments succeeded here, but only on days that the window cuts or that are not over; full days alone count.';
}

function weeklyParts(
  weeks: Buckets,
  days: Buckets,
  perWeek: Float64Array,
  finished: number[],
): MetricPart[] {
  let inWeeks = 0;
  for (const count of perWeek) inWeeks += count;
  const deployDays = deployDaysPerWeek(weeks, days, finished);
  const daySummary = percentilesOf(deployDays);
  return [
    {
      id: 'per_week',
      title: 'Deployments per full week',
      unit: 'per_week',
      value: inWeeks / weeks.count,
      sampleSize: inWeeks,
      ...percentilesOf(perWeek.slice()),
    },
    {
      id: 'deploy_days',
      title: 'Days with a deployment, median of the full weeks',
      unit: 'count',
      value: daySummary.p50,
      sampleSize: weeks.count,
      ...daySummary,
    },
  ];
}

function deployDaysPerWeek(weeks: Buckets, days: Buckets, finished: number[]): Float64Array {
  const deployDays = new Float64Array(weeks.count);
  countPerBucket(days, finished).forEach((count, day) => {
    const week = bucketOf(weeks, days.bounds[day] ?? Number.NaN);
    if (count > 0 && week >= 0) deployDays[week] = (deployDays[week] ?? 0) + 1;
  });
  return deployDays;
}

function together(targets: number): string {
  return `${targets} services or repositories count together: each alone deploys less often.`;
}
