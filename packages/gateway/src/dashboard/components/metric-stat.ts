import type { MetricAnswer, MetricComparison } from '@adjutant/core';
import { formatFigure, formatNumber } from '@adjutant/insights';
import type { FigureReading } from '../read-figure.ts';
import type { PageQuery } from '../page-query.ts';
import { changeNote } from './change-note.ts';
import { metricLink } from './query-links.ts';
import type { Stat } from './stat-band.ts';

/** Returns a figure for the band: its number with n and percentiles, and whether it changed. */
export function metricStat(
  reading: FigureReading,
  {
    label,
    query,
    comparison = null,
  }: { label: string; query: PageQuery; comparison?: MetricComparison | null },
): Stat {
  const { metricId, answer } = reading;
  const href = metricLink(metricId, query);
  if (answer === null) {
    return {
      id: metricId,
      label,
      figure: 'not told',
      href: null,
      sample: '',
      notes: [reading.refused],
      isKnown: false,
    };
  }
  const { value, unit, sampleSize, p50 } = answer;
  const isMedian = value !== null && value === p50;
  return {
    id: metricId,
    label,
    figure: formatFigure(value, unit),
    href,
    sample: `${isMedian ? 'median, ' : ''}n ${formatNumber(sampleSize)}`,
    notes: value === null ? [] : percentileNotes(answer, isMedian),
    change: value === null || comparison === null ? null : changeNote(comparison),
    isKnown: value !== null,
  };
}

function percentileNotes({ p50, p75, p90, unit }: MetricAnswer, isMedian: boolean): string[] {
  const parts = [
    ...(isMedian || p50 === null ? [] : [`median ${formatFigure(p50, unit)}`]),
    ...(p75 === null ? [] : [`p75 ${formatFigure(p75, unit)}`]),
    ...(p90 === null ? [] : [`p90 ${formatFigure(p90, unit)}`]),
  ];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}
