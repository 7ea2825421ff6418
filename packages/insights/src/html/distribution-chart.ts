import { formatNumber } from '../format.ts';
import type { DurationBand } from '../report/team-report.ts';
import { at, axisMaximum, chartSvg, chartWidth, plotBottom, yOf } from './chart-frame.ts';
import { html, type SafeHtml } from './escape.ts';

/** Draws how many rows lie in each range of durations. */
export function distributionChart(
  id: string,
  title: string,
  bands: readonly DurationBand[],
): SafeHtml {
  const maximum = axisMaximum(Math.max(1, ...bands.map(({ count }) => count)), 'count');
  const left = 6;
  const right = chartWidth - 4;
  const step = (right - left) / bands.length;
  const shapes = bands.map(({ label, count }, index) => {
    const x = at(left + step * (index + 0.5));
    const width = at(step * 0.78);
    const y = yOf(count, maximum);
    const height = at(Math.max(count === 0 ? 0 : 1.5, plotBottom - y));
    return html`<rect class="bar" x="${at(x - width / 2)}" y="${at(plotBottom - height)}" width="${width}" height="${height}" rx="1.5"/><text class="count middle" x="${x}" y="${at(plotBottom - height - 4)}">${formatNumber(count)}</text><text class="tick middle" x="${x}" y="${plotBottom + 16}">${label}</text>`;
  });
  const description = bands.map(({ label, count }) => `${label}: ${count}`).join('; ');
  const axis = html`<line class="axis" x1="${left}" x2="${right}" y1="${plotBottom}" y2="${plotBottom}"/>`;
  return chartSvg(
    { id, title: `${title}: how long each took`, description },
    html`${axis}${shapes}`,
  );
}
