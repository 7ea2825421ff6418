import type { MetricPart, MetricUnit } from '@adjutant/core/domain';
import { formatFigure, formatNumber } from '../../format.ts';
import { html } from '../escape.ts';
import { partChart } from '../part-chart.ts';
import type { Chart } from './chart.ts';

export interface PartsChartParts {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  unit: MetricUnit;
  parts: readonly MetricPart[];
}

/** Returns the parts of a figure as bars of one scale, such as the stages of a pull request; null without a known one. */
export function partsChart({ id, title, unit, parts }: PartsChartParts): Chart | null {
  const own = parts.filter((part) => (part.unit ?? unit) === unit);
  if (!own.some(({ value }) => value !== null)) return null;
  const shown = (value: number | null): string | null =>
    value === null ? null : formatFigure(value, unit);
  return {
    id,
    title,
    drawing: html`<div class="parts">${partChart(id, title, unit, own)}</div>`,
    legend: null,
    table: {
      columns: ['Part', 'Value', 'p75', 'p90', 'n'],
      rows: own.map((part) => [
        part.title,
        shown(part.value),
        shown(part.p75),
        shown(part.p90),
        formatNumber(part.sampleSize),
      ]),
    },
    note: null,
  };
}
