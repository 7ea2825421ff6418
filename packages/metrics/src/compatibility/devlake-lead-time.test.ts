import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, type WorkDetail } from '@adjutant/core';
import {
  buildCommit,
  buildDeployment,
  buildPullRequest,
  buildPullRequestEvent,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { allMetrics } from '../index.ts';
import { type DevlakeRow, instantOf, source, tableOf } from './__fixtures__/devlake-tables.ts';

// What another system makes of the same rows (facts/metrics §6). Ours answers otherwise on purpose;
// this shows that what we keep is enough to give its answer too. Its ways, all of them used below:
// durations in whole minutes, rounded up; a negative one is left out of its own column; a comment counts whenever it was
// written, before the opening and after the merge too, and review runs from it whichever side it
// lies; a merge belongs to a deployment by its commit alone, whatever the repository; a deployment
// before the merge gives a date and no duration; the first deployment of a line brings nothing.
const tables = join(
  import.meta.dirname,
  '../../../../../shared/data/devlake/dora/change_lead_time',
);
const repositoryExternalId = 'repo1';
const minuteMs = 60_000;

const rowsOf = (name: string): DevlakeRow[] =>
  tableOf(readFileSync(join(tables, `${name}.csv`), 'utf8'));

function recordedRows() {
  const pullRequests = rowsOf('pull_requests').map((row) =>
    buildPullRequest({
      source,
      repositoryExternalId,
      externalId: row['id'] ?? '',
      title: row['id'] ?? '',
      number: Number(row['id']?.slice(2)),
      state: instantOf(row['merged_date']) === null ? 'open' : 'merged',
      authorAccountExternalId: row['author_id'] === '' ? null : (row['author_id'] ?? null),
      openedAt: instantOf(row['created_date']),
      mergedAt: instantOf(row['merged_date']),
      mergeSha: row['merge_commit_sha'] ?? null,
    }),
  );
  const comments = rowsOf('pull_request_comments');
  const commits = rowsOf('pull_request_commits');
  const people = new Set(comments.map((row) => row['account_id'] ?? ''));
  return {
    accounts: [...people].map((id) => ({
      source,
      externalId: id,
      login: id,
      name: null,
      email: null,
      emailVerified: false,
      vendorId: null,
      kind: 'human' as const,
      isBot: false,
    })),
    pullRequests,
    pullRequestEvents: comments.map((row) =>
      buildPullRequestEvent({
        source,
        externalId: row['id'] ?? '',
        pullRequestExternalId: row['pull_request_id'] ?? '',
        kind: 'comment',
        state: null,
        actorAccountExternalId: row['account_id'] ?? null,
        at: instantOf(row['created_date']) ?? 0,
      }),
    ),
    commits: commits.map((row) =>
      buildCommit({
        source,
        repositoryExternalId,
        sha: row['commit_sha'] ?? '',
        authoredAt: instantOf(row['commit_authored_date']),
        committedAt: instantOf(row['commit_authored_date']) ?? 0,
      }),
    ),
    pullRequestCommits: commits.map((row) => ({
      source,
      repositoryExternalId,
      pullRequestExternalId: row['pull_request_id'] ?? '',
      sha: row['commit_sha'] ?? '',
    })),
    ...deliveries(),
  };
}

function deliveries() {
  const rows = rowsOf('cicd_deployment_commits');
  const differences = rowsOf('commits_diffs');
  return {
    deployments: rows.map((row) =>
      buildDeployment({
        source,
        repositoryExternalId,
        externalId: row['id'] ?? '',
        environment: (row['environment'] ?? '').toLowerCase(),
        result: row['result'] === 'SUCCESS' ? 'success' : 'failure',
        sha: row['commit_sha'] ?? null,
        startedAt: instantOf(row['started_date']),
        finishedAt: instantOf(row['finished_date']),
      }),
    ),
    deploymentChanges: differences.flatMap((difference) =>
      // The first deployment of a line is compared with nothing.
      difference['old_commit_sha'] === ''
        ? []
        : rows
            .filter((row) => row['commit_sha'] === difference['new_commit_sha'])
            .map((row) => ({
              source,
              repositoryExternalId,
              deploymentExternalId: row['id'] ?? '',
              sha: difference['commit_sha'] ?? '',
              method: 'graph_diff' as const,
            })),
    ),
  };
}

/** Returns the columns of `project_pr_metrics`, from what the SDK answers about one pull request. */
function asDevlake({ title, author, startedAt, finishedAt, events, commits, facts }: WorkDetail) {
  const comment = events.find(({ kind, actor }) => kind === 'comment' && actor !== author);
  const authored = commits.flatMap(({ authoredAt }) => authoredAt ?? []);
  const firstCommitAt = authored.length === 0 ? null : Math.min(...authored);
  const deployedAt = typeof facts['deployedAt'] === 'number' ? facts['deployedAt'] : null;
  const coding = minutes(firstCommitAt, startedAt);
  const deploy = minutes(finishedAt, deployedAt);
  const open = minutes(startedAt, finishedAt) ?? 0;
  return {
    id: title,
    pr_coding_time: coding,
    pr_pickup_time: minutes(startedAt, comment?.at ?? null),
    pr_review_time: minutes(comment?.at ?? null, finishedAt),
    pr_deploy_time: deploy,
    pr_cycle_time: (coding ?? 0) + open + (deploy ?? 0),
    first_commit_authored_date: firstCommitAt,
    first_comment_date: comment?.at ?? null,
    pr_created_date: startedAt,
    pr_merged_date: finishedAt,
    pr_deployed_date: deployedAt,
  };
}

function minutes(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : Math.ceil((to - from) / minuteMs);
}

function expectedOf(row: DevlakeRow) {
  const number = (name: string) => (row[name] === '' ? null : Number(row[name]));
  return {
    id: row['id'] ?? '',
    pr_coding_time: number('pr_coding_time'),
    pr_pickup_time: number('pr_pickup_time'),
    pr_review_time: number('pr_review_time'),
    pr_deploy_time: number('pr_deploy_time'),
    pr_cycle_time: number('pr_cycle_time'),
    first_commit_authored_date: instantOf(row['first_commit_authored_date']),
    first_comment_date: instantOf(row['first_comment_date']),
    pr_created_date: instantOf(row['pr_created_date']),
    pr_merged_date: instantOf(row['pr_merged_date']),
    pr_deployed_date: instantOf(row['pr_deployed_date']),
  };
}

describe.skipIf(!existsSync(tables))('recorded tables beside the repository', () => {
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing) await close();
  });

  test('give six pull requests of six as that system has them, every stage', async () => {
    const adjutant = await createAdjutant({
      store: ':memory:',
      connectors: [
        createRowsConnector({
          id: source,
          claimsCommits: true,
          scope: { externalId: repositoryExternalId, name: 'repo1', detail: {} },
          records: () => ({ all: recordedRows() }),
        }),
      ],
      metrics: allMetrics,
      clock: createFakeClock(Date.UTC(2023, 4, 1)),
    });
    closing.push(() => adjutant.close());
    const summary = await adjutant.sync();
    expect(summary.streams.map(({ error }) => error)).toEqual([null]);
    const handle = adjutant.workspace().as(await adjutant.owner());
    const { items } = await handle.listWork({ kind: 'pull_request', state: 'merged', limit: 20 });
    const ours = [];
    for (const { id } of items) ours.push(asDevlake(await handle.getWork(id)));
    const expected = rowsOf('project_pr_metrics').map(expectedOf);
    expect(expected).toHaveLength(6);
    expect(ours.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected);
  });
});
