import { z } from 'zod';
import { instantSchema } from './primitives.ts';

export const metricUnitSchema = z.enum([
  'ms',
  'hours',
  'days',
  'per_day',
  'per_week',
  'count',
  'share',
]);
export type MetricUnit = z.infer<typeof metricUnitSchema>;

/** Half-open interval of instants: `from` inside, `to` outside. */
export const windowSchema = z.object({ from: instantSchema, to: instantSchema });
export type Window = z.infer<typeof windowSchema>;

export const percentilesSchema = z.object({
  p50: z.number().nullable(),
  p75: z.number().nullable(),
  p90: z.number().nullable(),
});
export type Percentiles = z.infer<typeof percentilesSchema>;

/** One week or day of a metric. */
export const metricPointSchema = z.object({
  start: instantSchema,
  end: instantSchema,
  value: z.number().nullable(),
  sampleSize: z.number().int(),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

/** One named part of a metric: a stage, an age band. */
export const metricPartSchema = percentilesSchema.extend({
  id: z.string(),
  title: z.string(),
  /** Where the part is measured in another unit than the metric. */
  unit: metricUnitSchema.optional(),
  value: z.number().nullable(),
  sampleSize: z.number().int(),
  /** Its weeks or days, where they are told apart. */
  series: z.array(metricPointSchema).optional(),
});
export type MetricPart = z.infer<typeof metricPartSchema>;

/** A figure with everything needed to judge it. Unknown is null, never 0. */
export const metricValueSchema = percentilesSchema.extend({
  metricId: z.string(),
  definitionVersion: z.number().int(),
  unit: metricUnitSchema,
  window: windowSchema,
  /** The zone whose days and weeks it is cut by. */
  timeZone: z.string(),
  value: z.number().nullable(),
  sampleSize: z.number().int(),
  parts: z.array(metricPartSchema),
  series: z.array(metricPointSchema),
  caveats: z.array(z.string()),
  /** Codes of the gaps that touch this figure. */
  gaps: z.array(z.string()),
  /** Own ids of the rows that made it; `explain` returns them whole. */
  evidenceIds: z.array(z.string()),
});
export type MetricValue = z.infer<typeof metricValueSchema>;
