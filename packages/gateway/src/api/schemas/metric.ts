import type {
  CitationExplanation,
  CitedMetricValue,
  ExplainedRow,
  MetricAnswer,
  MetricComparison,
  MetricExplanation,
} from '@adjutant/core';
import {
  instantSchema,
  type MetricDefinition,
  metricFilterSchema,
  metricUnitSchema,
  metricValueSchema,
  percentilesSchema,
  windowSchema,
} from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';
import { pageOf } from './pages.ts';

/** What a metric is, in words. */
export const metricDefinitionSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()).readonly(),
  title: z.string(),
  unit: metricUnitSchema,
  definition: z.string(),
  source: z.string(),
  version: z.number().int(),
  better: z.enum(['lower', 'higher', 'neutral']),
  isDetail: z.boolean(),
}) satisfies z.ZodType<
  Required<
    Pick<
      MetricDefinition,
      | 'id'
      | 'aliases'
      | 'title'
      | 'unit'
      | 'definition'
      | 'source'
      | 'version'
      | 'better'
      | 'isDetail'
    >
  >
>;

const citedValueSchema = metricValueSchema.extend({
  citationId: z.string(),
}) satisfies z.ZodType<CitedMetricValue>;

/** A figure with everything needed to judge it and to check it later. */
export const metricAnswerSchema = citedValueSchema.extend({
  title: z.string(),
  definition: z.string(),
  filter: metricFilterSchema.optional(),
  meta: answerMetaSchema,
}) satisfies z.ZodType<MetricAnswer>;

const explainedRowSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  values: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  rawRecordId: z.string().nullable(),
}) satisfies z.ZodType<ExplainedRow>;

const excludedSchema = z.object({
  reason: z.enum([
    'written_by_people',
    'written_by_coding_agents',
    'written_by_service_bots',
    'written_by_others',
    'other_label',
    'other_work_type',
    'other_service',
    'not_in_figure',
    'draft',
  ]),
  count: z.number().int(),
}) satisfies z.ZodType<MetricExplanation['excluded'][number]>;

/** A figure, a page of the rows behind it, and what was left out. */
export const metricExplanationSchema = pageOf(explainedRowSchema).extend({
  value: metricAnswerSchema,
  excluded: z.array(excludedSchema),
}) satisfies z.ZodType<MetricExplanation>;

/** A figure in two windows and what lies between. */
export const metricComparisonSchema = z.object({
  metricId: z.string(),
  unit: metricUnitSchema,
  before: citedValueSchema,
  after: citedValueSchema,
  filter: metricFilterSchema.optional(),
  difference: z.number().nullable(),
  relativeChange: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  change: z.enum(['rose', 'fell', 'no_detectable_change', 'unknown']),
  caveats: z.array(z.string()),
  meta: answerMetaSchema,
}) satisfies z.ZodType<MetricComparison>;

const citedFigureSchema = percentilesSchema.extend({
  definitionVersion: z.number().int(),
  value: z.number().nullable(),
  sampleSize: z.number().int(),
  gaps: z.array(z.string()),
  rowCount: z.number().int(),
  computedAt: instantSchema,
}) satisfies z.ZodType<CitationExplanation['cited']>;

const questionSchema = z.object({
  metricId: z.string(),
  window: windowSchema,
  timeZone: z.string().optional(),
  repository: z.string().optional(),
  filter: metricFilterSchema.optional(),
}) satisfies z.ZodType<CitationExplanation['question']>;

/** What became of a figure since it was cited. */
export const citationSchema = pageOf(
  explainedRowSchema.extend({
    change: z.enum(['same', 'changed', 'added', 'gone']).nullable(),
  }),
).extend({
  citationId: z.string(),
  question: questionSchema,
  repository: z.string().nullable(),
  teamId: z.string().nullable(),
  cited: citedFigureSchema,
  now: metricAnswerSchema.nullable(),
  verdict: z.enum(['same', 'changed', 'cannot_tell']),
  reasons: z.array(z.string()),
}) satisfies z.ZodType<CitationExplanation>;
