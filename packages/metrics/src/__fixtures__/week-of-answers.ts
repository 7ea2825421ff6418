import type { DomainRows, MetricAnswer } from '@adjutant/core';
import { expect, onTestFinished } from 'vitest';
import { utc } from './compute.ts';
import { answersOf, openWorld } from './open-world.ts';

export const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };

/** What every metric says of a week of these rows. Whatever is unknown says why, and no time is negative. */
export async function answers(rows: DomainRows): Promise<Record<string, MetricAnswer>> {
  const world = await openWorld({ all: rows }, window.to);
  onTestFinished(() => world.close());
  const found = await answersOf(world.handle, window);
  for (const { value, p50, sampleSize, caveats, parts, unit, series } of Object.values(found)) {
    if (value === null) expect([p50, sampleSize, caveats.length > 0]).toEqual([null, 0, true]);
    const times = [
      value,
      ...parts.map((part) => part.value),
      ...series.map((point) => point.value),
    ];
    for (const time of times)
      expect(time ?? 0, `never a negative ${unit}`).toBeGreaterThanOrEqual(0);
  }
  return found;
}

/** The figures that are known, by metric. */
export function known(found: Readonly<Record<string, MetricAnswer>>): Record<string, number | null> {
  const figures = Object.entries(found).filter(([, { value }]) => value !== null);
  return Object.fromEntries(figures.map(([id, { value }]) => [id, value]));
}

/** The value of one part of an answer. */
export const partOf = (answer: MetricAnswer | undefined, id: string): number | null =>
  answer?.parts.find((part) => part.id === id)?.value ?? null;
/** All that an answer says beside its figure. */
export const told = (answer: MetricAnswer | undefined): string => answer?.caveats.join(' ') ?? '';

/** What one merged pull request of six hours says, that nobody has reviewed. */
export const unreviewed = {
  pull_request_stages: 6,
  pull_request_cycle_time: 6,
  pull_request_idle_time: 0,
  review_depth: 0,
  reviewers_per_pull_request: 0,
  merged_without_review: 1,
  stale_pull_requests: 0,
  throughput: 1,
  open_work: 0,
  revert_share: 0,
};
/** What one reviewed one says beside it. */
export const reviewed = {
  ...unreviewed,
  review_depth: 1,
  reviewers_per_pull_request: 1,
  merged_without_review: 0,
  review_rounds: 0,
};
/** What one deployment of the week says. */
export const deployedOnce = {
  deployment_frequency: 1 / 7,
  deployment_rework_rate: 0,
  pipeline_failure_share: 0,
};
