import type { MetricFilter, Window } from '../domain.ts';
import { keepCitations } from '../citations/keep-citations.ts';
import { changeInterval, type Interval } from '../metrics/change-interval.ts';
import { type ComputedMetric, computeMetric } from '../metrics/compute-metric.ts';
import type { CitedMetricValue, MetricAnswer, MetricComparison } from '../workspace/handle.ts';
import type { ReadContext } from './read-context.ts';

const smallSample = 30;
/** The same question of the same rows has the same answer. */
const seed = 20_260_907;

interface ComparisonQuery {
  metricId: string;
  before: Window;
  after: Window;
  repository?: string | undefined;
  timeZone?: string | undefined;
  filter?: MetricFilter | undefined;
  /** False leaves out the interval, which costs some hundred computations of the figure. */
  withInterval?: boolean | undefined;
}

/** Returns a metric in two windows and what lies between them, without saying why. */
export async function compareMetric(
  context: ReadContext,
  query: ComparisonQuery,
): Promise<MetricComparison> {
  const { before: earlier, after: later, withInterval: _, ...rest } = query;
  const was = await computeMetric(context, { ...rest, window: earlier });
  const is = await computeMetric(context, { ...rest, window: later });
  keepCitations(context.store, [was.citation, is.citation]);
  const { answer: before } = was;
  const { answer: after } = is;
  const difference =
    before.value === null || after.value === null ? null : after.value - before.value;
  const relativeChange =
    difference === null || before.value === null || before.value === 0
      ? null
      : difference / before.value;
  const isAsked = query.withInterval !== false && difference !== null;
  const interval = isAsked ? await intervalOf(was, is) : null;
  const { meta, metricId, unit } = after;
  return {
    metricId,
    unit,
    before: figureOf(before),
    after: figureOf(after),
    ...(after.filter === undefined ? {} : { filter: after.filter }),
    difference,
    relativeChange,
    interval,
    change: changeOf(difference, interval),
    caveats: caveatsOf(query, before.sampleSize, after.sampleSize, isAsked && interval === null),
    meta,
  };
}

/** What is the same of both stands once, beside them. */
function figureOf(answer: MetricAnswer): CitedMetricValue {
  const { title: _, definition: __, filter: ___, meta: ____, ...figure } = answer;
  return figure;
}

async function intervalOf(before: ComputedMetric, after: ComputedMetric): Promise<Interval | null> {
  if (before.resampled === null || after.resampled === null) return null;
  return changeInterval(before.resampled, after.resampled, seed);
}

function changeOf(
  difference: number | null,
  interval: Interval | null,
): MetricComparison['change'] {
  if (difference === null || interval === null) return 'unknown';
  if (interval.low > 0) return 'rose';
  return interval.high < 0 ? 'fell' : 'no_detectable_change';
}

function caveatsOf(
  { before, after }: ComparisonQuery,
  sampleBefore: number,
  sampleAfter: number,
  cannotTell: boolean,
): string[] {
  const caveats: string[] = [];
  if (sampleBefore < smallSample || sampleAfter < smallSample) {
    caveats.push(
      `Small samples (${sampleBefore} and ${sampleAfter}): a difference this size can be chance.`,
    );
  }
  if (before.to > after.from && after.to > before.from) {
    caveats.push('The two windows overlap, so some rows count in both.');
  }
  if (cannotTell) {
    caveats.push(
      'Whether this is a change cannot be told from chance: that needs at least 14 days and 10 rows in both windows, and a figure that is counted over time.',
    );
  }
  return caveats;
}
