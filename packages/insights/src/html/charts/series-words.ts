import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';
import { countOf, formatDay, formatFigure, formatNumber, unknownLabel } from '../../format.ts';
import type { ChartSeries, ChartTable } from './chart.ts';

/** Returns what a drawing shows in a few words: how many periods, from when to when, lowest, highest, last. */
export function describeSeries(
  series: readonly ChartSeries[],
  unit: MetricUnit,
  timeZone: string,
): string {
  const points = series[0]?.points ?? [];
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return 'Nothing is known.';
  const span = `${countOf(points.length, 'period')}, from ${formatDay(first.start, timeZone)} to ${formatDay(last.start, timeZone)}.`;
  return [span, ...series.map((one) => describeOne(one, unit, series.length > 1))].join(' ');
}

function describeOne({ label, points }: ChartSeries, unit: MetricUnit, isNamed: boolean): string {
  const known = points.flatMap(({ value }) => value ?? []);
  const name = isNamed ? `${label}: ` : '';
  if (known.length === 0) return `${name}${unknownLabel} throughout.`;
  const words = (value: number | null): string => formatFigure(value, unit);
  const missing = points.length - known.length;
  const unknown = missing === 0 ? '' : `, ${missing} ${unknownLabel}`;
  return `${name}lowest ${words(Math.min(...known))}, highest ${words(Math.max(...known))}, last ${words(points.at(-1)?.value ?? null)}${unknown}. All values are in the table.`;
}

/** Returns the values of series as rows, each beginning with its first day and ending with n. */
export function seriesTable(
  series: readonly ChartSeries[],
  unit: MetricUnit,
  timeZone: string,
): ChartTable {
  const hasOneSample = series.every(({ points }) =>
    points.every((point, place) => point.sampleSize === series[0]?.points[place]?.sampleSize),
  );
  const columns = [
    'From',
    ...series.flatMap(({ label }) => (hasOneSample ? [label] : [label, 'n'])),
    ...(hasOneSample ? ['n'] : []),
  ];
  const rows = (series[0]?.points ?? []).map((point, place) => [
    formatDay(point.start, timeZone),
    ...series.flatMap(({ points }) => {
      const one = points[place];
      const value = one === undefined || one.value === null ? null : formatFigure(one.value, unit);
      return hasOneSample ? [value] : [value, formatNumber(one?.sampleSize ?? 0)];
    }),
    ...(hasOneSample ? [formatNumber(point.sampleSize)] : []),
  ]);
  return { columns, rows };
}

/** Returns a point as it is spoken: `2026-11-09: 4 / week (n 4)`. */
export function spokenPoint(point: MetricPoint, unit: MetricUnit, timeZone: string): string {
  return `${formatDay(point.start, timeZone)}: ${formatFigure(point.value, unit)} (n ${point.sampleSize})`;
}

/** True where there is enough to draw: two points or more, one of them known. */
export function isDrawable(series: readonly ChartSeries[]): boolean {
  const points = series[0]?.points ?? [];
  return points.length > 1 && series.some((one) => one.points.some(({ value }) => value !== null));
}
