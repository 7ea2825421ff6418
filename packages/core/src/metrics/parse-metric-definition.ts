import { z } from 'zod';
import { type MetricDefinition, metricUnitSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { subjects } from './subjects/subjects.ts';

const columnSchema = z.string().regex(/^[a-z][A-Za-z]{0,60}$/, 'is no name of a column');
const subjectNames = Object.keys(subjects);

const openBetweenSchema = z.object({
  from: columnSchema,
  until: z.array(columnSchema).min(1),
});

const definitionSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'has small letters, digits and _ only'),
  aliases: z.array(z.string()).optional(),
  title: z.string().min(1).max(200),
  unit: metricUnitSchema,
  definition: z.string().min(1),
  source: z.string().min(1),
  version: z.number().int().positive(),
  subject: z.string().refine((name) => subjectNames.includes(name), {
    error: `is one of ${subjectNames.join(', ')}`,
  }),
  columns: z.array(columnSchema).min(1),
  windowColumn: columnSchema.nullable(),
  openBetween: openBetweenSchema.optional(),
  better: z.enum(['lower', 'higher', 'neutral']),
  compute: z.custom<MetricDefinition['compute']>((value) => typeof value === 'function', {
    error: 'is a function',
  }),
  computeValue: z
    .custom<MetricDefinition['computeValue']>((value) => typeof value === 'function', {
      error: 'is a function',
    })
    .optional(),
});

/** What is open now is a figure of one instant, told by columns that the metric reads. */
const consistentSchema = definitionSchema
  .refine(({ openBetween, windowColumn }) => openBetween === undefined || windowColumn === null, {
    path: ['openBetween'],
    error: 'stands only beside a windowColumn of null',
  })
  .refine(
    ({ openBetween, columns }) =>
      openBetween === undefined ||
      [openBetween.from, ...openBetween.until].every((name) => columns.includes(name)),
    { path: ['openBetween'], error: 'names only what is among the columns' },
  );

/**
 * Returns a value from outside as the metric that it is: for hosts that take metrics from files.
 * @throws AdjutantError `InvalidInput`, saying which part is wrong
 */
export function parseMetricDefinition(value: unknown): MetricDefinition {
  const parsed = consistentSchema.safeParse(value);
  // The schema says what of a definition can be seen from outside; its function is its own.
  if (parsed.success) return value as MetricDefinition;
  const [issue] = parsed.error.issues;
  throw new AdjutantError(
    'InvalidInput',
    `This is no metric: "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'is wrong'}.`,
    { hint: 'Make it with defineMetric from @adjutant/core/domain.' },
  );
}
