import { narrowToTeam } from '@adjutant/core/ports';
import type {
  CitedRow,
  ExplainedRow,
  MetricAnswer,
  MetricExplanation,
  MetricQuery,
} from '@adjutant/core';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { boundedText, titleMaxCharacters } from '../answer/bounded-text.ts';
import { rounded } from '../answer/figures.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { namedValues, namedValuesSchema } from '../answer/named-values.ts';
import { cursorOffset, offsetCursor } from '../answer/offset-cursor.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { shortId } from '../answer/short-id.ts';
import { filterInput, filterOf } from '../answer/filter-input.ts';
import { dayInput, windowFromDays } from '../answer/window-input.ts';
import type { AssistantHandle } from '../assistant-handle.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const inputSchema = z.strictObject({
  metric_id: z.string().max(100).optional().describe('None: a list'),
  explain: z.boolean().optional(),
  citation: z.string().max(100).optional(),
  from: dayInput.optional(),
  to: dayInput.optional().describe('Day after the last'),
  repository: z.string().max(400).optional(),
  team: z.string().max(100).optional(),
  ...filterInput,
  ...pagingInput,
});
type Input = z.infer<typeof inputSchema>;

const spread = {
  value: z.number().nullable(),
  p50: z.number().nullable(),
  p75: z.number().nullable(),
  p90: z.number().nullable(),
  sample_size: z.number(),
};
const metricSchema = z.object({
  metric_id: z.string(),
  definition: z.string(),
  definition_version: z.number(),
  unit: z.string(),
  from: z.string(),
  to: z.string(),
  ...spread,
  parts: z.array(z.object({ id: z.string(), ...spread })),
  series: z.array(
    z.object({ start: z.string(), value: z.number().nullable(), sample_size: z.number() }),
  ),
  caveats: z.array(z.string()),
  gap_codes: z.array(z.string()),
  citation: z.string(),
});

const outputSchema = z.object({
  ...freshnessShape,
  metrics: z
    .array(z.object({ metric_id: z.string(), title: z.string(), unit: z.string() }))
    .optional(),
  metric: metricSchema.optional(),
  rows: z
    .array(
      z.object({
        id: z.string(),
        key: z.string(),
        title: z.string(),
        values: namedValuesSchema,
        change: z.string().optional(),
      }),
    )
    .optional(),
  cited: z
    .object({
      verdict: z.string(),
      reasons: z.array(z.string()),
      as_of: z.string(),
      value: z.number().nullable(),
    })
    .optional(),
  total: z.number(),
  next_cursor: z.string().nullable(),
});
type Output = z.infer<typeof outputSchema>;

/** One figure with everything needed to judge it; or the list of figures there are. */
export const getMetric = defineTool({
  name: 'get_metric',
  scope: 'read',
  title: 'Get metric',
  description:
    'One metric with definition, spread, weeks, caveats, gaps; explain adds rows; citation checks a cited one. null is unknown, not 0.',
  inputSchema,
  outputSchema,
  annotations: readsStoredRows,
  async handler(input, workspace) {
    const narrowed = await narrowToTeam(workspace, input.team);
    if (input.citation !== undefined) return checkCitation(input, input.citation, narrowed);
    if (input.metric_id === undefined) return listMetrics(narrowed);
    if (input.explain === true) return explain(input, input.metric_id, narrowed);
    return compute(input, input.metric_id, narrowed);
  },
});

async function listMetrics(workspace: AssistantHandle): Promise<Output> {
  const definitions = workspace.listMetrics();
  const { meta } = await workspace.syncStatus({ rowCounts: false });
  return {
    ...freshness(meta),
    metrics: definitions.map(({ id, title, unit }) => ({ metric_id: id, title, unit })),
    total: definitions.length,
    next_cursor: null,
  };
}

function questionOf(input: Input, metricId: string, zone: string): MetricQuery {
  const { repository, time_zone: timeZone } = input;
  const window = windowFromDays(input.from, input.to, timeZone ?? zone);
  return { metricId, window, timeZone, repository, filter: filterOf(input) };
}

async function compute(
  input: Input,
  metricId: string,
  workspace: AssistantHandle,
): Promise<Output> {
  const offset = cursorOffset(input.cursor);
  const metric = await workspace.metric(questionOf(input, metricId, workspace.timeZone));
  return withinBudget({ asked: input.limit, byDefault: 53 }, (limit) => ({
    ...freshness(metric.meta, metric.gaps),
    metric: shown(metric, offset, limit),
    total: metric.evidenceIds.length,
    next_cursor: offsetCursor(offset + limit, metric.series.length),
  }));
}

async function explain(
  input: Input,
  metricId: string,
  workspace: AssistantHandle,
): Promise<Output> {
  const { cursor } = input;
  const question = questionOf(input, metricId, workspace.timeZone);
  return withinBudget({ asked: input.limit, byDefault: 30 }, async (limit) => {
    const page = await workspace.explainMetric({ ...question, limit, cursor });
    return {
      ...freshness(page.meta, page.value.gaps),
      metric: shown(withExcluded(page), 0, 0),
      rows: page.items.map(shownRow),
      total: page.total,
      next_cursor: page.nextCursor,
    };
  });
}

/** What was left out is said among the caveats. */
function withExcluded({ value, excluded }: MetricExplanation): MetricAnswer {
  if (excluded.length === 0) return value;
  const reasons = excluded.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`);
  return { ...value, caveats: [...value.caveats, `Left out: ${reasons.join(', ')}.`] };
}

/** What was cited, what it comes to now, and the rows that differ; all of them with explain. */
async function checkCitation(
  input: Input,
  citation: string,
  workspace: AssistantHandle,
): Promise<Output> {
  const { cursor } = input;
  return withinBudget({ asked: input.limit, byDefault: 30 }, async (limit) => {
    const found = await workspace.explainCitation(citation, { limit, cursor });
    const { cited, now, verdict, reasons, items } = found;
    const isShown = ({ change }: CitedRow): boolean =>
      input.explain === true || (change !== null && change !== 'same');
    return {
      ...freshness(found.meta, now?.gaps),
      cited: {
        verdict,
        reasons,
        as_of: instantText(cited.computedAt),
        value: rounded(cited.value),
      },
      ...(now === null ? {} : { metric: shown(now, 0, 0) }),
      rows: items.filter(isShown).map((row) => ({
        ...shownRow(row),
        change: row.change ?? 'unknown',
      })),
      total: found.total,
      next_cursor: found.nextCursor,
    };
  });
}

function shownRow(row: ExplainedRow) {
  return {
    id: shortId(row.id),
    key: row.key,
    title: boundedText(row.title, titleMaxCharacters),
    values: namedValues(row.values),
  };
}

function shown(metric: MetricAnswer, offset: number, limit: number): z.infer<typeof metricSchema> {
  return {
    metric_id: metric.metricId,
    definition: metric.definition,
    definition_version: metric.definitionVersion,
    unit: metric.unit,
    from: instantText(metric.window.from),
    to: instantText(metric.window.to),
    ...figures(metric),
    parts: metric.parts.slice(0, 20).map((part) => ({
      id: boundedText(part.id, titleMaxCharacters),
      ...figures(part),
    })),
    series: metric.series.slice(offset, offset + limit).map((point) => ({
      start: instantText(point.start),
      value: rounded(point.value),
      sample_size: point.sampleSize,
    })),
    caveats: metric.caveats,
    gap_codes: metric.gaps,
    citation: metric.citationId,
  };
}

function figures(of: Pick<MetricAnswer, 'value' | 'p50' | 'p75' | 'p90' | 'sampleSize'>) {
  return {
    value: rounded(of.value),
    p50: rounded(of.p50),
    p75: rounded(of.p75),
    p90: rounded(of.p90),
    sample_size: of.sampleSize,
  };
}
