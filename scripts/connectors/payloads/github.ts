import {
  githubNormalisers as normalisers,
  type NormaliserPlace,
} from '../../../packages/connectors/src/github/index.ts';
import type { DomainRows } from '../../../packages/core/src/index.ts';
import { createTally, type Expected, take, takeStray, type Tally } from './attempt.ts';
import { fieldsOf, recordedIn } from './recorded.ts';

const place: NormaliserPlace = { repository: { id: '134018330', fullName: 'panjf2000/ants' } };
const extra = { pullRequestId: '1' };

type Take = (payload: Record<string, unknown>) => Expected[];
const expect = (kind: keyof DomainRows | null, normalise: () => DomainRows): Expected[] => [
  { kind, normalise },
];

const account = (payload: unknown): Expected[] =>
  expect('accounts', () => normalisers.account(payload, place));
const pullRequest = (payload: unknown): Expected[] =>
  expect('pullRequests', () => normalisers.pullRequest(payload, place));
const review = (payload: unknown): Expected[] =>
  expect('pullRequestEvents', () => normalisers.review(payload, place, extra));
const comment = (payload: unknown): Expected[] =>
  expect('pullRequestEvents', () => normalisers.comment(payload, place, extra));
const commit = (payload: unknown): Expected[] =>
  expect('commits', () => normalisers.commit(payload, place));
const run = (payload: unknown): Expected[] =>
  expect('pipelineRuns', () => normalisers.workflowRun(payload, place));
const job = (payload: unknown): Expected[] =>
  expect('pipelineJobs', () => normalisers.workflowJob(payload, place));
/** REST lists pull requests among the issues too; they have records of their own. */
const issue = (payload: unknown): Expected[] =>
  expect(isPullRequest(payload) ? null : 'workItems', () => normalisers.issue(payload, place));

function isPullRequest(payload: unknown): boolean {
  const { pull_request: part = null } = fieldsOf(payload);
  return part !== null;
}

function ifThere(value: unknown, of: (value: unknown) => Expected[]): Expected[] {
  return value === undefined || value === null ? [] : of(value);
}

/** What of each webhook is modelled. Everyone who sends one has an account. */
export const ofWebhook: Readonly<Record<string, Take>> = {
  pull_request: ({ pull_request }) => pullRequest(pull_request),
  pull_request_review: (payload) => [
    ...pullRequest(payload['pull_request']),
    ...review(payload['review']),
  ],
  pull_request_review_comment: (payload) => [
    ...pullRequest(payload['pull_request']),
    ...comment(payload['comment']),
  ],
  pull_request_review_thread: ({ pull_request }) => pullRequest(pull_request),
  issues: (payload) => issue(payload['issue']),
  issue_comment: (payload) => [
    ...issue(payload['issue']),
    ...(isPullRequest(payload['issue']) ? comment(payload['comment']) : []),
  ],
  deployment: (payload) =>
    expect('deployments', () => normalisers.deployment(payload['deployment'], place)),
  deployment_status: (payload) =>
    expect('deployments', () =>
      normalisers.deployment(payload['deployment'], place, {
        statuses: [payload['deployment_status']],
      }),
    ),
  // REST names the commit of a release by its tag.
  release: (payload) =>
    expect('releases', () =>
      normalisers.release(payload['release'], place, { sha: 'a'.repeat(40) }),
    ),
  workflow_run: (payload) => run(payload['workflow_run']),
  workflow_job: (payload) => job(payload['workflow_job']),
  status: (payload) => commit(payload['commit']),
  member: (payload) => ifThere(payload['member'], account),
  membership: (payload) => ifThere(payload['member'], account),
  organization: (payload) => ifThere(fieldsOf(payload['membership'])['user'], account),
};

/** The account of whoever sent a webhook. */
export function senderOf(payload: Record<string, unknown>): Expected[] {
  return ifThere(payload['sender'], account);
}

/** Events of a timeline that change nothing that is kept. */
const unkept = new Set(['mentioned', 'subscribed', 'referenced', 'merged', 'head_ref_deleted']);
const ofPullRequests = new Set(['head_ref_force_pushed', 'ready_for_review', 'closed', 'reopened']);

function event(payload: Record<string, unknown>): Expected[] {
  const name = String(payload['event']);
  const about = payload['issue'];
  if (isPullRequest(about)) {
    const kind = ofPullRequests.has(name) ? 'pullRequestEvents' : null;
    return expect(kind, () => normalisers.pullRequestEvent(payload, place, extra));
  }
  return [
    ...issue(about),
    ...expect(unkept.has(name) ? null : 'workItemChanges', () =>
      normalisers.issue(about, place, { events: [payload] }),
    ),
  ];
}

const none: Take = () => [];
const ofTable: Readonly<Record<string, Take>> = {
  accounts: account,
  account_orgs: none,
  comments: comment,
  events: event,
  issues: issue,
  jobs: job,
  milestones: none,
  pr_reviews_bot_filter: review,
  pull_request_commits: commit,
  pull_request_review_comments: comment,
  pull_request_reviews: review,
  pull_requests: pullRequest,
  pull_requests_bot_filter: pullRequest,
  runs: run,
};

/** Every normaliser, for payloads of any kind. */
const all: readonly ((payload: unknown) => DomainRows)[] = [
  (payload) => normalisers.pullRequest(payload, place),
  (payload) => normalisers.review(payload, place, extra),
  (payload) => normalisers.comment(payload, place, extra),
  (payload) => normalisers.pullRequestEvent(payload, place, extra),
  (payload) => normalisers.commit(payload, place),
  (payload) => normalisers.issue(payload, place),
  (payload) => normalisers.release(payload, place),
  (payload) => normalisers.deployment(payload, place),
  (payload) => normalisers.workflowRun(payload, place),
  (payload) => normalisers.workflowJob(payload, place),
  (payload) => normalisers.account(payload, place),
];

/** Gives a payload to every normaliser, as a caller who mixes them up would. */
export function strayGithub(tally: Tally, payload: unknown): void {
  for (const normalise of all) takeStray(tally, () => normalise(payload));
}

/** Returns what came of each recorded table. */
export function githubTables(stray: Tally): Tally[] {
  return Object.entries(ofTable).map(([table, expected]) => {
    const tally = createTally(`github ${table}`);
    for (const { data } of recordedIn('github', `_raw_github_api_${table}`)) {
      tally.payloads += 1;
      for (const one of expected(fieldsOf(data))) take(tally, one);
      stray.payloads += 1;
      strayGithub(stray, data);
    }
    return tally;
  });
}
