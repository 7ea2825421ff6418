import { describe, expect, test } from 'vitest';
import { computeQuiet, utc } from './__fixtures__/compute.ts';
import { deploymentFrequency } from './dora/deployment-frequency.ts';
import { releaseFrequency } from './flow/release-frequency.ts';
import { throughput } from './flow/throughput.ts';
import { workItemThroughput } from './flow/work-item-throughput.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const shownSince = utc('2026-03-02');

describe.each([
  ['throughput', throughput],
  ['work_item_throughput', workItemThroughput],
  ['release_frequency', releaseFrequency],
  ['deployment_frequency', deploymentFrequency],
])('%s of a window in which nothing took place', (_, metric) => {
  test('is a true 0, week by week, where such events are known from before and all was read', () => {
    const outcome = computeQuiet(metric, window, { shownSince, readUntil: window.to });
    expect(outcome).toMatchObject({ value: 0, sampleSize: 0 });
    expect(outcome.series?.map(({ value }) => value)).toEqual([0, 0, 0]);
    expect(outcome.evidence).toHaveLength(0);
  });

  test('ends with what was read', () => {
    const outcome = computeQuiet(metric, window, {
      shownSince,
      readUntil: utc('2026-09-16 12:00'),
    });
    expect(outcome.series?.map(({ start }) => start)).toEqual([utc('2026-09-07')]);
  });

  test.each([
    ['where nothing of the kind was ever shown', null],
    ['where it is shown only since', { shownSince: window.from, readUntil: window.to }],
    ['where something is not read to the end', { shownSince, readUntil: null }],
    ['where the last reading was before', { shownSince, readUntil: window.from }],
    ['where no full week of it was read', { shownSince, readUntil: window.from + 3_600_000 }],
  ])('is unknown %s', (_why, coverage) => {
    const outcome = computeQuiet(metric, window, coverage);
    expect(outcome).toMatchObject({ value: null, p50: null, sampleSize: 0, series: [] });
    expect(outcome.caveats[0]).toMatch(/^[A-Z].*\.$/);
  });
});
