import type { MetricUnit } from '@adjutant/core/domain';
import { formatFigure, formatShare } from '../../format.ts';
import { at, chartSvg } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart } from './chart.ts';
import { chartLegend, grainPatterns } from './legend.ts';
import { seriesClass } from './plot.ts';

export interface PieChartParts {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  unit: MetricUnit;
  /** Parts that make a whole together, and none of which is unknown. */
  parts: readonly { id: string; label: string; value: number }[];
}

const size = 180;
const outer = 84;
const inner = 50;
/** More parts than this cannot be told apart: the smallest become one. */
const mostParts = 6;

/** Returns a ring of parts that make a whole, with their shares; null where the whole is nothing. */
export function pieChart(chart: PieChartParts): Chart | null {
  const { id, title, unit } = chart;
  const parts = fewParts(chart.parts.filter(({ value }) => value > 0));
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  if (whole === 0) return null;
  let begin = 0;
  const slices = parts.map(({ label, value }, place) => {
    const end = begin + value / whole;
    const words = `${label}: ${formatFigure(value, unit)} (${formatShare(value / whole)})`;
    const path = slice(begin, end);
    begin = end;
    const grain =
      place === 0 ? null : html`<path d="${path}" fill="url(#${id}-g${place})" class="over"/>`;
    return html`<path class="area share ${seriesClass(place)}" d="${path}"><title>${words}</title></path>${grain}`;
  });
  const spoken = parts.map(({ label, value }) => `${label} ${formatShare(value / whole)}`);
  const middle = html`<text class="middle strong whole" x="${size / 2}" y="${size / 2 + 6}">${formatFigure(whole, unit)}</text>`;
  return {
    id,
    title,
    drawing: html`<div class="ring">${chartSvg({ id, title, description: `${spoken.join(', ')}.` }, html`${grainPatterns(id, parts.length)}${slices}${middle}`, { width: size, height: size })}</div>`,
    legend: legendOf(id, parts, whole, unit),
    table: {
      columns: ['Part', 'Value', 'Share'],
      rows: chart.parts.map(({ label, value }) => [
        label,
        formatFigure(value, unit),
        formatShare(value / whole),
      ]),
    },
    note: null,
  };
}

function legendOf(
  id: string,
  parts: PieChartParts['parts'],
  whole: number,
  unit: MetricUnit,
): SafeHtml | null {
  const labels = parts.map(
    ({ label, value }) => `${label}: ${formatFigure(value, unit)}, ${formatShare(value / whole)}`,
  );
  return chartLegend(id, labels, 'area');
}

function fewParts(parts: PieChartParts['parts']): PieChartParts['parts'] {
  const ordered = parts.toSorted((left, right) => right.value - left.value);
  if (ordered.length <= mostParts) return ordered;
  const rest = ordered.slice(mostParts - 1);
  const value = rest.reduce((sum, part) => sum + part.value, 0);
  return [
    ...ordered.slice(0, mostParts - 1),
    { id: 'rest', label: `${rest.length} others`, value },
  ];
}

/** The path between two shares of the circle, clockwise from the top. */
function slice(begin: number, end: number): string {
  // A whole circle has no corner to begin at: it is drawn as nearly one.
  const last = Math.min(end, begin + 0.99999);
  const point = (share: number, radius: number): string => {
    const angle = share * 2 * Math.PI;
    return `${at(size / 2 + Math.sin(angle) * radius)} ${at(size / 2 - Math.cos(angle) * radius)}`;
  };
  const isLarge = last - begin > 0.5 ? 1 : 0;
  return `M${point(begin, outer)}A${outer} ${outer} 0 ${isLarge} 1 ${point(last, outer)}L${point(last, inner)}A${inner} ${inner} 0 ${isLarge} 0 ${point(begin, inner)}Z`;
}
