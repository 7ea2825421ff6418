import type { MetricComparison } from '@adjutant/core';
import { AdjutantError, narrowToTeam } from '@adjutant/core/ports';
import type { Window } from '@adjutant/core/domain';
import { z } from 'zod';
import { rounded } from '../answer/figures.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { filterInput, filterOf } from '../answer/filter-input.ts';
import { dayInput, windowFromDays } from '../answer/window-input.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const sideSchema = z.object({
  from: z.string(),
  to: z.string(),
  value: z.number().nullable(),
  p90: z.number().nullable(),
  sample_size: z.number(),
  citation: z.string(),
});

/** One metric in two windows. */
export const compareMetric = defineTool({
  name: 'compare_metric',
  scope: 'read',
  title: 'Compare metric',
  description:
    'One metric in two windows with their difference, its 95 % interval and caveats. A difference is not a cause. Each window ends before its to day.',
  inputSchema: z.strictObject({
    metric_id: z.string().max(100),
    before_from: dayInput,
    before_to: dayInput,
    after_from: dayInput,
    after_to: dayInput,
    repository: z.string().max(400).optional(),
    team: z.string().max(100).optional().describe('Team key'),
    ...filterInput,
  }),
  outputSchema: z.object({
    ...freshnessShape,
    metric_id: z.string(),
    unit: z.string(),
    before: sideSchema,
    after: sideSchema,
    difference: z.number().nullable(),
    relative_change: z.number().nullable(),
    interval: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
    change: z.string(),
    caveats: z.array(z.string()),
  }),
  annotations: readsStoredRows,
  async handler(input, workspace) {
    const timeZone = input.time_zone;
    const filter = filterOf(input);
    const zone = timeZone ?? workspace.timeZone;
    const before = required(windowFromDays(input.before_from, input.before_to, zone));
    const after = required(windowFromDays(input.after_from, input.after_to, zone));
    const narrowed = await narrowToTeam(workspace, input.team);
    const { metric_id: metricId, repository } = input;
    const comparison = await narrowed.compareMetric({
      metricId,
      before,
      after,
      repository,
      timeZone,
      filter,
    });
    return {
      ...freshness(comparison.meta, [...comparison.before.gaps, ...comparison.after.gaps]),
      metric_id: comparison.metricId,
      unit: comparison.unit,
      before: side(comparison.before),
      after: side(comparison.after),
      difference: rounded(comparison.difference),
      relative_change: rounded(comparison.relativeChange, 3),
      interval: intervalOf(comparison.interval),
      change: comparison.change,
      caveats: allCaveats(comparison),
    };
  },
});

function side(value: MetricComparison['before']): z.infer<typeof sideSchema> {
  return {
    from: instantText(value.window.from),
    to: instantText(value.window.to),
    value: rounded(value.value),
    p90: rounded(value.p90),
    sample_size: value.sampleSize,
    citation: value.citationId,
  };
}

function intervalOf(interval: MetricComparison['interval']) {
  if (interval === null) return null;
  return { low: rounded(interval.low), high: rounded(interval.high) };
}

/** What to know of the comparison, then of each side, each said once. */
function allCaveats({ caveats, before, after }: MetricComparison): string[] {
  return [...new Set([...caveats, ...before.caveats, ...after.caveats])];
}

function required(window: Window | undefined): Window {
  if (window === undefined) throw new AdjutantError('InvalidInput', 'Both windows are needed.');
  return window;
}
