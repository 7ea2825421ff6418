import { expect, test } from 'vitest';
import { dayMs } from '../../format.ts';
import { toText } from '../escape.ts';
import { agingChart } from './aging-chart.ts';
import { areaChart } from './area-chart.ts';
import { barChart } from './bar-chart.ts';
import { type Chart, chartFigure } from './chart.ts';
import { lineChart } from './line-chart.ts';
import { metricChart } from './metric-chart.ts';
import { partsChart } from './parts-chart.ts';
import { pieChart } from './pie-chart.ts';
import { scatterChart } from './scatter-chart.ts';

const start = Date.UTC(2026, 8, 7);
const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';

function points(values: readonly (number | null)[], step = 7) {
  return values.map((value, place) => ({
    start: start + place * step * dayMs,
    end: start + (place + 1) * step * dayMs,
    value,
    sampleSize: value === null ? 0 : 3,
  }));
}

function series(...all: (readonly (number | null)[])[]) {
  return all.map((values, place) => ({
    id: `one-${place}`,
    label: `Series ${place + 1}`,
    points: points(values),
  }));
}

const time = { id: 'c', title: 'Time', unit: 'hours', timeZone: 'UTC' } as const;
const window = { from: start, to: start + 28 * dayMs };
const level = { label: 'p85', value: 40 };

function drawn(chart: Chart | null): string {
  if (chart === null) throw new Error('Nothing was drawn.');
  return toText(chartFigure(chart));
}

const kinds: Record<string, () => Chart | null> = {
  line: () => lineChart({ ...time, series: series([4, 6, null, 5], [1, 2, 3, null]) }),
  bar: () => barChart({ ...time, unit: 'count', series: series([4, 0, null, 2], [1, 2, null, 3]) }),
  area: () => areaChart({ ...time, unit: 'count', series: series([1, 3, 5, 8], [2, 2, null, 1]) }),
  pie: () =>
    pieChart({
      id: 'c',
      title: 'Whose turn',
      unit: 'count',
      parts: [
        { id: 'a', label: 'A review', value: 3 },
        { id: 'b', label: 'The author', value: 1 },
      ],
    }),
  scatter: () =>
    scatterChart({
      ...time,
      window,
      levels: [level],
      points: [
        { at: start + dayMs, value: 12, label: 'A-1', href: '/work/1' },
        { at: start + 9 * dayMs, value: 50, label: 'A-2', href: null },
      ],
    }),
  aging: () =>
    agingChart({
      id: 'c',
      title: 'Age',
      unit: 'hours',
      levels: [level],
      items: [
        { label: 'A-1', title: 'One', status: 'Doing', age: 12, href: '/work/1' },
        { label: 'A-2', title: 'Two', status: 'Review', age: 90, href: null },
      ],
    }),
  parts: () =>
    partsChart({
      id: 'c',
      title: 'Stages',
      unit: 'hours',
      parts: [
        { id: 'a', title: 'Coding', value: 4, sampleSize: 3, p50: 4, p75: 5, p90: 6 },
        { id: 'b', title: 'Review', value: null, sampleSize: 0, p50: null, p75: null, p90: null },
      ],
    }),
};

test.each(Object.keys(kinds))('a %s chart is drawn as it was', (kind) => {
  expect(drawn(kinds[kind]?.() ?? null)).toMatchSnapshot();
});

test.each(Object.keys(kinds))('a %s chart has a name, a description and a table', (kind) => {
  const text = drawn(kinds[kind]?.() ?? null);
  expect(text).toMatch(/role="img" aria-labelledby="c-t c-d"/);
  expect(text).toMatch(/<title id="c-t">[^<]+<\/title><desc id="c-d">[^<]+<\/desc>/);
  expect(text).toMatch(/<table id="c-table">.*<tbody><tr>/);
  expect(text).not.toMatch(/\sstyle=/);
});

test('series are told apart by more than their colour', () => {
  const line = drawn(kinds['line']?.() ?? null);
  expect(line).toContain('<circle class="dot s1"');
  expect(line).toContain('<rect class="dot s2"');
  expect(drawn(kinds['bar']?.() ?? null)).toContain('fill="url(#c-g1)"');
  expect(drawn(kinds['area']?.() ?? null)).toContain('fill="url(#c-g1)"');
});

test('a line is broken where it is unknown, and what is unknown is unknown in the table', () => {
  const text = drawn(lineChart({ ...time, series: series([4, 6, null, 5, 3]) }));
  const path = /<path class="line s1" d="([^"]+)"/.exec(text)?.[1] ?? '';
  expect(path.match(/M/g)).toHaveLength(2);
  expect(text).toContain('unknown-mark');
  expect(text).toContain('<td class="number"><span class="unknown">unknown</span></td>');
});

test('an area is empty on a day of which one part is unknown', () => {
  const chart = areaChart({
    ...time,
    unit: 'count',
    series: series([1, 3, 5, 8, 9], [2, 2, null, 1, 1]),
  });
  const path = /<path class="area s1" d="([^"]+)"/.exec(drawn(chart))?.[1] ?? '';
  expect(path.match(/M/g)).toHaveLength(2);
});

test('bars on top of each other are as high as their sum', () => {
  const text = drawn(barChart({ ...time, unit: 'count', series: series([10, 5], [10, 5]) }));
  const heights = [...text.matchAll(/bar" x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"/g)];
  const [first = 0, , third = 0] = heights.map(([, height]) => Number(height));
  expect(first).toBeCloseTo(third * 2, 0);
});

test('nothing is drawn of nothing', () => {
  expect(lineChart({ ...time, series: series([null, null]) })).toBeNull();
  expect(barChart({ ...time, series: series([3]) })).toBeNull();
  expect(areaChart({ ...time, series: [] })).toBeNull();
  expect(pieChart({ id: 'c', title: 'T', unit: 'count', parts: [] })).toBeNull();
  expect(scatterChart({ ...time, window, levels: [], points: [] })).toBeNull();
  expect(agingChart({ id: 'c', title: 'T', unit: 'hours', levels: [], items: [] })).toBeNull();
});

test('only so many points are drawn, and it says so', () => {
  const many = Array.from({ length: 400 }, (_, place) => place);
  const weeks = barChart({ ...time, unit: 'count', series: series(many) });
  expect(weeks?.table.rows).toHaveLength(60);
  expect(weeks?.note).toContain('newest 60 of 400');
  const daily = { metricId: 'wip', title: 'Work', unit: 'count', timeZone: 'UTC' } as const;
  const days = metricChart('c', { ...daily, series: points(many, 1) });
  expect(days?.table.rows.length).toBeLessThanOrEqual(60);
  expect(days?.table.rows.at(-1)?.[1]).toBe('399');
  const dots = many.map((value) => ({ at: start + value, value, label: `A-${value}`, href: null }));
  const cloud = scatterChart({ ...time, window, levels: [], points: dots });
  expect(cloud?.table.rows).toHaveLength(200);
  expect(cloud?.note).toBe('The newest 200 of 400 rows are drawn.');
});

test('names from outside stay text', () => {
  const item = { label: hostile, title: hostile, status: hostile, age: 4, href: null };
  const text = [
    drawn(agingChart({ id: 'c', title: 'Age', unit: 'hours', levels: [], items: [item] })),
    drawn(
      scatterChart({
        ...time,
        window,
        levels: [],
        points: [{ at: start, value: 3, label: hostile, href: null }],
      }),
    ),
  ].join('');
  expect(text).not.toMatch(/<script|<img/);
});
