import { at, axisMaximum, chartSvg } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart, ChartSeries, TimeChartParts } from './chart.ts';
import { chartLegend, grainPatterns } from './legend.ts';
import {
  axisDays,
  columnLabels,
  columnX,
  newestPoints,
  plotBottom,
  plotHeight,
  plotLeft,
  plotRight,
  plotValueAxis,
  plotWidth,
  plotY,
  seriesClass,
} from './plot.ts';
import { describeSeries, isDrawable, seriesTable, spokenPoint } from './series-words.ts';

/**
 * Returns bars over time, several series on top of each other; null where nothing is to be drawn. A
 * known 0 keeps a foot, what is unknown has a question mark and no bar.
 */
export function barChart(parts: TimeChartParts): Chart | null {
  const { id, title, unit, timeZone } = parts;
  if (!isDrawable(parts.series)) return null;
  const { series, note } = newestPoints(parts.series);
  const columns = series[0]?.points.length ?? 0;
  const heights = Array.from({ length: columns }, (_, column) =>
    series.reduce((sum, { points }) => sum + (points[column]?.value ?? 0), 0),
  );
  const maximum = axisMaximum(Math.max(...heights), unit);
  const starts = (series[0]?.points ?? []).map(({ start }) => start);
  const bars = starts.map((_, column) => oneColumn(series, column, maximum, parts));
  const body = html`${grainPatterns(id, series.length)}${plotValueAxis(maximum, unit)}${bars}${columnLabels(axisDays(starts, timeZone))}`;
  const description = describeSeries(series, unit, timeZone);
  return {
    id,
    title,
    drawing: chartSvg({ id, title, description }, body, { width: plotWidth, height: plotHeight }),
    legend: chartLegend(
      id,
      series.map(({ label }) => label),
      'area',
    ),
    table: seriesTable(series, unit, timeZone),
    note,
  };
}

function oneColumn(
  series: readonly ChartSeries[],
  column: number,
  maximum: number,
  { id, unit, timeZone }: TimeChartParts,
): SafeHtml {
  const count = series[0]?.points.length ?? 1;
  const width = at(Math.max(1.5, ((plotRight - plotLeft) / count) * 0.72));
  const x = columnX(column, count);
  const isKnown = series.some(({ points }) => (points[column]?.value ?? null) !== null);
  if (!isKnown) {
    const point = series[0]?.points[column];
    const words = point === undefined ? '' : spokenPoint(point, unit, timeZone);
    return html`<text class="unknown-mark" x="${x}" y="${plotBottom - 5}">?<title>${words}</title></text>`;
  }
  let below = 0;
  const bars = series.map(({ points, label }, place) => {
    const point = points[column];
    if (point === undefined || point.value === null) return null;
    const foot = plotY(below, maximum);
    below += point.value;
    const least = series.length === 1 ? 1.5 : 0;
    const height = at(Math.max(least, foot - plotY(below, maximum)));
    if (height === 0) return null;
    const words = `${series.length > 1 ? `${label}, ` : ''}${spokenPoint(point, unit, timeZone)}`;
    const box = html`x="${at(x - width / 2)}" y="${at(foot - height)}" width="${width}" height="${height}"`;
    const grain =
      place === 0 ? null : html`<rect ${box} fill="url(#${id}-g${place})" class="over"/>`;
    return html`<rect class="${seriesClass(place)} bar" ${box}><title>${words}</title></rect>${grain}`;
  });
  return html`${bars}`;
}
