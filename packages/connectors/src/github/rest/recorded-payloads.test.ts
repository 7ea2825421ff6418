import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DomainRows } from '@adjutant/core';
import {
  accountSchema,
  commitSchema,
  pipelineRunSchema,
  pullRequestEventSchema,
  pullRequestSchema,
  workItemSchema,
} from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCsv } from '../../testing/read-csv.ts';
import { githubNormalisers, type NormaliserPlace } from './normalise.ts';

const recorded = join(import.meta.dirname, '../../../../../../shared/data/devlake/github/raw');
const place: NormaliserPlace = { repository: { id: '134018330', fullName: 'panjf2000/ants' } };

/** Rows of a recorded table, as GitHub answered them. */
function payloadsOf(table: string): Record<string, unknown>[] {
  const [header = [], ...rows] = readCsv(
    readFileSync(join(recorded, `_raw_github_api_${table}.csv`), 'utf8'),
  );
  const at = header.indexOf('data');
  return rows.map((row) => z.record(z.string(), z.unknown()).parse(JSON.parse(row[at] ?? '')));
}

/** Every row is one that the store takes. */
function checkRows(rows: DomainRows): void {
  z.array(accountSchema).parse(rows.accounts ?? []);
  z.array(commitSchema).parse(rows.commits ?? []);
  z.array(pullRequestSchema).parse(rows.pullRequests ?? []);
  z.array(pullRequestEventSchema).parse(rows.pullRequestEvents ?? []);
  z.array(pipelineRunSchema).parse(rows.pipelineRuns ?? []);
  z.array(workItemSchema).parse(rows.workItems ?? []);
}

describe.skipIf(!existsSync(recorded))('recorded payloads beside the repository', () => {
  it('gives every pull request with its state, dates, head, author and title', () => {
    for (const table of ['pull_requests', 'pull_requests_bot_filter']) {
      for (const payload of payloadsOf(table)) {
        const rows = githubNormalisers.pullRequest(payload, place);
        checkRows(rows);
        const user = z.object({ id: z.number(), login: z.string() }).parse(payload['user']);
        const isMerged = typeof payload['merged_at'] === 'string';
        expect(rows.pullRequests).toMatchObject([
          {
            externalId: String(payload['id']),
            number: payload['number'],
            title: payload['title'],
            state: isMerged ? 'merged' : payload['state'],
            authorAccountExternalId: String(user.id),
            openedAt: Date.parse(String(payload['created_at'])),
            mergedAt: isMerged ? Date.parse(String(payload['merged_at'])) : null,
            closedAt:
              typeof payload['closed_at'] === 'string' ? Date.parse(payload['closed_at']) : null,
            headSha: z.object({ sha: z.string() }).parse(payload['head']).sha,
            mergeSha: isMerged ? payload['merge_commit_sha'] : null,
          },
        ]);
        expect(rows.accounts).toContainEqual(expect.objectContaining({ login: user.login }));
      }
    }
  });

  it('gives every review, and tells bots from people', () => {
    for (const table of ['pull_request_reviews', 'pr_reviews_bot_filter']) {
      for (const payload of payloadsOf(table)) {
        const rows = githubNormalisers.review(payload, place, { pullRequestId: '1' });
        checkRows(rows);
        expect(rows.pullRequestEvents).toMatchObject([
          { externalId: `review:${String(payload['id'])}`, kind: 'review' },
        ]);
        const login = z.object({ login: z.string() }).parse(payload['user']).login;
        expect(rows.accounts?.map((account) => account.isBot)).toEqual([login.endsWith('[bot]')]);
      }
    }
  });

  it('gives every commit with parents, author and instants', () => {
    for (const payload of payloadsOf('pull_request_commits')) {
      const rows = githubNormalisers.commit(payload, place);
      checkRows(rows);
      expect(rows.commits).toMatchObject([
        { sha: payload['sha'], authorAccountExternalId: expect.any(String) },
      ]);
      expect(rows.commits?.[0]?.authoredAt).toBeGreaterThan(0);
      expect(rows.commitParents?.length).toBeGreaterThan(0);
    }
  });

  it('gives every run of a workflow a result or says that it is running', () => {
    const results = payloadsOf('runs').map((payload) => {
      const rows = githubNormalisers.workflowRun(payload, place, { environment: 'production' });
      checkRows(rows);
      const conclusion = typeof payload['conclusion'] === 'string' ? payload['conclusion'] : '';
      return [conclusion, rows.pipelineRuns?.[0]?.result, rows.deployments?.length ?? 0];
    });
    expect(results).toContainEqual(['success', 'success', 1]);
    expect(results).toContainEqual(['timed_out', 'failure', 0]);
    expect(results).toContainEqual(['cancelled', 'cancelled', 0]);
    expect(results).toContainEqual(['skipped', null, 0]);
    expect(results).toContainEqual(['', 'running', 1]);
  });

  it('takes events, comments, issues and accounts', () => {
    for (const payload of payloadsOf('events')) {
      checkRows(githubNormalisers.pullRequestEvent(payload, place, { pullRequestId: '1' }));
      checkRows(githubNormalisers.issue(payload['issue'], place, { events: [payload] }));
    }
    for (const table of ['comments', 'pull_request_review_comments']) {
      for (const payload of payloadsOf(table)) {
        const rows = githubNormalisers.comment(payload, place, { pullRequestId: '1' });
        expect(rows.pullRequestEvents).toHaveLength(1);
      }
    }
    for (const payload of payloadsOf('issues')) {
      const rows = githubNormalisers.issue(payload, place);
      checkRows(rows);
      // REST lists pull requests among the issues; they have records of their own.
      expect(rows.workItems ?? []).toHaveLength('pull_request' in payload ? 0 : 1);
    }
    for (const payload of payloadsOf('accounts')) {
      const rows = githubNormalisers.account(payload, place);
      expect(rows.accounts).toMatchObject([{ externalId: String(payload['id']) }]);
    }
  });
});

const examplesSchema = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
);
const examples = examplesSchema.parse(
  createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json'),
);
const eventsOf = (name: string) => examples.filter((entry) => entry.name === name);
const idSchema = z.object({ id: z.number() });

describe('webhook payloads that people contributed', () => {
  it.each([
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ])('gives the pull request of every %s', (name) => {
    const payloads = eventsOf(name).flatMap((entry) => entry.examples);
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads) {
      const rows = githubNormalisers.pullRequest(payload['pull_request'], place);
      checkRows(rows);
      expect(rows.pullRequests).toHaveLength(1);
      const review = payload['review'];
      if (review === undefined) continue;
      const { id } = idSchema.parse(payload['pull_request']);
      const part = githubNormalisers.review(review, place, { pullRequestId: String(id) });
      checkRows(part);
      expect(part.pullRequestEvents).toHaveLength(1);
    }
  });

  it.each([
    ['issues', 'issue', githubNormalisers.issue, 'workItems'],
    ['deployment', 'deployment', githubNormalisers.deployment, 'deployments'],
    ['deployment_status', 'deployment', githubNormalisers.deployment, 'deployments'],
    ['workflow_run', 'workflow_run', githubNormalisers.workflowRun, 'pipelineRuns'],
  ] as const)('gives what every %s is about', (name, field, normalise, kind) => {
    const payloads = eventsOf(name).flatMap((entry) => entry.examples);
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads) {
      const subject = z.record(z.string(), z.unknown()).parse(payload[field]);
      const isPullRequest = typeof subject['pull_request'] === 'object';
      expect(normalise(subject, place)[kind] ?? []).toHaveLength(isPullRequest ? 0 : 1);
    }
  });

  it('gives releases once their tag is known to name a commit', () => {
    for (const payload of eventsOf('release').flatMap((entry) => entry.examples)) {
      const rows = githubNormalisers.release(payload['release'], place, { sha: 'a'.repeat(40) });
      const { draft } = z.object({ draft: z.boolean() }).parse(payload['release']);
      expect(rows.releases ?? []).toHaveLength(draft ? 0 : 1);
    }
  });

  it('says what is wrong with anything else, without repeating it', () => {
    expect(() => githubNormalisers.pullRequest({ secret: 'x' }, place)).toThrow(
      expect.objectContaining({ code: 'InvalidInput', message: expect.not.stringContaining('x}') }),
    );
  });
});
