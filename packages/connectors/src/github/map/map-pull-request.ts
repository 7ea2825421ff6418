import type { DomainRows, Scope } from '@adjutant/core';
import type { AiEvidence, PullRequest, PullRequestEvent } from '@adjutant/core/domain';
import { agentOfLogin } from '../../commits/agents.ts';
import { type AiMark, readAiMarks, readBranchMark } from '../../commits/ai-marks.ts';
import { boundedText } from '../../commits/text.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import { firstInstant, toInstant } from './instants.ts';
import type { PullRequestPayload } from './pull-request-payload.ts';

const maxTitleLength = 2_000;
const source = 'github';

const eventKinds: Readonly<Record<string, PullRequestEvent['kind']>> = {
  ReadyForReviewEvent: 'ready_for_review',
  ConvertToDraftEvent: 'converted_to_draft',
  HeadRefForcePushedEvent: 'force_pushed',
  ReviewRequestedEvent: 'review_requested',
  ReviewRequestRemovedEvent: 'review_request_removed',
  ReviewDismissedEvent: 'review_dismissed',
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
};

/** Returns the rows that a pull request stands for. Pure. */
export function mapPullRequest(
  payload: PullRequestPayload,
  scope: Scope,
  config: Pick<GithubConfig, 'baseUrl'>,
): DomainRows {
  const accounts = new AccountCollector(config);
  const repositoryExternalId = scope.externalId;
  const request = pullRequestRow(payload, repositoryExternalId, accounts);
  const events = reviewEvents(payload, accounts).concat(
    commentEvents(payload, accounts),
    timelineEvents(payload, accounts),
  );
  const commits = payload.commits ?? [];
  const evidence = aiEvidence(payload, repositoryExternalId);
  return {
    ...accounts.rows(),
    pullRequests: [request],
    pullRequestEvents: events,
    pullRequestCommits: commits.map(({ sha, committedAt }) => ({
      source,
      pullRequestExternalId: payload.id,
      repositoryExternalId,
      sha,
      committedAt: toInstant(committedAt),
    })),
    pullRequestWorkItems: uniqueIds(payload.issues ?? []).map((id) => ({
      source,
      pullRequestExternalId: payload.id,
      workItemSource: source,
      workItemExternalId: id,
      method: 'closing_reference',
    })),
    aiEvidence: evidence,
  };
}

function pullRequestRow(
  payload: PullRequestPayload,
  repositoryExternalId: string,
  accounts: AccountCollector,
): PullRequest {
  const isMerged = payload.state === 'MERGED';
  return {
    source,
    externalId: payload.id,
    repositoryExternalId,
    number: payload.number,
    title: boundedText(payload.title, maxTitleLength),
    state: isMerged ? 'merged' : payload.state === 'OPEN' ? 'open' : 'closed',
    originalState: payload.state.toLowerCase(),
    isDraft: payload.isDraft ?? null,
    authorAccountExternalId: accounts.of(payload.author),
    openedAt: toInstant(payload.createdAt),
    readyAt: readyAt(payload),
    mergedAt: toInstant(payload.mergedAt),
    closedAt: firstInstant(payload.closedAt, payload.mergedAt),
    updatedAt: toInstant(payload.updatedAt),
    firstCommitAt: firstCommitAt(payload),
    // An open pull request has a merge commit too: a trial that GitHub makes.
    mergeSha: isMerged ? (payload.mergeSha ?? null) : null,
    headSha: payload.headSha ?? null,
    baseRef: payload.baseRef ?? null,
    headRef: payload.headRef ?? null,
    additions: payload.additions ?? null,
    deletions: payload.deletions ?? null,
    mergeMethod: isMerged ? (payload.mergeMethod ?? null) : null,
    labels: (payload.labels ?? []).map((label) => boundedText(label, 100)),
    changedFiles: payload.changedFiles ?? null,
    // Nobody is known to have merged it, which a deleted account would be.
    mergedByAccountExternalId:
      isMerged && payload.mergedBy !== null && payload.mergedBy !== undefined
        ? accounts.of(payload.mergedBy)
        : null,
    revertsNumber: payload.reverts ?? null,
  };
}

/** When it was last marked ready; opened ready, it is so from the start. Null where that is unknown. */
function readyAt(payload: PullRequestPayload): number | null {
  if (payload.events === null || payload.events === undefined) return null;
  const marks = payload.events
    .filter(({ type }) => type === 'ReadyForReviewEvent' || type === 'ConvertToDraftEvent')
    .map(({ type, at }) => ({ type, at: toInstant(at) ?? 0 }))
    .toSorted((a, b) => a.at - b.at);
  const last = marks.at(-1);
  if (payload.isDraft === true) return null;
  if (last === undefined) return toInstant(payload.createdAt);
  return last.type === 'ReadyForReviewEvent' ? last.at : null;
}

function firstCommitAt(payload: PullRequestPayload): number | null {
  if (payload.missing?.includes('commits')) return null;
  const instants = (payload.commits ?? []).flatMap(({ authoredAt }) => toInstant(authoredAt) ?? []);
  return instants.length === 0 ? null : Math.min(...instants);
}

function reviewEvents(payload: PullRequestPayload, accounts: AccountCollector): PullRequestEvent[] {
  return (payload.reviews ?? []).flatMap(({ id, state, at, author }) => {
    const instant = toInstant(at);
    // A review that is still being written shows no time, and only to its author.
    if (instant === null || state.toUpperCase() === 'PENDING') return [];
    return [
      {
        source,
        externalId: `review:${id}`,
        pullRequestExternalId: payload.id,
        kind: 'review' as const,
        state: state.toLowerCase(),
        actorAccountExternalId: accounts.of(author),
        subjectAccountExternalId: null,
        at: instant,
      },
    ];
  });
}

function commentEvents(
  payload: PullRequestPayload,
  accounts: AccountCollector,
): PullRequestEvent[] {
  return (payload.comments ?? []).flatMap(({ id, at, author }) => {
    const instant = toInstant(at);
    if (instant === null) return [];
    return [
      {
        source,
        externalId: `comment:${id}`,
        pullRequestExternalId: payload.id,
        kind: 'comment' as const,
        state: null,
        actorAccountExternalId: accounts.of(author),
        subjectAccountExternalId: null,
        at: instant,
      },
    ];
  });
}

function timelineEvents(
  payload: PullRequestPayload,
  accounts: AccountCollector,
): PullRequestEvent[] {
  return (payload.events ?? []).flatMap(({ id, type, at, actor, subject, state }) => {
    const kind = eventKinds[type];
    const instant = toInstant(at);
    if (kind === undefined || instant === null) return [];
    return [
      {
        source,
        externalId: `event:${id}`,
        pullRequestExternalId: payload.id,
        kind,
        state: state?.toLowerCase() ?? null,
        actorAccountExternalId: accounts.of(actor),
        subjectAccountExternalId:
          subject === null || subject === undefined ? null : accounts.of(subject),
        at: instant,
      },
    ];
  });
}

function aiEvidence(payload: PullRequestPayload, repositoryExternalId: string): AiEvidence[] {
  const { headRef = null, author, commits } = payload;
  const marks: [AiMark, AiEvidence['subjectKind'], string][] = [];
  for (const commit of commits ?? []) {
    for (const mark of commitMarks(commit.author, commit.trailers)) {
      marks.push([mark, 'commit', commit.sha]);
    }
  }
  const branch = readBranchMark(headRef);
  if (branch !== null) marks.push([branch, 'pull_request', payload.id]);
  const agent = agentOf(author?.login ?? '', author?.type);
  if (agent !== null) {
    const mark = { class: 'agent_authored', origin: 'author', confidence: 0.95 } as const;
    marks.push([{ ...mark, tool: agent, model: null }, 'pull_request', payload.id]);
  }
  return marks.length === 0 ? [] : evidenceOf(marks, repositoryExternalId);
}

/** Each mark of a subject once. */
function evidenceOf(
  marks: readonly (readonly [AiMark, AiEvidence['subjectKind'], string])[],
  repositoryExternalId: string,
): AiEvidence[] {
  const rows = new Map<string, AiEvidence>();
  for (const [mark, subjectKind, subjectExternalId] of marks) {
    const isCommit = subjectKind === 'commit';
    const place = isCommit ? `${repositoryExternalId}@${subjectExternalId}` : subjectExternalId;
    const externalId = `${place}#${subjectKind}:${mark.origin}:${mark.class}:${mark.tool ?? ''}`;
    rows.set(externalId, {
      source,
      externalId,
      subjectKind,
      repositoryExternalId,
      subjectExternalId,
      ...mark,
    });
  }
  return [...rows.values()];
}

/** Returns the marks of coding tools that a commit carries. */
export function commitMarks(
  author: NonNullable<PullRequestPayload['commits']>[number]['author'],
  trailers: readonly (readonly [string, string])[] | null | undefined,
): AiMark[] {
  return readAiMarks({ name: author?.name ?? '', email: author?.email ?? '' }, trailers ?? []);
}

function agentOf(login: string, type: string | null | undefined): string | null {
  const agent = agentOfLogin(login);
  if (agent !== null || type !== 'Bot' || login.endsWith('[bot]')) return agent?.tool ?? null;
  return agentOfLogin(`${login}[bot]`)?.tool ?? null;
}

function uniqueIds(list: readonly { id: string }[]): string[] {
  return list.length === 0 ? [] : [...new Set(list.map(({ id }) => id))];
}
