import { html, type SafeHtml } from '../escape.ts';
import { seriesClass } from './plot.ts';

/** How a series is drawn, for the sample beside its name. */
export type SampleKind = 'line' | 'area';

/** Returns what each colour, dash and grain means; nothing for a single series. */
export function chartLegend(
  chartId: string,
  labels: readonly string[],
  kind: SampleKind,
): SafeHtml | null {
  if (labels.length < 2) return null;
  const items = labels.map((label, place) => {
    const sample =
      kind === 'line'
        ? html`<path class="line ${seriesClass(place)}" d="M0 6H26"/>${marker(place, 13, 6)}`
        : html`<rect x="1" y="1" width="24" height="10" class="${seriesClass(place)} area"/><rect x="1" y="1" width="24" height="10" fill="url(#${chartId}-g${place})"/>`;
    return html`<li><svg class="key" viewBox="0 0 26 12" aria-hidden="true">${sample}</svg>${label}</li>`;
  });
  return html`<ul class="legend">${items}</ul>`;
}

/** Returns the mark of a series at a point: each place has a shape of its own. */
export function marker(
  place: number,
  x: number,
  y: number,
  title: SafeHtml | null = null,
): SafeHtml {
  const kind = `dot ${seriesClass(place)}`;
  switch (place % 4) {
    case 1:
      return html`<rect class="${kind}" x="${round(x - 2.8)}" y="${round(y - 2.8)}" width="5.6" height="5.6">${title}</rect>`;
    case 2:
      return html`<path class="${kind}" d="M${x} ${round(y - 4)}l4 4-4 4-4-4z">${title}</path>`;
    case 3:
      return html`<path class="${kind}" d="M${x} ${round(y - 4)}l4 7h-8z">${title}</path>`;
    default:
      return html`<circle class="${kind}" cx="${x}" cy="${y}" r="3">${title}</circle>`;
  }
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

/** Lines, dots and lines the other way: a grain over each colour but the first. */
const grains = ['', 'M0 6L6 0', 'M3 3h.01', 'M0 0L6 6', 'M3 0V6', 'M0 3H6'];

/** Returns the grains of areas and bars, which lie over their colours. */
export function grainPatterns(chartId: string, count: number): SafeHtml | null {
  if (count < 2) return null;
  const patterns = Array.from(
    { length: count },
    (_, place) =>
      html`<pattern id="${chartId}-g${place}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="grain" d="${grains[place % grains.length]}"/></pattern>`,
  );
  return html`<defs>${patterns}</defs>`;
}
