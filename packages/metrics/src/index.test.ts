import { readdirSync } from 'node:fs';
import process from 'node:process';
import type { MetricDefinition, MetricSubject, SubjectRows } from '@adjutant/core/domain';
import { metricPartSchema, metricPointSchema, pullRequestFactsSchema } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { computeOver, utc } from './__fixtures__/compute.ts';
import { randomDeployments, randomIncidents } from './__fixtures__/deployments.ts';
import { randomActions, randomRuns } from './__fixtures__/pipeline-runs.ts';
import { factsRow, randomFacts } from './__fixtures__/pull-requests.ts';
import { seededRandom, shuffled } from './__fixtures__/seeded-random.ts';
import { randomItems, randomSpans } from './__fixtures__/work-items.ts';
import { allMetrics } from './index.ts';

const window = { from: utc('2026-01-14'), to: utc('2026-06-10') };
const now = utc('2026-06-09');
const random = seededRandom(11);
const facts = randomFacts(3_000, random);
const pullRequests = facts.map((row) => factsRow(row));
const instant = () => utc('2026-01-01') + Math.floor(random() * 180 * 86_400) * 1_000;
const rowsOf: { [Subject in keyof SubjectRows]: SubjectRows[Subject][] } = {
  pull_request: pullRequests,
  deployed_commit: Array.from({ length: 500 }, (_, index) => ({
    id: String(index),
    authoredAt: random() < 0.9 ? instant() : null,
    deployedAt: instant(),
  })),
  review: Array.from({ length: 400 }, (_, index) => ({
    id: String(index),
    reviewedAt: instant(),
    reviewer: 1 + Math.floor(random() * 12),
  })),
  deployment: randomDeployments(500, random, instant),
  incident: randomIncidents(300, random, instant),
  release: Array.from({ length: 200 }, (_, index) => ({
    id: String(index),
    repositoryExternalId: 'repository',
    releasedAt: instant(),
  })),
  pipeline_run: randomRuns(2_000, random, instant),
  action: randomActions(300, random, instant),
  work_item: randomItems(600, random, instant),
  status_span: randomSpans(300, random, instant),
};
const rowsFor = (metric: MetricDefinition): readonly SubjectRows[MetricSubject][] =>
  rowsOf[metric.subject];
const { metrics } = allMetrics;

test('the registry holds every metric file, under the id of its file name', () => {
  const folders = ['approvals', 'builds', 'dora', 'flow', 'pull-requests'];
  const files = folders.flatMap((folder) => readdirSync(new URL(folder, import.meta.url)));
  const ids = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_'));
  expect(metrics.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

describe.each(metrics.map((metric) => [metric.id, metric] as const))('%s', (_, metric) => {
  const rows = rowsFor(metric);
  const outcome = computeOver(metric, rows, window, now);

  test('reads the column that its window cuts, and no column that the subject lacks', () => {
    expect([...metric.columns, null]).toContain(metric.windowColumn);
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining([...metric.columns]));
    expect(new Set(metric.columns).size).toBe(metric.columns.length);
  });

  test('gives the same figure whatever the order of the rows', () => {
    for (let round = 0; round < 3; round += 1) {
      const other = computeOver(metric, shuffled(rows, random), window, now);
      expect({ ...other, evidence: other.evidence.length }).toEqual({
        ...outcome,
        evidence: outcome.evidence.length,
      });
    }
  });

  test('is unknown with a reason of no rows', () => {
    expect(computeOver(metric, [], window, now)).toMatchObject({
      value: null,
      p50: null,
      sampleSize: 0,
      caveats: [expect.stringMatching(/^[A-Z].*\.$/)],
    });
  });

  test('never reports 0 or NaN for what one row does not show', () => {
    const outcomes = rows.slice(0, 200).map((row) => computeOver(metric, [row], window, now));
    expect(outcomes.filter(({ value }) => Number.isNaN(value))).toEqual([]);
    const durations = metric.unit === 'hours' ? outcomes : [];
    for (const { value, sampleSize } of durations) expect(value === null).toBe(sampleSize === 0);
  });

  test('names evidence inside its columns, each row once', () => {
    const positions = [...outcome.evidence];
    expect(new Set(positions).size).toBe(positions.length);
    expect(positions.length).toBeGreaterThan(0);
    for (const position of positions) expect(position).toBeLessThan(rows.length);
  });

  test('keeps the contract of parts, series and sentences', () => {
    expect(metricPartSchema.array().parse(outcome.parts ?? [])).toEqual(outcome.parts ?? []);
    expect(metricPointSchema.array().parse(outcome.series ?? [])).toEqual(outcome.series ?? []);
    for (const caveat of outcome.caveats) expect(caveat).toMatch(/^[A-Z0-9].*\.$/);
    expect(outcome.p50 ?? 0).toBeLessThanOrEqual(outcome.p75 ?? outcome.p50 ?? 0);
    expect(outcome.p75 ?? 0).toBeLessThanOrEqual(outcome.p90 ?? outcome.p75 ?? 0);
  });

  test('leaves the columns as they were', () => {
    expect(computeOver(metric, rows, window, now, Object.freeze)).toEqual(outcome);
  });

  test('does not depend on the time zone of the machine', () => {
    const zone = process.env['TZ'];
    try {
      for (const other of ['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu']) {
        process.env['TZ'] = other;
        expect(new Date(2026, 0, 1).getTimezoneOffset(), 'the zone took effect').not.toBe(0);
        expect(computeOver(metric, rows, window, now)).toEqual(outcome);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

// Its cases are commits, and a run told twice is still of the same one.
const countsRows = ({ id }: MetricDefinition) => id !== 'flaky_builds';

test.each(metrics.filter(countsRows).map((metric) => [metric.id, metric] as const))(
  '%s takes rows as they come: the store holds one per id, so a doubled row counts twice',
  (_, metric) => {
    const rows = rowsFor(metric);
    const once = computeOver(metric, rows, window, now);
    const twice = computeOver(metric, [...rows, ...rows], window, now);
    expect(twice.sampleSize).toBe(2 * once.sampleSize);
  },
);

test('a random set of facts keeps the schema of core', () => {
  const broken = facts.filter((row) => !pullRequestFactsSchema.safeParse(row).success);
  expect(broken).toEqual([]);
});
