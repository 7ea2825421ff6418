import type { MetricPart, MetricUnit } from '@adjutant/core/domain';
import { formatFigure } from '../format.ts';
import { at, chartSvg, chartWidth } from './chart-frame.ts';
import { html, type SafeHtml } from './escape.ts';

const rowHeight = 34;

/** Draws the named parts of a figure as bars of one scale; a part that is not known says so. */
export function partChart(
  id: string,
  title: string,
  unit: MetricUnit,
  parts: readonly MetricPart[],
): SafeHtml {
  const longest = Math.max(...parts.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  const rows = parts.map((part, index) => {
    const top = index * rowHeight;
    const value = `${formatFigure(part.value, part.unit ?? unit)} · n ${part.sampleSize}`;
    const width = at(((part.value ?? 0) / longest) * (chartWidth - 2));
    const bar =
      part.value === null
        ? html`<rect class="unknown-bar" x="0.5" y="${top + 18}" width="${chartWidth - 1}" height="8" rx="2"/>`
        : html`<rect class="track" x="0" y="${top + 18}" width="${chartWidth}" height="8" rx="2"/><rect class="bar" x="0" y="${top + 18}" width="${Math.max(1.5, width)}" height="8" rx="2"/>`;
    return html`<text class="part" x="0" y="${top + 12}">${part.title}</text><text class="part-value end" x="${chartWidth}" y="${top + 12}">${value}</text>${bar}`;
  });
  const description = parts
    .map(
      (part) =>
        `${part.title}: ${formatFigure(part.value, part.unit ?? unit)} (n ${part.sampleSize})`,
    )
    .join('; ');
  return chartSvg({ id, title: `${title}, part by part`, description }, html`${rows}`, {
    height: parts.length * rowHeight,
  });
}
