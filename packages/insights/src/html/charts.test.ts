import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import { axisMaximum, niceMaximum } from './chart-frame.ts';
import { distributionChart } from './distribution-chart.ts';
import { toText } from './escape.ts';
import { markChart } from './mark-chart.ts';
import { partChart } from './part-chart.ts';
import { seriesChart } from './series-chart.ts';

const start = Date.UTC(2026, 8, 7);

function weeks(...values: (number | null)[]) {
  return values.map((value, index) => ({
    start: start + index * 7 * dayMs,
    end: start + (index + 1) * 7 * dayMs,
    value,
    sampleSize: value === null ? 0 : 3,
  }));
}

function drawn(...values: (number | null)[]): string {
  const chart = seriesChart('id', 'Throughput', 'per_week', {
    series: weeks(...values),
    timeZone: 'UTC',
  });
  return chart === null ? '' : toText(chart);
}

test('a known 0 has a foot, an unknown week a question mark and no bar', () => {
  const chart = drawn(4, 0, null, 2);
  expect(chart.match(/<rect class="bar"/g)).toHaveLength(3);
  expect(chart.match(/class="unknown-mark"/g)).toHaveLength(1);
  expect(chart).toContain('2026-09-21: unknown (n 0)');
});

test('a week is named by its first day where it was counted', () => {
  const series = weeks(4, 2).map((point) => ({ ...point, start: point.start - 2 * 3_600_000 }));
  const chart = seriesChart('id', 'Merges', 'per_week', { series, timeZone: 'Europe/Berlin' });
  expect(chart === null ? '' : toText(chart)).toContain('2026-09-07: 4 / week');
});

test('bars are as high as their values', () => {
  const heights = [...drawn(1, 2, 4).matchAll(/height="([\d.]+)"/g)].map(([, height]) =>
    Number(height),
  );
  expect(heights[1]).toBeCloseTo((heights[0] ?? 0) * 2, 0);
  expect(heights[2]).toBeCloseTo((heights[0] ?? 0) * 4, 0);
});

test('a line of medians is broken where a week is unknown, not drawn through it', () => {
  const chart = seriesChart('id', 'Time', 'hours', {
    series: weeks(4, 6, null, 5, 3),
    timeZone: 'UTC',
  });
  const path = /<path class="line" d="([^"]+)"/.exec(chart === null ? '' : toText(chart))?.[1];
  expect(path?.match(/M/g)).toHaveLength(2);
  expect(path?.match(/L/g)).toHaveLength(2);
});

test('nothing is drawn where nothing is known', () => {
  expect(drawn(null, null, null)).toBe('');
  expect(drawn(5)).toBe('');
});

test('the values stand in the description for whoever does not see the drawing', () => {
  expect(drawn(4, 0)).toContain(
    '2 periods. 2026-09-07: 4 / week (n 3); 2026-09-14: 0 / week (n 3).',
  );
});

test('axes end on round numbers, durations of days on round days', () => {
  expect([0, 0.3, 1, 1.7, 23, 24.9, 501].map(niceMaximum)).toEqual([1, 0.5, 1, 2, 25, 25, 1000]);
  expect(axisMaximum(100, 'hours')).toBe(120);
  expect(axisMaximum(0.07, 'share')).toBeCloseTo(0.1);
  expect(axisMaximum(0.9, 'share')).toBe(1);
});

test('an unknown part of a figure is outlined, not drawn as nothing', () => {
  const part = { p50: null, p75: null, p90: null, sampleSize: 0 };
  const chart = toText(
    partChart('id', 'Stages', 'hours', [
      { ...part, id: 'coding', title: 'Coding', value: null },
      { ...part, id: 'review', title: 'Review', value: 5, sampleSize: 9 },
    ]),
  );
  expect(chart.match(/class="unknown-bar"/g)).toHaveLength(1);
  expect(chart).toContain('Coding: unknown (n 0); Review: 5 h (n 9)');
});

test('bands and marks draw every count', () => {
  const bands = [
    { label: '< 1 h', fromHours: 0, toHours: 1, count: 3 },
    { label: '> 1 h', fromHours: 1, toHours: null, count: 0 },
  ];
  expect(toText(distributionChart('id', 'Time', bands))).toContain('&lt; 1 h: 3; &gt; 1 h: 0');
  const window = { from: start, to: start + dayMs };
  const marks = { window, total: 4, agentAuthored: 1, assisted: 1, declaredNone: 0, unmarked: 2 };
  const chart = toText(markChart('id', marks));
  expect(chart).toContain('authored by an agent: 1 (25 %); assisted: 1 (25 %)');
  expect(chart).toContain('unknown: 2 (50 %)');
});
