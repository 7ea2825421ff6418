import type { z } from 'zod';
import { readMessage } from '../../commits/message.ts';
import type { SignaturePayload, Who } from '../map/account-payload.ts';
import type { CommitPayload } from '../map/commit-payload.ts';
import type {
  DeploymentPayload,
  ReleasePayload,
  WorkflowJobPayload,
  WorkflowRunPayload,
} from '../map/delivery-payload.ts';
import type { IssuePayload } from '../map/issue-payload.ts';
import type { PullRequestPayload, TimelineEventPayload } from '../map/pull-request-payload.ts';
import { revertsNumber } from '../map/reverts.ts';
import {
  idText,
  labelNames,
  type restCommentSchema,
  restCommitSchema,
  type restDeploymentSchema,
  type restDeploymentStatusSchema,
  type restIssueSchema,
  type restReleaseSchema,
  type restReviewSchema,
  restUserSchema,
  type restWorkflowJobSchema,
  type restWorkflowRunSchema,
  type RestPullRequest,
  type RestTimelineEvent,
  whoOf,
} from './rest-shapes.ts';

/** What may stand beside a pull request in REST, from requests of their own. */
export interface RestPullRequestParts {
  reviews?: readonly z.infer<typeof restReviewSchema>[];
  comments?: readonly z.infer<typeof restCommentSchema>[];
  commits?: readonly z.infer<typeof restCommitSchema>[];
  events?: readonly RestTimelineEvent[];
}

const eventTypes: Readonly<Record<string, string>> = {
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  converted_to_draft: 'ConvertToDraftEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  review_requested: 'ReviewRequestedEvent',
  review_request_removed: 'ReviewRequestRemovedEvent',
  review_dismissed: 'ReviewDismissedEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
};

const issueEventTypes: Readonly<Record<string, string>> = {
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  milestoned: 'MilestonedEvent',
  demilestoned: 'DemilestonedEvent',
  renamed: 'RenamedTitleEvent',
};

/** Returns the record of a pull request that REST or a webhook gave. */
export function pullRequestOfRest(
  request: RestPullRequest,
  parts: RestPullRequestParts = {},
): PullRequestPayload {
  const isMerged =
    request.merged === true || (request.merged_at !== null && request.merged_at !== undefined);
  const headRef = request.head?.ref ?? null;
  const title = request.title ?? '';
  const fullName = request.base?.repo?.full_name ?? null;
  return {
    nodeId: request.node_id ?? null,
    id: String(request.id),
    number: request.number,
    title,
    state: isMerged ? 'MERGED' : request.state.toUpperCase(),
    isDraft: request.draft ?? null,
    author: whoOf(request.user),
    mergedBy: whoOf(request.merged_by),
    createdAt: request.created_at ?? null,
    updatedAt: request.updated_at ?? null,
    closedAt: request.closed_at ?? null,
    mergedAt: request.merged_at ?? null,
    baseRef: request.base?.ref ?? null,
    headRef,
    headSha: request.head?.sha ?? null,
    mergeSha: request.merge_commit_sha ?? null,
    mergeMethod: null,
    additions: request.additions ?? null,
    deletions: request.deletions ?? null,
    changedFiles: request.changed_files ?? null,
    reverts: revertsNumber({ title, body: request.body ?? null, headRef }, fullName),
    labels: labelNames(request.labels),
    issues: null,
    reviews: parts.reviews?.map(reviewOfRest) ?? null,
    comments: parts.comments?.map(commentOfRest) ?? null,
    commits: parts.commits?.map(branchCommit) ?? null,
    events: parts.events?.flatMap((event) => timelineEventOfRest(event) ?? []) ?? null,
  };
}

export function reviewOfRest(review: z.infer<typeof restReviewSchema>) {
  return {
    id: String(review.id),
    state: review.state.toUpperCase(),
    at: review.submitted_at ?? null,
    author: whoOf(review.user),
  };
}

export function commentOfRest(comment: z.infer<typeof restCommentSchema>) {
  const isOnCode =
    comment.pull_request_review_id !== null && comment.pull_request_review_id !== undefined;
  return {
    // Both kinds are numbered from one: the same number may be two comments.
    id: isOnCode ? `review:${comment.id}` : String(comment.id),
    at: comment.created_at ?? null,
    author: whoOf(comment.user),
  };
}

function branchCommit(commit: z.infer<typeof restCommitSchema>) {
  const { sha, authoredAt, committedAt, author, trailers } = commitOfRest(commit);
  return { sha, authoredAt, committedAt, author, trailers };
}

/** Returns the timeline entry of an event of REST; null where pull requests keep none of its kind. */
export function timelineEventOfRest(event: RestTimelineEvent): TimelineEventPayload | null {
  const type = eventTypes[event.event];
  if (type === undefined) return null;
  return {
    id: event.node_id ?? idText(event.id) ?? '',
    type,
    at: event.created_at ?? null,
    actor: actorOf(event),
    subject: whoOf(event.requested_reviewer),
    state: event.dismissed_review?.state ?? null,
  };
}

/** Who did it. For assignments REST names the one it was done to, and the one who did it beside. */
function actorOf({ actor, assigner, review_requester: asker }: RestTimelineEvent): Who {
  return whoOf(assigner ?? asker ?? actor);
}

function accountBeside(user: z.infer<typeof restCommitSchema>['author']): Who {
  const parsed = restUserSchema.safeParse(user);
  return parsed.success ? whoOf(parsed.data) : null;
}

/** Returns the record of a commit that REST gave. */
export function commitOfRest(commit: z.infer<typeof restCommitSchema>): CommitPayload {
  const { author, committer, message } = commit.commit;
  const facts = readMessage(Buffer.from(message ?? ''));
  const signature = (
    signed: typeof author,
    user: z.infer<typeof restCommitSchema>['author'],
  ): SignaturePayload => ({
    name: signed?.name ?? null,
    email: signed?.email ?? null,
    account: accountBeside(user),
  });
  return {
    sha: commit.sha,
    parents: (commit.parents ?? []).map(({ sha }) => sha),
    authoredAt: author?.date ?? null,
    committedAt: committer?.date ?? null,
    author: signature(author, commit.author),
    committer: signature(committer, commit.committer),
    subject: facts.subject,
    reverts: facts.revertsSha,
    trailers: facts.trailers.map(([key, value]) => [key, value]),
  };
}

/** Returns the record of an issue that REST or a webhook gave. */
export function issueOfRest(
  issue: z.infer<typeof restIssueSchema>,
  events: readonly RestTimelineEvent[] = [],
): IssuePayload {
  return {
    nodeId: issue.node_id ?? null,
    id: String(issue.id),
    number: issue.number,
    title: issue.title ?? '',
    state: stateOfIssue(issue),
    stateReason: issue.state_reason ?? null,
    author: whoOf(issue.user),
    assignee: whoOf(issue.assignee),
    createdAt: issue.created_at ?? null,
    updatedAt: issue.updated_at ?? null,
    closedAt: issue.closed_at ?? null,
    labels: labelNames(issue.labels),
    parentId: null,
    dueAt: issue.milestone?.due_on ?? null,
    changes: events.flatMap((event) => {
      const type = issueEventTypes[event.event];
      if (type === undefined) return [];
      const value = event.label?.name ?? event.assignee?.login ?? event.milestone?.title ?? null;
      const removes = event.event.startsWith('un') || event.event.startsWith('de');
      return [
        {
          id: event.node_id ?? idText(event.id) ?? '',
          type,
          at: event.created_at ?? null,
          actor: actorOf(event),
          from: event.rename?.from ?? (removes ? value : statusBefore(event.event)),
          to: event.rename?.to ?? (removes ? null : (value ?? statusAfter(event, issue))),
        },
      ];
    }),
  };
}

function stateOfIssue({ state, closed_at: closedAt }: z.infer<typeof restIssueSchema>): string {
  if (state !== null && state !== undefined) return state.toUpperCase();
  return closedAt === null || closedAt === undefined ? 'OPEN' : 'CLOSED';
}

function statusBefore(event: string): string | null {
  if (event === 'closed') return 'open';
  return event === 'reopened' ? 'closed' : null;
}

/**
 * An event has a reason only where something was not done; an issue that has any reason is of a GitHub
 * that gives them, and what has none there was completed.
 */
function statusAfter(
  { event, state_reason: reason }: RestTimelineEvent,
  issue: Pick<z.infer<typeof restIssueSchema>, 'state_reason'>,
): string | null {
  const unsaid = typeof issue.state_reason === 'string' ? 'completed' : 'closed';
  if (event === 'closed') return reason?.toLowerCase() ?? unsaid;
  return event === 'reopened' ? 'open' : null;
}

/** Returns the record of a release; REST names no commit for it but its tag. */
export function releaseOfRest(release: z.infer<typeof restReleaseSchema>): ReleasePayload {
  const target = release.target_commitish ?? '';
  return {
    nodeId: release.node_id ?? null,
    id: String(release.id),
    name: release.name ?? null,
    tag: release.tag_name,
    sha: /^[0-9a-f]{40}$/.test(target) ? target : null,
    isDraft: release.draft ?? null,
    isPrerelease: release.prerelease ?? null,
    author: whoOf(release.author),
    createdAt: release.created_at ?? null,
    publishedAt: release.published_at ?? null,
  };
}

/** Returns the record of a deployment with whatever statuses came along. */
export function deploymentOfRest(
  deployment: z.infer<typeof restDeploymentSchema>,
  statuses: readonly z.infer<typeof restDeploymentStatusSchema>[] = [],
): DeploymentPayload {
  return {
    nodeId: deployment.node_id ?? null,
    id: String(deployment.id),
    environment: deployment.environment ?? null,
    sha: deployment.sha ?? null,
    task: deployment.task ?? null,
    state: null,
    creator: whoOf(deployment.creator),
    createdAt: deployment.created_at ?? null,
    updatedAt: deployment.updated_at ?? null,
    statuses: statuses.map(({ state, created_at: at }) => ({
      state: state.toUpperCase(),
      at: at ?? null,
    })),
  };
}

/** Returns a job of a run, in the form that the stream gives. */
export function workflowJobOfRest(job: z.infer<typeof restWorkflowJobSchema>): WorkflowJobPayload {
  return {
    id: String(job.id),
    name: job.name ?? null,
    attempt: job.run_attempt ?? null,
    sha: job.head_sha ?? null,
    status: job.status ?? null,
    conclusion: job.conclusion ?? null,
    startedAt: job.started_at ?? null,
    completedAt: job.completed_at ?? null,
  };
}

/** Returns the record of a run of a workflow. */
export function workflowRunOfRest(
  run: z.infer<typeof restWorkflowRunSchema>,
  use: { environment: string | null; deploys: boolean } = { environment: null, deploys: false },
): WorkflowRunPayload {
  return {
    nodeId: run.node_id ?? null,
    id: String(run.id),
    name: run.name ?? null,
    sha: run.head_sha ?? null,
    branch: branchOfRun(run),
    event: run.event ?? null,
    status: run.status ?? null,
    conclusion: run.conclusion ?? null,
    actor: whoOf(run.actor),
    createdAt: run.created_at ?? null,
    startedAt: run.run_started_at ?? null,
    updatedAt: run.updated_at ?? null,
    environment: use.environment,
    deploys: use.deploys,
  };
}

/** A copy of a repository has a branch of the same name: its runs must not be taken for those of it. */
function branchOfRun(run: z.infer<typeof restWorkflowRunSchema>): string | null {
  const { head_branch: branch, head_repository: head, repository } = run;
  if (branch === null || branch === undefined || branch === '') return null;
  // The copy is gone, or whose it is is not told: then it is unknown of which branch it was.
  if (head === null) return null;
  if (head === undefined || repository?.id === head.id) return branch;
  const owner = head.owner?.login ?? head.full_name?.split('/')[0];
  return owner === undefined ? null : `${owner}:${branch}`;
}
