import type { MetricComparison } from '@adjutant/core';
import { formatFigure, formatNumber, formatWindow, plainText } from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const changeWords: Record<MetricComparison['change'], string> = {
  rose: 'it rose',
  fell: 'it fell',
  no_detectable_change: 'no detectable change',
  unknown: 'whether it changed cannot be told',
};

/** Returns a figure in two windows, what lies between them, and what can be said of that. */
export function comparisonText(
  comparison: MetricComparison,
  title: string,
  output: Output,
): string {
  const { before, after, unit, change, interval, difference, meta } = comparison;
  const columns = [
    { title: '' },
    { title: 'figure', align: 'right' as const },
    { title: 'n', align: 'right' as const },
    { title: 'window' },
    { title: 'id' },
  ];
  const rowOf = (name: string, side: MetricComparison['before']): string[] => [
    name,
    formatFigure(side.value, unit),
    formatNumber(side.sampleSize),
    formatWindow(side.window, side.timeZone),
    side.citationId,
  ];
  const between = (value: number): string =>
    unit === 'share' ? `${formatNumber(value * 100, 1)} points` : formatFigure(value, unit);
  const spans =
    interval === null
      ? ''
      : `, in 95 of 100 cases from ${between(interval.low)} to ${between(interval.high)}`;
  const caveats = [...comparison.caveats, ...before.caveats, ...after.caveats];
  const touching = meta.gaps.filter(
    ({ code }) => before.gaps.includes(code) || after.gaps.includes(code),
  );
  return [
    `${output.colors.bold(title)}: ${output.colors.cyan(changeWords[change])}`,
    freshnessText(meta),
    '',
    renderTable(output, columns, [rowOf('before', before), rowOf('after', after)]),
    ...(difference === null ? [] : ['', `Difference ${between(difference)}${spans}.`]),
    ...[...new Set(caveats)].flatMap((text) => ['', ...bulletLines(plainText(text, 400), output)]),
    ...gapLines({ ...meta, gaps: touching }, output),
  ].join('\n');
}
