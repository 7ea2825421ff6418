import { axisMaximum, chartSvg } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart, ChartSeries, TimeChartParts } from './chart.ts';
import { chartLegend, marker } from './legend.ts';
import {
  axisDays,
  columnLabels,
  columnX,
  newestPoints,
  plotBottom,
  plotHeight,
  plotValueAxis,
  plotWidth,
  plotY,
  seriesClass,
  thinnedPoints,
} from './plot.ts';
import { describeSeries, isDrawable, seriesTable, spokenPoint } from './series-words.ts';

/** A line over time; `isStock` where each point is what there is at the end of a day. */
export interface LineChartParts extends TimeChartParts {
  isStock?: boolean | undefined;
}

/**
 * Returns lines over time, broken where something is unknown; null where nothing is to be drawn. Each
 * series has a dash and a mark of its own beside its colour.
 */
export function lineChart(parts: LineChartParts): Chart | null {
  const { id, title, unit, timeZone, isStock = false } = parts;
  if (!isDrawable(parts.series)) return null;
  const { series, note } = isStock ? thinnedPoints(parts.series) : newestPoints(parts.series);
  const known = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const maximum = axisMaximum(Math.max(...known), unit);
  const starts = (series[0]?.points ?? []).map(({ start }) => start);
  const lines = series.map((one, place) => oneLine(one, place, maximum, parts));
  const body = html`${plotValueAxis(maximum, unit)}${lines}${unknownMarks(series, parts)}${columnLabels(axisDays(starts, timeZone))}`;
  const description = describeSeries(series, unit, timeZone);
  return {
    id,
    title,
    drawing: chartSvg({ id, title, description }, body, { width: plotWidth, height: plotHeight }),
    legend: chartLegend(
      id,
      series.map(({ label }) => label),
      'line',
    ),
    table: seriesTable(series, unit, timeZone),
    note,
  };
}

function oneLine(
  { points, label }: ChartSeries,
  place: number,
  maximum: number,
  { unit, timeZone, series }: TimeChartParts,
): SafeHtml {
  let path = '';
  let isPenDown = false;
  points.forEach(({ value }, column) => {
    if (value === null) {
      isPenDown = false;
      return;
    }
    path += `${isPenDown ? 'L' : 'M'}${columnX(column, points.length)} ${plotY(value, maximum)}`;
    isPenDown = true;
  });
  const dots = points.map((point, column) => {
    if (point.value === null) return null;
    const words = `${series.length > 1 ? `${label}, ` : ''}${spokenPoint(point, unit, timeZone)}`;
    const y = plotY(point.value, maximum);
    return marker(place, columnX(column, points.length), y, html`<title>${words}</title>`);
  });
  return html`<path class="line ${seriesClass(place)}" d="${path}"/>${dots}`;
}

/** A question mark where no series is known. */
function unknownMarks(
  series: readonly ChartSeries[],
  { unit, timeZone }: TimeChartParts,
): SafeHtml {
  const points = series[0]?.points ?? [];
  const marks = points.map((point, column) =>
    series.some((one) => (one.points[column]?.value ?? null) !== null)
      ? null
      : html`<text class="unknown-mark" x="${columnX(column, points.length)}" y="${plotBottom - 5}">?<title>${spokenPoint(point, unit, timeZone)}</title></text>`,
  );
  return html`${marks}`;
}
