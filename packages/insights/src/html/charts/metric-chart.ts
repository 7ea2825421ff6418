import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';
import { dayMs, isDurationUnit } from '../../format.ts';
import { barChart } from './bar-chart.ts';
import type { Chart } from './chart.ts';
import { lineChart } from './line-chart.ts';

/** What of an answer about a figure is drawn over time. */
export interface MetricSeries {
  metricId: string;
  title: string;
  unit: MetricUnit;
  timeZone: string;
  series: readonly MetricPoint[];
}

/**
 * Returns a figure over time: counts as bars, durations, shares and what there is at the end of each
 * day as a line; null where there is too little to draw.
 */
export function metricChart(id: string, metric: MetricSeries): Chart | null {
  const { metricId, title, timeZone, series } = metric;
  const unit = pointUnit(metric.unit);
  const isStock = isDaily(series) && unit === 'count';
  const parts = {
    id,
    title,
    unit,
    timeZone,
    series: [{ id: metricId, label: title, points: series }],
  };
  const isLine = isDurationUnit(unit) || unit === 'share' || isStock;
  return isLine ? lineChart({ ...parts, isStock }) : barChart(parts);
}

/** The figure of a rate is per day or week; each point of its series counts what was in its own week. */
export function pointUnit(unit: MetricUnit): MetricUnit {
  return unit === 'per_day' || unit === 'per_week' ? 'count' : unit;
}

function isDaily(series: readonly MetricPoint[]): boolean {
  const [first] = series;
  return first !== undefined && first.end - first.start < 2 * dayMs;
}
