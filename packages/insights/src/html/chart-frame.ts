import type { MetricUnit } from '@adjutant/core/domain';
import { formatFigure, hourMs, isDurationUnit } from '../format.ts';
import { html, type SafeHtml } from './escape.ts';

/** Every chart is drawn near the size at which it will be seen, so that its letters stay legible. */
export const chartWidth = 360;
const narrowWidth = 276;
const chartHeight = 130;
export const plotTop = 12;
export const plotBottom = 104;

/** Where a chart with an axis of values has its drawing. */
export interface Frame {
  width: number;
  left: number;
  right: number;
}

/** Durations have a card of full width, other figures share a row. */
export function frameOf(unit: MetricUnit): Frame {
  const width = isDurationUnit(unit) ? chartWidth : narrowWidth;
  return { width, left: 46, right: width - 4 };
}

export interface ChartText {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  /** All values in words, for whoever does not see the drawing. */
  description: string;
}

/** Returns a static drawing with its name and description; it carries no style of its own. */
export function chartSvg(
  text: ChartText,
  body: SafeHtml,
  { width = chartWidth, height = chartHeight }: { width?: number; height?: number } = {},
): SafeHtml {
  const { id, title, description } = text;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${body}</svg>`;
}

/** Returns the smallest of 1, 2, 2.5 and 5 times a power of ten that covers the value. */
export function niceMaximum(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((factor) => value <= factor * power * (1 + 1e-9)) ?? 10;
  return step * power;
}

/** Returns the top of the axis: round in days where durations are spoken of in days. */
export function axisMaximum(value: number, unit: MetricUnit): number {
  if (unit === 'hours' && value > 24) return niceMaximum(value / 24) * 24;
  if (unit === 'ms') return axisMaximum(value / hourMs, 'hours') * hourMs;
  if (unit === 'share') return Math.min(1, niceMaximum(value));
  const nice = niceMaximum(value);
  return unit === 'count' || unit === 'per_week' ? Math.max(2, nice) : nice;
}

/** Rounds a coordinate, to keep the page small. */
export function at(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

export function yOf(value: number, maximum: number): number {
  const share = Math.max(0, Math.min(1, value / maximum));
  return at(plotBottom - share * (plotBottom - plotTop));
}

/** Returns the axis of values: a line and a label at none, half and all of it. */
export function valueAxis(frame: Frame, maximum: number, unit: MetricUnit): SafeHtml {
  const lines = [0, maximum / 2, maximum].map((value) => {
    const y = yOf(value, maximum);
    const label =
      value === 0 ? '0' : formatFigure(value, unit).replace(' / week', '').replace(' / day', '');
    return html`<line class="${value === 0 ? 'axis' : 'rule'}" x1="${frame.left}" x2="${frame.right}" y1="${y}" y2="${y}"/><text class="tick end" x="${frame.left - 6}" y="${y + 4}">${label}</text>`;
  });
  return html`${lines}`;
}
