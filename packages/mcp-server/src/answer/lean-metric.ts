import type { MetricAnswer } from '@adjutant/core';
import { z } from 'zod';
import { rounded } from './figures.ts';

/** A metric in a list of several: the figure, its spread and what to know before using it. */
export const leanMetricSchema = z.object({
  metric_id: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  p90: z.number().nullable(),
  sample_size: z.number(),
  caveats: z.array(z.string()),
});

/** Returns a metric as one line of a list. */
export function leanMetric(metric: MetricAnswer): z.infer<typeof leanMetricSchema> {
  return {
    metric_id: metric.metricId,
    unit: metric.unit,
    value: rounded(metric.value),
    p90: rounded(metric.p90),
    sample_size: metric.sampleSize,
    caveats: metric.caveats,
  };
}
