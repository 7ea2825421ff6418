import type { MetricUnit, Window } from '@adjutant/core/domain';
import { countOf, formatDay, formatFigure } from '../../format.ts';
import { at, axisMaximum, chartSvg } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart } from './chart.ts';
import { type ChartLevel, levelLines } from './levels.ts';
import {
  axisDays,
  plotBottom,
  plotHeight,
  plotLeft,
  plotRight,
  plotValueAxis,
  plotWidth,
  plotY,
} from './plot.ts';

export interface ScatterPoint {
  at: number;
  value: number;
  /** The key of the row, which is text from outside. */
  label: string;
  /** Where the row stands whole; an address of the page's own. */
  href: string | null;
}

export interface ScatterChartParts {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  unit: MetricUnit;
  timeZone: string;
  window: Window;
  points: readonly ScatterPoint[];
  levels: readonly ChartLevel[];
  /** How many there are in all, where not all were read. */
  total?: number | undefined;
}

const mostPoints = 200;

/** Returns one dot for each row, by when and how long, with lines at its levels; null without rows. */
export function scatterChart(parts: ScatterChartParts): Chart | null {
  const { id, title, unit, timeZone, window, levels, total = parts.points.length } = parts;
  const points = parts.points.toSorted((left, right) => left.at - right.at).slice(-mostPoints);
  if (points.length === 0) return null;
  const highest = Math.max(
    ...points.map(({ value }) => value),
    ...levels.map(({ value }) => value),
  );
  const maximum = axisMaximum(highest, unit);
  const body = html`${plotValueAxis(maximum, unit)}${points.map((point) => dot(point, maximum, parts))}${levelLines(levels, maximum, unit)}${ends(window, timeZone)}`;
  const spoken = levels.map(({ label, value }) => `${label} ${formatFigure(value, unit)}`);
  const description = `${countOf(points.length, 'row')}${spoken.length === 0 ? '' : `; ${spoken.join(', ')}`}. All values are in the table.`;
  const rows = points
    .toReversed()
    .map(({ at: when, value, label, href }) => [
      href === null ? html`<bdi>${label}</bdi>` : html`<a href="${href}"><bdi>${label}</bdi></a>`,
      formatDay(when, timeZone),
      formatFigure(value, unit),
    ]);
  return {
    id,
    title,
    drawing: chartSvg({ id, title, description }, body, { width: plotWidth, height: plotHeight }),
    legend: null,
    table: { columns: ['Row', 'Day', title], rows },
    note:
      points.length < total
        ? `The newest ${points.length} of ${countOf(total, 'row')} are drawn.`
        : null,
  };
}

function dot(
  { at: when, value, label }: ScatterPoint,
  maximum: number,
  { window, unit, timeZone }: ScatterChartParts,
): SafeHtml {
  const share = (when - window.from) / Math.max(1, window.to - window.from);
  const x = at(plotLeft + 6 + Math.max(0, Math.min(1, share)) * (plotRight - plotLeft - 12));
  return html`<circle class="dot s1" cx="${x}" cy="${plotY(value, maximum)}" r="3.2"><title>${label}, ${formatDay(when, timeZone)}: ${formatFigure(value, unit)}</title></circle>`;
}

function ends({ from, to }: Window, timeZone: string): SafeHtml {
  const [first = '', last = ''] = axisDays([from, Math.max(from, to - 1)], timeZone);
  const y = plotBottom + 20;
  return html`<text class="tick" x="${plotLeft}" y="${y}">${first}</text><text class="tick end" x="${plotRight}" y="${y}">${last}</text>`;
}
