import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';
import { dayOf } from '@adjutant/core/ports';
import { formatFigure, formatNumber } from '../../format.ts';
import { at } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';

/** Every chart of a dashboard is drawn at one size, near the one at which half a page shows it. */
export const plotWidth = 520;
export const plotHeight = 216;
export const plotLeft = 52;
export const plotRight = 512;
export const plotTop = 14;
export const plotBottom = 182;

/** Colours that are told apart beside each other; each has a dash, a mark and a grain of its own too. */
const mostSeries = 6;

/** Returns the class that colours a series by its place. */
export function seriesClass(place: number): string {
  return `s${(place % mostSeries) + 1}`;
}

/** Returns the height of a value; what lies above the axis is drawn at its top. */
export function plotY(value: number, maximum: number): number {
  const share = Math.max(0, Math.min(1, value / maximum));
  return at(plotBottom - share * (plotBottom - plotTop));
}

/** Returns the centre of one of so many equal columns. */
export function columnX(place: number, count: number): number {
  return at(plotLeft + ((plotRight - plotLeft) / count) * (place + 0.5));
}

/** Returns the axis of values: a line and a label at its foot, half and top; the foot is 0 unless told. */
export function plotValueAxis(maximum: number, unit: MetricUnit, base = 0): SafeHtml {
  const lines = [0, maximum / 2, maximum].map((value) => {
    const y = plotY(value, maximum);
    return html`<line class="${value === 0 ? 'axis' : 'rule'}" x1="${plotLeft}" x2="${plotRight}" y1="${y}" y2="${y}"/><text class="tick end" x="${plotLeft - 7}" y="${y + 4}">${axisLabel(base + value, unit)}</text>`;
  });
  return html`${lines}`;
}

function axisLabel(value: number, unit: MetricUnit): string {
  if (value === 0) return '0';
  if (unit === 'count' || unit === 'per_week' || unit === 'per_day') return formatNumber(value, 2);
  return formatFigure(value, unit);
}

/** Returns the first, middle and last label of columns. */
export function columnLabels(labels: readonly string[]): SafeHtml {
  const last = labels.length - 1;
  const middle = Math.round(last / 2);
  const places = last < 2 ? [0, last] : [0, middle, last];
  const marks = [...new Set(places)].map((place) => {
    const x = columnX(place, labels.length);
    const [anchor, where] =
      place === 0 && last > 0
        ? ['start', plotLeft]
        : place === last && last > 0
          ? ['end', plotRight]
          : ['middle', x];
    return html`<text class="tick ${anchor}" x="${where}" y="${plotBottom + 20}">${labels[place]}</text>`;
  });
  return html`${marks}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns days as an axis shows them: `9 Nov`, with the year where they lie in more than one. */
export function axisDays(instants: readonly number[], timeZone: string): string[] {
  const days = instants.map((instant) => dayOf(instant, timeZone));
  const isOneYear = new Set(days.map((day) => day.slice(0, 4))).size < 2;
  return days.map((day) => {
    const [year = '', month = '', number = ''] = day.split('-');
    const short = `${Number(number)} ${months[Number(month) - 1] ?? ''}`;
    return isOneYear ? short : `${short} ${year}`;
  });
}

/** Points of a series that are drawn, at most so many, and what was left out. */
export interface Shown<Series> {
  series: Series[];
  note: string | null;
}

const mostPoints = 60;

/** Keeps the newest points of counts per week: leaving out weeks between would lose what they count. */
export function newestPoints<Series extends { points: readonly MetricPoint[] }>(
  series: readonly Series[],
): Shown<Series> {
  const all = Math.max(0, ...series.map(({ points }) => points.length));
  if (all <= mostPoints) return { series: [...series], note: null };
  const note = `The newest ${mostPoints} of ${all} are drawn; the download has all.`;
  return {
    series: series.map((one) => ({ ...one, points: one.points.slice(-mostPoints) })),
    note,
  };
}

/** Keeps every so many days of what is counted at the end of a day; the last is always kept. */
export function thinnedPoints<Series extends { points: readonly MetricPoint[] }>(
  series: readonly Series[],
): Shown<Series> {
  const all = Math.max(0, ...series.map(({ points }) => points.length));
  const step = Math.ceil(all / mostPoints);
  if (step <= 1) return { series: [...series], note: null };
  const isKept = (place: number): boolean => (all - 1 - place) % step === 0;
  return {
    series: series.map((one) => ({
      ...one,
      points: one.points.filter((_, place) => isKept(place)),
    })),
    note: `Every ${ordinal(step)} day is drawn; the download has all.`,
  };
}

function ordinal(count: number): string {
  return { 2: '2nd', 3: '3rd' }[count] ?? `${count}th`;
}
