import type { MetricComparison } from '@adjutant/core';
import { formatFigure, formatShare, html, type SafeHtml } from '@adjutant/insights';

const arrows = { rose: '↑', fell: '↓', no_detectable_change: '→', unknown: '·' } as const;

/** Returns what the comparison with the window before says, in words that do not say more than it does. */
export function changeNote(comparison: MetricComparison): SafeHtml {
  const { change, before, unit, relativeChange, interval } = comparison;
  const was = html`<span class="quiet">before: ${formatFigure(before.value, unit)}, n ${before.sampleSize}</span>`;
  const size = relativeChange === null ? '' : ` by ${formatShare(Math.abs(relativeChange))}`;
  const words = {
    rose: `rose${size}`,
    fell: `fell${size}`,
    no_detectable_change: 'no detectable change',
    unknown: 'too little to compare',
  }[change];
  const range =
    interval === null
      ? null
      : html` <span class="quiet">(${signed(interval.low, unit)} to ${signed(interval.high, unit)}, 95 %)</span>`;
  return html`<span class="change ${change.replaceAll('_', '-')}"><span aria-hidden="true">${arrows[change]}</span> ${words}</span>${range}<br>${was}`;
}

function signed(value: number, unit: MetricComparison['unit']): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatFigure(Math.abs(value), unit)}`;
}
