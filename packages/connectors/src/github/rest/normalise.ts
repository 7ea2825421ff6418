import { AdjutantError, type DomainRows, type Scope } from '@adjutant/core';
import { z } from 'zod';
import { publicApiUrl } from '../client/api-address.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from '../map/accounts.ts';
import { mapCommit } from '../map/map-commit.ts';
import { mapDeployment, mapRelease, mapWorkflowJob, mapWorkflowRun } from '../map/map-delivery.ts';
import { mapIssue } from '../map/map-issue.ts';
import { mapPullRequest } from '../map/map-pull-request.ts';
import {
  commentOfRest,
  commitOfRest,
  deploymentOfRest,
  issueOfRest,
  pullRequestOfRest,
  releaseOfRest,
  type RestPullRequestParts,
  reviewOfRest,
  timelineEventOfRest,
  workflowJobOfRest,
  workflowRunOfRest,
} from './payload-of-rest.ts';
import {
  restCommentSchema,
  restCommitSchema,
  restDeploymentSchema,
  restDeploymentStatusSchema,
  restIssueSchema,
  restPullRequestSchema,
  restReleaseSchema,
  restReviewSchema,
  restTimelineEventSchema,
  restUserSchema,
  restWorkflowJobSchema,
  restWorkflowRunSchema,
  whoOf,
} from './rest-shapes.ts';

/** Where a payload belongs. */
export interface NormaliserPlace {
  /** The repository: its numeric id and its name as owner/name. */
  repository: { id: string; fullName: string };
  config?: Partial<Pick<GithubConfig, 'baseUrl' | 'productionEnvironments'>>;
}

/** Returns the domain rows of one payload of REST or of a webhook. */
export type Normaliser<Extra = undefined> = (
  payload: unknown,
  place: NormaliserPlace,
  extra?: Extra,
) => DomainRows;

/** What REST gives in requests of their own and belongs to one pull request. */
export interface PullRequestExtra {
  reviews?: readonly unknown[];
  comments?: readonly unknown[];
  commits?: readonly unknown[];
  events?: readonly unknown[];
}

export interface GithubNormalisers {
  pullRequest: Normaliser<PullRequestExtra>;
  /** A review alone: its event and the account, not the pull request that it belongs to. */
  review: Normaliser<{ pullRequestId: string }>;
  /** A comment in the conversation of a pull request. */
  comment: Normaliser<{ pullRequestId: string }>;
  /** An event of the timeline of a pull request. */
  pullRequestEvent: Normaliser<{ pullRequestId: string }>;
  commit: Normaliser;
  /** None for a pull request, which REST lists among the issues too. */
  issue: Normaliser<{ events?: readonly unknown[] }>;
  /** REST names a release's commit by its tag; `sha` is that tag's commit. */
  release: Normaliser<{ sha?: string }>;
  deployment: Normaliser<{ statuses?: readonly unknown[] }>;
  /** With an environment the run is a deployment too. */
  workflowRun: Normaliser<{ environment: string }>;
  /** A job of a run, as REST lists them and `workflow_job` tells of it. */
  workflowJob: Normaliser;
  account: Normaliser;
}

/**
 * From payloads of REST and of webhooks to the rows that the GraphQL streams give for the same
 * things. Each throws AdjutantError `InvalidInput` for what is no payload of its kind.
 */
export const githubNormalisers: GithubNormalisers = {
  pullRequest: (payload, place, extra) =>
    mapPullRequest(
      pullRequestOfRest(read(restPullRequestSchema, payload), partsOf(extra)),
      scopeOf(place),
      configOf(place),
    ),
  review: (payload, place, extra) =>
    partOf(place, extra, {
      reviews: [reviewOfRest(read(restReviewSchema, payload))],
    }),
  comment: (payload, place, extra) =>
    partOf(place, extra, {
      comments: [commentOfRest(read(restCommentSchema, payload))],
    }),
  pullRequestEvent: (payload, place, extra) => {
    const event = timelineEventOfRest(read(restTimelineEventSchema, payload));
    return event === null ? {} : partOf(place, extra, { events: [event] });
  },
  commit: (payload, place) =>
    mapCommit(commitOfRest(read(restCommitSchema, payload)), scopeOf(place), configOf(place)),
  issue: (payload, place, extra) => {
    const issue = read(restIssueSchema, payload);
    if (issue.pull_request !== undefined && issue.pull_request !== null) return {};
    const events = (extra?.events ?? []).map((event) => read(restTimelineEventSchema, event));
    return mapIssue(issueOfRest(issue, events), scopeOf(place), configOf(place));
  },
  release: (payload, place, extra) => {
    const release = releaseOfRest(read(restReleaseSchema, payload));
    const sha = extra?.sha ?? release.sha ?? null;
    return mapRelease({ ...release, sha }, scopeOf(place), configOf(place));
  },
  deployment: (payload, place, extra) =>
    mapDeployment(
      deploymentOfRest(
        read(restDeploymentSchema, payload),
        (extra?.statuses ?? []).map((status) => read(restDeploymentStatusSchema, status)),
      ),
      scopeOf(place),
      configOf(place),
    ),
  workflowRun: (payload, place, extra) =>
    mapWorkflowRun(
      workflowRunOfRest(read(restWorkflowRunSchema, payload), {
        environment: extra?.environment ?? null,
        deploys: extra !== undefined,
      }),
      scopeOf(place),
      configOf(place),
    ),
  workflowJob: (payload, place) => {
    const job = read(restWorkflowJobSchema, payload);
    return {
      pipelineJobs: [mapWorkflowJob(workflowJobOfRest(job), String(job.run_id), scopeOf(place))],
    };
  },
  account: (payload, place) => {
    const accounts = new AccountCollector(configOf(place));
    accounts.of(whoOf(read(restUserSchema, payload)));
    return accounts.rows();
  },
};

function partOf(
  place: NormaliserPlace,
  extra: { pullRequestId: string } | undefined,
  part: Pick<Parameters<typeof mapPullRequest>[0], 'reviews' | 'comments' | 'events'>,
): DomainRows {
  if (extra === undefined) {
    throw new AdjutantError('InvalidInput', 'The pull request that it belongs to is not named.', {
      source: 'github',
      hint: 'Pass { pullRequestId }.',
    });
  }
  const whole = mapPullRequest(
    { id: extra.pullRequestId, number: 0, title: '', state: 'OPEN', author: null, ...part },
    scopeOf(place),
    configOf(place),
  );
  const events = whole.pullRequestEvents ?? [];
  const named = new Set(
    events.flatMap((event) => [event.actorAccountExternalId, event.subjectAccountExternalId]),
  );
  const accounts = (whole.accounts ?? []).filter(({ externalId }) => named.has(externalId));
  return { accounts, pullRequestEvents: events };
}

function partsOf(extra: PullRequestExtra | undefined): RestPullRequestParts {
  if (extra === undefined) return {};
  return {
    ...list('reviews', restReviewSchema, extra.reviews),
    ...list('comments', restCommentSchema, extra.comments),
    ...list('commits', restCommitSchema, extra.commits),
    ...list('events', restTimelineEventSchema, extra.events),
  };
}

function list<Name extends string, Output>(
  name: Name,
  schema: z.ZodType<Output>,
  payloads: readonly unknown[] | undefined,
): { [Key in Name]?: Output[] } {
  if (payloads === undefined) return {};
  // The name is the one given, which a computed key cannot say.
  return { [name]: payloads.map((payload) => read(schema, payload)) } as {
    [Key in Name]?: Output[];
  };
}

function read<Output>(schema: z.ZodType<Output>, payload: unknown): Output {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join('.')).slice(0, 5);
  throw new AdjutantError('InvalidInput', 'The payload has a form that GitHub does not document.', {
    source: 'github',
    hint: `Fields: ${fields.join(', ')}.`,
  });
}

function scopeOf({ repository }: NormaliserPlace): Scope {
  return { externalId: repository.id, name: repository.fullName, detail: {} };
}

function configOf({ config }: NormaliserPlace) {
  return {
    baseUrl: config?.baseUrl ?? publicApiUrl,
    productionEnvironments: config?.productionEnvironments,
  };
}
