import { keepCitations } from '../citations/keep-citations.ts';
import { computeMetric } from '../metrics/compute-metric.ts';
import type { MetricAnswer, MetricQuery } from '../workspace/handle.ts';
import type { ReadContext } from './read-context.ts';

/** Returns one figure, which can be cited from then on. */
export async function readMetric(context: ReadContext, query: MetricQuery): Promise<MetricAnswer> {
  const { answer, citation } = await computeMetric(context, query);
  keepCitations(context.store, [citation]);
  return answer;
}
