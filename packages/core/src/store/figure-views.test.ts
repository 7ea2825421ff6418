import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type MetricSet } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildDeployment, buildIncident, buildPullRequest } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

const monday = Date.UTC(2026, 8, 7);
const hourMs = 3_600_000;
const clock = createFakeClock(monday + 10 * 24 * hourMs);
let folder: string;
let store: Store;

const counted = defineMetric({
  id: 'deployments_counted',
  title: 'Deployments',
  unit: 'count',
  definition: 'Deployments that finished in the window.',
  source: 'this test',
  version: 3,
  subject: 'deployment',
  columns: ['finishedAt'],
  windowColumn: 'finishedAt',
  better: 'higher',
  compute: ({ columns }) => ({
    value: columns.length,
    sampleSize: columns.length,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: [],
  }),
});

const metrics: MetricSet = {
  pullRequestFacts: {
    version: 1,
    compute: ({ pullRequest }) => ({
      ...nothingKnown,
      pullRequestExternalId: pullRequest.externalId,
      repositoryExternalId: pullRequest.repositoryExternalId,
      source: pullRequest.source,
      openedAt: pullRequest.openedAt,
      mergedAt: pullRequest.mergedAt,
      totalMs: 90 * 60_000,
    }),
  },
  metrics: [counted],
};
const nothingKnown = {
  factsVersion: 1,
  authorIsBot: false,
  closedAt: null,
  deployedAt: null,
  releasedAt: null,
  firstCommitAt: null,
  codingMs: null,
  pickupMs: null,
  reviewMs: null,
  mergeWaitMs: null,
  deployMs: null,
  unattributedMs: null,
  firstCommitToMergeMs: null,
  releaseWaitMs: null,
  isRevert: false,
  isHotfix: false,
  deploymentMethod: null,
  sizeLines: null,
  reviewCount: null,
  reviewerCount: null,
  commentCount: null,
  reworkRounds: null,
  idleMs: null,
  lastActivityAt: null,
  mergedWithoutReview: null,
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  const path = join(folder, 'store.db');
  const deployment = buildDeployment({ externalId: 'd1', finishedAt: monday + hourMs });
  const later = { kind: 'rollback', previousExternalId: 'd1', finishedAt: monday + 2 * hourMs };
  let isLate = false;
  const source = deployment.source;
  const adjutant = await createAdjutant({
    store: path,
    connectors: [
      createRowsConnector({
        id: source,
        claimsCommits: true,
        gaps: [{ code: 'history_limited', message: 'Only a year is shown.', affectedCount: null }],
        records: () => ({
          base: {
            repositories: [
              {
                source,
                externalId: 'acme/widgets',
                name: 'widgets',
                fullName: 'acme/widgets',
                url: null,
                defaultBranch: null,
                mergeStyle: null,
              },
            ],
            pullRequests: [buildPullRequest({ source })],
            deployments: [deployment],
            incidents: [
              buildIncident({ source, externalId: 'i1', createdAt: monday + 90 * 60_000 }),
            ],
            incidentDeployments: [
              {
                source,
                incidentExternalId: 'i1',
                deploymentSource: source,
                deploymentExternalId: 'd1',
                method: 'explicit',
                confidence: 1,
              },
            ],
          },
          ...(isLate
            ? { late: { deployments: [buildDeployment({ ...later, externalId: 'd2' } as never)] } }
            : {}),
        }),
      }),
    ],
    metrics,
    rollups: true,
    clock,
  });
  await adjutant.sync();
  await adjutant.sync({ workspaceId: 'other' });
  isLate = true;
  clock.advance(hourMs);
  await adjutant.sync();
  await adjutant.close();
  store = await openStore(path);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const promised = {
  weekly_metrics:
    'metric_id part scope_kind scope_key scope_name week_start week_end value unit sample_size p50 p75 p90 definition_version computed_at is_corrected revision corrected_at previous_value gaps',
  pull_request_timeline:
    'id source repository_id repository team first_commit_at opened_at merged_at closed_at deployed_at released_at coding_hours pickup_hours review_hours merge_wait_hours deploy_hours unattributed_hours total_hours idle_hours size_lines review_count rework_rounds merged_without_review author_is_bot is_revert is_hotfix deployment_method facts_version',
  deployment_outcomes:
    'id source repository_id repository service_key environment result kind origin started_at finished_at is_failed_run stated_incidents is_rolled_back',
  incident_timeline:
    'id source service_key severity is_external created_at acknowledged_at resolved_at acknowledge_hours restore_hours',
};
const uniqueKeys = {
  weekly_metrics:
    "metric_id || ' ' || scope_kind || ' ' || scope_key || ' ' || week_start || ' ' || part",
  pull_request_timeline: 'id',
  deployment_outcomes: 'id',
  incident_timeline: 'id',
};

describe.each(Object.keys(promised) as (keyof typeof promised)[])('the view %s', (view) => {
  test('has exactly the columns it promises', async () => {
    const rows = await queryTuples<[string]>(
      store.read,
      sql`select name from pragma_table_info(${view}) order by cid`,
    );
    expect(rows.map(([name]) => name).join(' ')).toBe(promised[view]);
  });

  test('has rows, each key once, and cannot be written to', async () => {
    const [row] = await queryTuples<[number, number]>(
      store.read,
      sql.raw(`select count(*), count(distinct ${uniqueKeys[view]}) from ${view}`),
    );
    expect(row?.[0]).toBeGreaterThan(0);
    expect(row?.[1]).toBe(row?.[0]);
    const write = store.transaction((transaction) =>
      runStatement(transaction, sql.raw(`delete from ${view}`)),
    );
    await expect(write).rejects.toThrow();
  });
});

test('every view of the store can be planned', async () => {
  const views = await queryTuples<[string]>(
    store.read,
    sql`select name from sqlite_master where type = 'view' order by name`,
  );
  expect(views.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(promised)));
  for (const [name] of views) {
    const plan = await queryTuples(
      store.read,
      sql.raw(`explain query plan select * from "${name}"`),
    );
    expect(plan.length).toBeGreaterThan(0);
  }
});

test('a week says that it was corrected, when, and what stood there before', async () => {
  const rows = await queryTuples(
    store.read,
    sql`select scope_kind, scope_name, week_start, week_end, value, unit, sample_size,
        definition_version, is_corrected, revision, corrected_at, previous_value, gaps
      from weekly_metrics where part = '' order by scope_kind`,
  );
  const figure = [2, 'count', 2, 3, 1, 1, '2026-09-17T01:00:00.000Z', 1, '["history_limited"]'];
  const week = ['2026-09-07T00:00:00.000Z', '2026-09-14T00:00:00.000Z'];
  expect(rows).toEqual([
    ['repository', 'acme/widgets', ...week, ...figure],
    ['team', expect.any(String), ...week, ...figure],
    ['workspace', expect.any(String), ...week, ...figure],
  ]);
});

test('a deployment names the incidents stated to come from it, and whether it was taken back', async () => {
  const rows = await queryTuples(
    store.read,
    sql`select finished_at, repository, stated_incidents, is_rolled_back
      from deployment_outcomes order by finished_at`,
  );
  expect(rows).toEqual([
    ['2026-09-07T01:00:00.000Z', 'acme/widgets', 1, 1],
    ['2026-09-07T02:00:00.000Z', 'acme/widgets', 0, 0],
  ]);
});
