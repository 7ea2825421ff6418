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

interface Drawn {
  point: MetricPoint;
  /** Centre and width of its column. */
  x: number;
  width: number;
}

/** Draws a figure over time: bars for counts and shares, a broken line for medians. Unknown is marked, never 0. */
export function seriesChart(
  id: string,
  title: string,
  unit: MetricUnit,
  series: readonly MetricPoint[],
): SafeHtml | null {
  const points = series.slice(-mostPoints);
  const known = points.flatMap(({ value }) => value ?? []);
  if (points.length < 2 || known.length === 0) return null;
  const maximum = axisMaximum(Math.max(...known), unit);
  const frame = frameOf(unit);
  const step = (frame.right - frame.left) / points.length;
  const drawn = points.map((point, index) => ({
    point,
    x: at(frame.left + step * (index + 0.5)),
    width: at(Math.max(1, step * 0.72)),
  }));
  const isLine = isDurationUnit(unit);
  const body = html`${valueAxis(frame, maximum, unit)}${
    isLine ? medianLine(drawn, maximum, unit) : bars(drawn, maximum, unit)
  }${drawn.map(unknownMark)}${timeLabels(drawn, frame)}`;
  const description = `${countOf(points.length, 'period')}. ${points.map((point) => spoken(point, unit)).join('; ')}.`;
  return chartSvg({ id, title: `${title} over time`, description }, body, { width: frame.width });
}

function spoken({ start, value, sampleSize }: MetricPoint, unit: MetricUnit): string {
  return `${formatDay(start)}: ${formatFigure(value, unit)} (n ${sampleSize})`;
}

function bars(drawn: readonly Drawn[], maximum: number, unit: MetricUnit): SafeHtml {
  const shapes = drawn.map(({ point, x, width }) => {
    if (point.value === null) return null;
    const y = yOf(point.value, maximum);
    // An empty week is a known 0: it keeps a visible foot, unlike an unknown one.
    const height = at(Math.max(1.5, plotBottom - y));
    return html`<rect class="bar" x="${at(x - width / 2)}" y="${at(plotBottom - height)}" width="${width}" height="${height}" rx="1.5"><title>${spoken(point, unit)}</title></rect>`;
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
  const dots = drawn.map(({ point, x }) =>
    point.value === null
      ? null
      : html`<circle class="dot" cx="${x}" cy="${yOf(point.value, maximum)}" r="3"><title>${spoken(point, unit)}</title></circle>`,
  );
  return html`<path class="line" d="${path}"/>${dots}`;
}

function unknownMark({ point, x }: Drawn): SafeHtml | null {
  if (point.value !== null) return null;
  return html`<text class="unknown-mark" x="${x}" y="${plotBottom - 4}">?<title>${formatDay(point.start)}: ${unknownLabel}</title></text>`;
}

function timeLabels(drawn: readonly Drawn[], frame: Frame): SafeHtml {
  const first = drawn[0];
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return html``;
  const y = plotBottom + 18;
  return html`<text class="tick" x="${frame.left}" y="${y}">${formatDay(first.point.start)}</text><text class="tick end" x="${frame.right}" y="${y}">${formatDay(last.point.start)}</text>`;
}
