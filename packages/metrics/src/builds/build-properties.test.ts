import type { MetricOutcome } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { type PipelineRunRow, randomRuns } from '../__fixtures__/pipeline-runs.ts';
import { seededRandom, shuffled } from '../__fixtures__/seeded-random.ts';
import { buildDuration } from './build-duration.ts';
import { buildQueueTime } from './build-queue-time.ts';
import { buildSuccessRate } from './build-success-rate.ts';
import { flakyBuilds } from './flaky-builds.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-11-02') };
const weekMs = 7 * 86_400_000;
const rounds = 40;
const metrics = [buildSuccessRate, buildDuration, buildQueueTime, flakyBuilds];

/** Sets of runs from none to some hundred; few of them, so that what is rare comes up. */
function* runSets(seed: number): Generator<PipelineRunRow[]> {
  const random = seededRandom(seed);
  for (let round = 0; round < rounds; round += 1) {
    const count = Math.floor(random() ** 2 * 200);
    const instant = () => window.from + Math.floor(random() * (window.to - window.from));
    yield randomRuns(count, random, instant);
  }
}

const moved = (runs: readonly PipelineRunRow[], byMs: number): PipelineRunRow[] =>
  runs.map((run) => ({
    ...run,
    queuedAt: run.queuedAt === null ? null : run.queuedAt + byMs,
    startedAt: run.startedAt === null ? null : run.startedAt + byMs,
    finishedAt: run.finishedAt === null ? null : run.finishedAt + byMs,
  }));

/** The figure without what names rows or instants. */
const figureOf = ({ evidence, series, ...rest }: MetricOutcome) => ({
  ...rest,
  rows: evidence.length,
  values: series?.map(({ value }) => value),
});

const numbersOf = ({ value, p50, p75, p90, parts, series }: MetricOutcome) => [
  ...[value, p50, p75, p90],
  ...(parts ?? []).flatMap((part) => [part.value, part.p50, part.p75, part.p90]),
  ...(series ?? []).map((point) => point.value),
];

describe.each(metrics.map((metric) => [metric.id, metric] as const))('%s', (_, metric) => {
  test('is a number or unknown, and unknown exactly where nothing was counted', () => {
    let known = 0;
    for (const runs of runSets(21)) {
      const outcome = computeOver(metric, runs, window);
      for (const number of numbersOf(outcome)) {
        expect(number === null || (Number.isFinite(number) && number >= 0)).toBe(true);
      }
      expect(outcome.value === null).toBe(outcome.sampleSize === 0);
      if (outcome.value !== null) known += 1;
      if (metric.unit === 'share') expect(outcome.value ?? 0).toBeLessThanOrEqual(1);
    }
    expect(known).toBeGreaterThan(rounds / 2);
  });

  test('does not depend on the order of runs', () => {
    const random = seededRandom(22);
    for (const runs of runSets(23)) {
      const other = computeOver(metric, shuffled(runs, random), window);
      expect(figureOf(other)).toEqual(figureOf(computeOver(metric, runs, window)));
    }
  });

  test('is the same when everything happens some weeks later', () => {
    for (const runs of runSets(24)) {
      const later = { from: window.from + 3 * weekMs, to: window.to + 3 * weekMs };
      const other = computeOver(metric, moved(runs, 3 * weekMs), later);
      expect(figureOf(other)).toEqual(figureOf(computeOver(metric, runs, window)));
    }
  });

  test('a cancelled run changes nothing but what is said of it', () => {
    for (const runs of runSets(25)) {
      const finishedAt = window.from + weekMs;
      const cancelled = { ...runs[0], finishedAt, result: 'cancelled' } as PipelineRunRow;
      const plain = figureOf(computeOver(metric, runs, window));
      const other = figureOf(computeOver(metric, [...runs, cancelled], window));
      expect({ ...other, caveats: [] }).toEqual({ ...plain, caveats: [] });
    }
  });

  test('shares of its parts never hold more cases than the whole', () => {
    for (const runs of runSets(26)) {
      const { parts = [], sampleSize } = computeOver(metric, runs, window);
      const named = parts.filter(({ id }) => id.startsWith('pipeline:'));
      expect(named.reduce((sum, part) => sum + part.sampleSize, 0)).toBe(sampleSize);
    }
  });
});

test('percentiles lie between the shortest and the longest run, and grow with all of them', () => {
  for (const runs of runSets(27)) {
    const { p50, p90, evidence } = computeOver(buildDuration, runs, window);
    if (p50 === null || p90 === null) continue;
    const hours = [...evidence].map((row) => {
      const { startedAt, finishedAt } = runs[row] ?? {};
      return ((finishedAt ?? Number.NaN) - (startedAt ?? Number.NaN)) / 3_600_000;
    });
    expect(p50).toBeGreaterThanOrEqual(Math.min(...hours));
    expect(p90).toBeLessThanOrEqual(Math.max(...hours));
    const longer = runs.map((run) => ({
      ...run,
      startedAt:
        run.startedAt === null || run.finishedAt === null
          ? null
          : run.finishedAt - 3 * (run.finishedAt - run.startedAt),
    }));
    expect(computeOver(buildDuration, longer, window).p50).toBeCloseTo(3 * p50, 9);
  }
});

test('the share of flaky commits is what pairing all runs by hand gives', () => {
  for (const runs of runSets(28)) {
    const { value, sampleSize } = computeOver(flakyBuilds, runs, window);
    if (value === null) continue;
    const told = runs.filter(
      ({ sha, result }) => sha !== null && (result === 'success' || result === 'failure'),
    );
    const keyOf = ({ repositoryExternalId, name, sha }: PipelineRunRow) =>
      `${repositoryExternalId} ${name} ${sha}`;
    const contradicted = told.filter((run) =>
      told.some((other) => keyOf(other) === keyOf(run) && other.result !== run.result),
    );
    expect(sampleSize).toBe(new Set(told.map(keyOf)).size);
    expect(value).toBe(new Set(contradicted.map(keyOf)).size / sampleSize);
  }
});
