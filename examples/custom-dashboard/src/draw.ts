import type { MetricUnit } from '@adjutant/core/domain';
import { formatFigure, formatShare, html, type SafeHtml } from '@adjutant/insights';
import type { Chart } from './chart.ts';

const width = 360;
const height = 176;
const left = 44;
const right = 354;
const top = 18;
const bottom = 150;

/** Where a value and a label stand in the drawing. */
interface Scale {
  x: (place: number) => number;
  y: (value: number) => number;
  step: number;
}

/** Draws a chart as plain SVG; null where nothing at all is known. */
export function drawChart(chart: Chart): SafeHtml | null {
  const { id, title, kind, labels, datasets, unit } = chart;
  const totals = labels.map((_, place) =>
    datasets.map(({ data }) => data[place] ?? null).filter((value) => value !== null),
  );
  if (totals.every((values) => values.length === 0)) return null;
  const isStacked = kind !== 'lines';
  const heights = totals.map((values) =>
    isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values),
  );
  const maximum = roundUp(Math.max(...heights), unit);
  const step = (right - left) / labels.length;
  const scale: Scale = {
    step,
    x: (place) => round(left + step * (place + 0.5)),
    y: (value) => round(bottom - (value / maximum) * (bottom - top)),
  };
  const draw = { bars: drawBars, lines: drawLines, areas: drawAreas }[kind];
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${describe(chart)}</desc>${valueAxis(scale, maximum, unit)}${draw(chart, scale)}${holes(chart, scale)}${dayAxis(chart, scale)}</svg>`;
}

/** All values in words, for whoever does not see the drawing. */
function describe({ labels, datasets, sampleSizes, unit, figure }: Chart): string {
  const last = labels.length - 1;
  const values = datasets.map(
    ({ label, data }) => `${label} ${formatFigure(data[last] ?? null, unit)}`,
  );
  return `${figure}. ${labels.length} periods from ${labels[0] ?? ''}; the last, ${labels[last] ?? ''}: ${values.join(', ')}, n ${sampleSizes[last] ?? 0}. The table below holds every value.`;
}

/** Stacked bars; of a label whose values are all unknown there is none. */
function drawBars({ labels, datasets, share, unit }: Chart, { x, y, step }: Scale): SafeHtml {
  const bars = labels.map((day, place) => {
    let below = 0;
    const layers = datasets.map(({ id, label, data }) => {
      const value = data[place] ?? null;
      if (value === null || value === 0) return null;
      const rise = round(y(below) - y(below + value));
      below += value;
      return html`<rect class="${id}" x="${round(x(place) - step * 0.38)}" y="${y(below)}" width="${round(step * 0.76)}" height="${rise}"><title>${day}, ${label}: ${formatFigure(value, unit)}</title></rect>`;
    });
    const part = share?.data[place] ?? null;
    const above =
      part !== null &&
      html`<text class="share" x="${x(place)}" y="${y(below) - 3}">${formatShare(part).replaceAll(' ', '')}</text>`;
    // A true 0 has a foot to stand on; a hole has none.
    const isZero = below === 0 && datasets.some(({ data }) => (data[place] ?? null) !== null);
    const foot =
      isZero &&
      html`<line class="zero" x1="${round(x(place) - step * 0.38)}" x2="${round(x(place) + step * 0.38)}" y1="${bottom - 1}" y2="${bottom - 1}"><title>${day}: 0</title></line>`;
    return html`${layers}${foot}${above}`;
  });
  return html`${bars}`;
}

/** Lines that are broken where a value is not known, never drawn across. */
function drawLines({ labels, datasets, unit }: Chart, { x, y }: Scale): SafeHtml {
  const lines = datasets.map(({ id, label, data }) => {
    const paths = runsOf(data).map((run) =>
      run.map(({ place, value }) => `${x(place)},${y(value)}`),
    );
    const dots = runsOf(data).flatMap((run) =>
      run.map(
        ({ place, value }) =>
          html`<circle class="${id}" cx="${x(place)}" cy="${y(value)}" r="2.6"><title>${labels[place]}, ${label}: ${formatFigure(value, unit)}</title></circle>`,
      ),
    );
    return html`${paths.map((points) => html`<polyline class="${id}" points="${points.join(' ')}"/>`)}${dots}`;
  });
  return html`${lines}`;
}

/** Stacked areas over the stretches in which every layer is known. */
function drawAreas({ labels, datasets }: Chart, { x, y }: Scale): SafeHtml {
  const sums = labels.map((_, place) => {
    let sum = 0;
    const levels = datasets.map(({ data }) => (sum += data[place] ?? Number.NaN));
    return Number.isNaN(sum) ? null : levels;
  });
  const areas = runsOf(sums).flatMap((run) =>
    datasets.map(({ id, label }, layer) => {
      const upper = run.map(({ place, value }) => `${x(place)},${y(value[layer] ?? 0)}`);
      const lower = run.map(({ place, value }) => `${x(place)},${y(value[layer - 1] ?? 0)}`);
      return html`<polygon class="${id}" points="${[...upper, ...lower.toReversed()].join(' ')}"><title>${label}</title></polygon>`;
    }),
  );
  return html`${areas}`;
}

interface Placed<Value> {
  place: number;
  value: Value;
}

/** Parts a row of values at everything that is not known. */
function runsOf<Value>(values: readonly (Value | null)[]): Placed<Value>[][] {
  const runs: Placed<Value>[][] = [];
  values.forEach((value, place) => {
    if (value === null) return;
    const isNew = place === 0 || (values[place - 1] ?? null) === null;
    if (isNew) runs.push([]);
    runs.at(-1)?.push({ place, value });
  });
  return runs;
}

/** A question mark at every label of which nothing is known; one for a stretch of narrow ones. */
function holes({ labels, datasets }: Chart, { x, step }: Scale): SafeHtml {
  const unknown = labels.map((_, place) =>
    datasets.every(({ data }) => (data[place] ?? null) === null) ? true : null,
  );
  const marks = runsOf(unknown).flatMap((run) => {
    const middle = run[Math.floor(run.length / 2)];
    return step < 10 ? (middle === undefined ? [] : [middle]) : run;
  });
  return html`${marks.map(({ place }) => html`<text class="hole" x="${x(place)}" y="${bottom - 5}">?<title>${labels[place]}: unknown</title></text>`)}`;
}

function valueAxis({ y }: Scale, maximum: number, unit: MetricUnit): SafeHtml {
  const lines = [0, maximum / 2, maximum].map((value) => {
    const label = value === 0 ? '0' : formatFigure(value, unit);
    return html`<line class="${value === 0 ? 'axis' : 'rule'}" x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/><text class="tick" x="${left - 6}" y="${y(value) + 4}">${label}</text>`;
  });
  return html`${lines}`;
}

function dayAxis({ labels }: Chart, { x }: Scale): SafeHtml {
  const last = labels.length - 1;
  const shown = [...new Set([0, Math.round(last / 2), last])];
  const marks = shown.map((place) => {
    const anchor = place === 0 ? 'first' : place === last ? 'last' : 'day';
    const at = place === 0 ? left : place === last ? right : x(place);
    return html`<text class="${anchor}" x="${at}" y="${bottom + 18}">${labels[place]}</text>`;
  });
  return html`${marks}`;
}

/** Returns the top of an axis: round, and in whole days where durations are spoken of in days. */
function roundUp(value: number, unit: MetricUnit): number {
  if (unit === 'hours' && value > 48) return roundUp(value / 24, 'count') * 24;
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 5, 6, 8].find((some) => value <= some * power) ?? 10;
  return Math.max(unit === 'count' ? 2 : 0, factor * power);
}

/** Coordinates need no more than this. */
function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
