import type { VelocitySprint } from '@adjutant/core';
import { countOf, formatNumber, html, type SafeHtml } from '@adjutant/insights';

const width = 720;
const height = 170;
const bottom = 140;
const top = 14;
const longestName = 14;

/** Draws what closed sprints completed, the oldest first; an unknown one is marked and is no zero. */
export function velocityChart(sprints: readonly VelocitySprint[]): SafeHtml | null {
  const ordered = sprints.toReversed();
  const known = ordered.flatMap(({ velocity }) => velocity?.items ?? []);
  if (ordered.length < 2 || known.length === 0) return null;
  const highest = Math.max(1, ...known);
  const step = width / ordered.length;
  const bars = ordered.map(({ name, velocity }, place) => {
    const middle = Math.round(step * (place + 0.5));
    const label = html`<text class="tick middle" x="${middle}" y="${height - 12}">${name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}</text>`;
    if (velocity === null) {
      return html`<text class="unknown-mark" x="${middle}" y="${bottom - 6}">?</text>${label}`;
    }
    const tall = Math.round((velocity.items / highest) * (bottom - top));
    const wide = Math.round(Math.min(56, step * 0.6));
    return html`<rect class="bar" x="${middle - Math.round(wide / 2)}" y="${bottom - tall}" width="${wide}" height="${Math.max(tall, 1)}"/><text class="tick middle" x="${middle}" y="${bottom - tall - 4}">${formatNumber(velocity.items)}</text>${label}`;
  });
  const spoken = ordered
    .map(
      ({ name, velocity }) =>
        `${name}: ${velocity === null ? 'unknown' : countOf(velocity.items, 'item')}`,
    )
    .join('; ');
  return html`<svg class="velocity" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="velocity-t velocity-d"><title id="velocity-t">Items completed, sprint by sprint</title><desc id="velocity-d">${spoken}.</desc><line class="axis" x1="0" x2="${width}" y1="${bottom}" y2="${bottom}"/>${bars}</svg>`;
}
