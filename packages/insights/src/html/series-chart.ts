import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';
import { countOf, formatDay, formatFigure, isDurationUnit, unknownLabel } from '../format.ts';
import {
  at,
  axisMaximum,
  chartSvg,
  type Frame,
  frameOf,
  plotBottom,
  valueAxis,
  yOf,
} from './chart-frame.ts';
import { html, type SafeHtml } from './escape.ts';

/** More points than this would be thinner than a line; the newest are drawn. */
const mostPoints = 60;

/** Weeks or days, and the time zone that they are counted in. */
interface Series {
  series: readonly MetricPoint[];
  timeZone: string;
}

interface Drawn {
  point: MetricPoint;
  /** The first day of it, where it was counted. */
  day: string;
  /** Centre and width of its column. */
  x: number;
  width: number;
}

/** Draws a figure over time: bars for counts and shares, a broken line for medians. Unknown is marked, never 0. */
export function seriesChart(
  id: string,
  title: string,
  unit: MetricUnit,
  { series, timeZone }: Series,
): SafeHtml | null {
  const points = series.slice(-mostPoints);
  const known = points.flatMap(({ value }) => value ?? []);
  if (points.length < 2 || known.length === 0) return null;
  const maximum = axisMaximum(Math.max(...known), unit);
  const frame = frameOf(unit);
  const step = (frame.right - frame.left) / points.length;
  const drawn = points.map((point, index) => ({
    point,
    day: formatDay(point.start, timeZone),
    x: at(frame.left + step * (index + 0.5)),
    width: at(Math.max(1, step * 0.72)),
  }));
  const isLine = isDurationUnit(unit);
  const body = html`${valueAxis(frame, maximum, unit)}${
    isLine ? medianLine(drawn, maximum, unit) : bars(drawn, maximum, unit)
  }${drawn.map(unknownMark)}${timeLabels(drawn, frame)}`;
  const description = `${countOf(points.length, 'period')}. ${drawn.map((one) => spoken(one, unit)).join('; ')}.`;
  return chartSvg({ id, title: `${title} over time`, description }, body, { width: frame.width });
}

function spoken({ day, point }: Drawn, unit: MetricUnit): string {
  return `${day}: ${formatFigure(point.value, unit)} (n ${point.sampleSize})`;
}

function bars(drawn: readonly Drawn[], maximum: number, unit: MetricUnit): SafeHtml {
  const shapes = drawn.map((one) => {
    const { point, x, width } = one;
    if (point.value === null) return null;
    const y = yOf(point.value, maximum);
    // An empty week is a known 0: it keeps a visible foot, unlike an unknown one.
    const height = at(Math.max(1.5, plotBottom - y));
    return html`<rect class="bar" x="${at(x - width / 2)}" y="${at(plotBottom - height)}" width="${width}" height="${height}" rx="1.5"><title>${spoken(one, unit)}</title></rect>`;
  });
  return html`${shapes}`;
}

function medianLine(drawn: readonly Drawn[], maximum: number, unit: MetricUnit): SafeHtml {
  let path = '';
  let isPenDown = false;
  for (const { point, x } of drawn) {
    if (point.value === null) {
      isPenDown = false;
      continue;
    }
    path += `${isPenDown ? 'L' : 'M'}${x} ${yOf(point.value, maximum)}`;
    isPenDown = true;
  }
  const dots = drawn.map((one) =>
    one.point.value === null
      ? null
      : html`<circle class="dot" cx="${one.x}" cy="${yOf(one.point.value, maximum)}" r="3"><title>${spoken(one, unit)}</title></circle>`,
  );
  return html`<path class="line" d="${path}"/>${dots}`;
}

function unknownMark({ point, day, x }: Drawn): SafeHtml | null {
  if (point.value !== null) return null;
  return html`<text class="unknown-mark" x="${x}" y="${plotBottom - 4}">?<title>${day}: ${unknownLabel}</title></text>`;
}

function timeLabels(drawn: readonly Drawn[], frame: Frame): SafeHtml {
  const first = drawn[0];
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return html``;
  const y = plotBottom + 18;
  return html`<text class="tick" x="${frame.left}" y="${y}">${first.day}</text><text class="tick end" x="${frame.right}" y="${y}">${last.day}</text>`;
}
