import type { MetricUnit } from '@adjutant/core/domain';
import { formatFigure } from '../../format.ts';
import { html, type SafeHtml } from '../escape.ts';
import { plotLeft, plotRight, plotY } from './plot.ts';

/** A height with a meaning of its own, such as the time within which 85 % were done. */
export interface ChartLevel {
  label: string;
  value: number;
}

/** Labels nearer than this would lie on each other; the higher one moves up. */
const leastDistance = 15;

/** Returns lines across the whole drawing, each with its name at the right. */
export function levelLines(
  levels: readonly ChartLevel[],
  maximum: number,
  unit: MetricUnit,
): SafeHtml {
  let above = Number.POSITIVE_INFINITY;
  const ordered = levels.toSorted((left, right) => left.value - right.value);
  const lines = ordered.map(({ value }) => {
    const y = plotY(value, maximum);
    return html`<line class="level" x1="${plotLeft}" x2="${plotRight}" y1="${y}" y2="${y}"/>`;
  });
  const names = ordered.map(({ label, value }) => {
    const textY = Math.min(plotY(value, maximum) - 3, above - leastDistance);
    above = textY;
    return html`<text class="end strong level-name" x="${plotRight}" y="${textY}">${label} ${formatFigure(value, unit)}</text>`;
  });
  // Names last: no line is drawn through the name of another.
  return html`${lines}${names}`;
}
