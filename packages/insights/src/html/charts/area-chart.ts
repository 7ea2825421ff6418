import { at, axisMaximum, chartSvg, niceMaximum } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart, ChartSeries, TimeChartParts } from './chart.ts';
import { chartLegend, grainPatterns } from './legend.ts';
import {
  axisDays,
  columnLabels,
  columnX,
  plotBottom,
  plotHeight,
  plotValueAxis,
  plotWidth,
  plotY,
  seriesClass,
  thinnedPoints,
} from './plot.ts';
import { describeSeries, isDrawable, seriesTable, spokenPoint } from './series-words.ts';

/** Where the lowest value is more than this share of the highest, the axis begins above 0. */
const tallFoot = 0.5;

/**
 * Returns areas on top of each other, the first at the bottom: a cumulative flow diagram. Days on
 * which one of them is unknown stay empty; null where nothing is to be drawn.
 */
export function areaChart(parts: TimeChartParts): Chart | null {
  const { id, title, unit, timeZone } = parts;
  if (!isDrawable(parts.series)) return null;
  const { series, note } = thinnedPoints(parts.series);
  const columns = series[0]?.points.length ?? 0;
  const edges = Array.from({ length: columns }, (_, column) => edgesAt(series, column));
  const known = edges.filter((edge) => edge !== null);
  if (known.length === 0) return null;
  const scale = scaleOf(known, unit);
  const starts = (series[0]?.points ?? []).map(({ start }) => start);
  const bands = series.map((_, place) => oneBand(id, place, edges, scale));
  const marks = starts.map((_, column) =>
    edges[column] === null ? unknownMark(series, column, parts) : null,
  );
  const body = html`${grainPatterns(id, series.length)}${bands}${plotValueAxis(scale.top - scale.base, unit, scale.base)}${marks}${columnLabels(axisDays(starts, timeZone))}`;
  const description = describeSeries(series, unit, timeZone);
  const cut = scale.base === 0 ? null : `The axis begins at ${scale.base}.`;
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
    note: [cut, note].filter((line) => line !== null).join(' ') || null,
  };
}

interface Scale {
  base: number;
  top: number;
}

/** Running sums from the bottom up; null where one of the series is unknown. */
function edgesAt(series: readonly ChartSeries[], column: number): number[] | null {
  const edges = [0];
  for (const { points } of series) {
    const value = points[column]?.value ?? null;
    if (value === null) return null;
    edges.push((edges.at(-1) ?? 0) + value);
  }
  return edges;
}

/** What was done long ago would press everything else against the top: then the axis begins above 0. */
function scaleOf(edges: readonly number[][], unit: TimeChartParts['unit']): Scale {
  const highest = Math.max(...edges.map((edge) => edge.at(-1) ?? 0));
  const lowest = Math.min(...edges.map((edge) => edge[1] ?? 0));
  if (lowest < highest * tallFoot) return { base: 0, top: axisMaximum(highest, unit) };
  const step = niceMaximum(Math.max(4, highest - lowest) / 4);
  const base = Math.max(0, Math.floor((lowest - step / 2) / step) * step);
  return { base, top: base + Math.ceil((highest - base) / (2 * step)) * 2 * step };
}

function oneBand(
  id: string,
  place: number,
  edges: readonly (number[] | null)[],
  { base, top }: Scale,
): SafeHtml {
  const y = (value: number): number => plotY(value - base, top - base);
  const runs: number[][] = [];
  edges.forEach((edge, column) => {
    if (edge === null) return;
    if (column > 0 && (edges[column - 1] ?? null) !== null) runs.at(-1)?.push(column);
    else runs.push([column]);
  });
  const path = runs
    .map((run) => {
      const upper = run.map(
        (column) => `${columnX(column, edges.length)} ${y(edges[column]?.[place + 1] ?? 0)}`,
      );
      const lower = run
        .toReversed()
        .map((column) => `${columnX(column, edges.length)} ${y(edges[column]?.[place] ?? 0)}`);
      return `M${[...upper, ...lower].join('L')}Z`;
    })
    .join('');
  const grain = place === 0 ? null : html`<path d="${path}" fill="url(#${id}-g${place})"/>`;
  return html`<path class="area ${seriesClass(place)}" d="${path}"/>${grain}`;
}

function unknownMark(
  series: readonly ChartSeries[],
  column: number,
  { unit, timeZone }: TimeChartParts,
): SafeHtml | null {
  const point = series[0]?.points[column];
  if (point === undefined) return null;
  const x = at(columnX(column, series[0]?.points.length ?? 1));
  return html`<text class="unknown-mark" x="${x}" y="${plotBottom - 5}">?<title>${spokenPoint({ ...point, value: null }, unit, timeZone)}</title></text>`;
}
