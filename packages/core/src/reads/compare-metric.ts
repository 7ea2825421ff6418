import type { Window } from '../domain.ts';
import { changeInterval, type Interval } from '../metrics/change-interval.ts';
import { computeMetric } from '../metrics/compute-metric.ts';
import type { MetricComparison } from '../workspace/handle.ts';
import type { ReadContext } from './read-context.ts';

const smallSample = 30;

/** Returns a metric in two windows and what lies between them, without saying why. */
export async function compareMetric(
  context: ReadContext,
  query: { metricId: string; before: Window; after: Window; repository?: string | undefined },
): Promise<MetricComparison> {
  const { repository } = query;
  const { answer: before } = await computeMetric(context, {
    metricId: query.metricId,
    window: query.before,
    repository,
  });
  const { answer: after } = await computeMetric(context, {
    metricId: query.metricId,
    window: query.after,
    repository,
  });
  const known = before.value !== null && after.value !== null;
  const difference = known ? Number(after.value) - Number(before.value) : null;
  const relativeChange =
    difference === null || before.value === null || before.value === 0
      ? null
      : difference / before.value;
  const caveats: string[] = [];
  if (before.sampleSize < smallSample || after.sampleSize < smallSample) {
    caveats.push(
      `Small samples (${before.sampleSize} and ${after.sampleSize}): a difference this size can be chance.`,
    );
  }
  if (query.before.to > query.after.from && query.after.to > query.before.from) {
    caveats.push('The two windows overlap, so some rows count in both.');
  }
  const { meta, metricId } = after;
  return { metricId, unit: after.unit, before, after, difference, relativeChange, caveats, meta };
}
