import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { seededRandom } from '../__fixtures__/seeded-random.ts';
import { randomSpans, spansOf } from '../__fixtures__/work-items.ts';
import { cumulativeFlow } from './cumulative-flow.ts';
import { wip } from './wip.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-12') };
const now = utc('2026-09-20');
const rows = [
  ...spansOf([
    ['Backlog', '2026-09-07 08:00'],
    ['Doing', '2026-09-08 10:00'],
    ['Done', '2026-09-10 16:00'],
  ]),
  ...spansOf([
    ['Backlog', '2026-09-08 09:00'],
    ['Doing', '2026-09-10 10:00'],
    ['Backlog', '2026-09-11 10:00'],
  ]),
  ...spansOf([
    ['Backlog', '2026-09-01'],
    ['Done', '2026-09-02'],
  ]),
];

test('the bands are the counts by hand at the end of each day', () => {
  const outcome = computeOver(cumulativeFlow, rows, window, now);
  const bands = (outcome.parts ?? []).map(({ id, value, series }) => [
    id,
    value,
    series?.map((point) => point.value),
  ]);
  expect(bands).toEqual([
    ['to_do', 1, [1, 1, 1, 0, 1]],
    ['in_progress', 0, [0, 1, 1, 1, 0]],
    ['done', 2, [1, 1, 1, 2, 2]],
  ]);
  expect(outcome.series?.map(({ value }) => value)).toEqual([2, 3, 3, 3, 3]);
  expect(outcome).toMatchObject({ value: 3, sampleSize: 3 });
});

test('over random histories its band in progress is the work in progress', () => {
  const random = seededRandom(4);
  for (let round = 0; round < 20; round += 1) {
    const instant = () => utc('2026-08-25') + Math.floor(random() * 30 * 86_400_000);
    const spans = randomSpans(40, random, instant);
    const outcome = computeOver(cumulativeFlow, spans, window, now);
    const running = computeOver(wip, spans, window, now);
    const band = outcome.parts?.find(({ id }) => id === 'in_progress');
    expect(band?.series).toEqual(running.series);
    expect(band?.value).toBe(running.value);
  }
});
