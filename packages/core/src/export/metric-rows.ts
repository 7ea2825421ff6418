import type { MetricPart, MetricPoint, MetricUnit, MetricValue } from '../domain.ts';

/** The columns of exported figures, in their order. */
export const metricColumns = [
  'metric_id',
  'definition_version',
  'unit',
  'window_from',
  'window_to',
  'repository',
  'part',
  'point_start',
  'point_end',
  'value',
  'sample_size',
  'p50',
  'p75',
  'p90',
  'caveats',
  'gaps',
  'citation_id',
] as const;

/** One figure as a line of a table. Unknown is null, never 0; instants are ISO 8601 in UTC. */
export interface MetricRow {
  metric_id: string;
  definition_version: number;
  unit: MetricUnit;
  window_from: string;
  window_to: string;
  /** The repository that was asked for; null for all. */
  repository: string | null;
  /** The part of the figure, such as a stage; null for the whole. */
  part: string | null;
  /** The week or day; null for the whole window. */
  point_start: string | null;
  point_end: string | null;
  value: number | null;
  sample_size: number;
  p50: number | null;
  p75: number | null;
  p90: number | null;
  caveats: string[];
  gaps: string[];
  citation_id: string;
}

/**
 * Returns figures as lines of a table: each figure and each part of it on a line of its own, and
 * with `withSeries` every week or day of them too. What is known to be missing stands on each line.
 */
export function metricRows(
  metrics: readonly (MetricValue & { citationId: string })[],
  options: { repository?: string | undefined; withSeries?: boolean | undefined } = {},
): MetricRow[] {
  return metrics.flatMap((metric) => {
    const { metricId, definitionVersion, unit, window, caveats, gaps, citationId } = metric;
    const shared = {
      metric_id: metricId,
      definition_version: definitionVersion,
      unit,
      window_from: instant(window.from),
      window_to: instant(window.to),
      repository: options.repository ?? null,
      part: null,
      caveats,
      gaps,
      citation_id: citationId,
    };
    const withSeries = options.withSeries === true;
    return [
      ...rowsOf(shared, metric, withSeries),
      ...metric.parts.flatMap((part) =>
        rowsOf({ ...shared, unit: part.unit ?? unit, part: part.id }, part, withSeries),
      ),
    ];
  });
}

type Shared = Pick<
  MetricRow,
  | 'metric_id'
  | 'definition_version'
  | 'unit'
  | 'window_from'
  | 'window_to'
  | 'repository'
  | 'part'
  | 'caveats'
  | 'gaps'
  | 'citation_id'
>;
type Figure = Pick<MetricPart, 'value' | 'sampleSize' | 'p50' | 'p75' | 'p90' | 'series'>;

function rowsOf(shared: Shared, figure: Figure, withSeries: boolean): MetricRow[] {
  const whole = rowOf(shared, null, figure);
  if (!withSeries) return [whole];
  const none = { p50: null, p75: null, p90: null };
  const points = figure.series ?? [];
  return [whole, ...points.map((point) => rowOf(shared, point, { ...point, ...none }))];
}

function rowOf(
  { caveats, gaps, citation_id, ...shared }: Shared,
  point: MetricPoint | null,
  { value, sampleSize, p50, p75, p90 }: Figure,
): MetricRow {
  return {
    ...shared,
    point_start: point === null ? null : instant(point.start),
    point_end: point === null ? null : instant(point.end),
    value,
    sample_size: sampleSize,
    p50,
    p75,
    p90,
    caveats,
    gaps,
    citation_id,
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
