import type { DomainRows, Scope } from '@adjutant/core';
import type { AiEvidence, Commit } from '@adjutant/core/domain';
import { accountIdOf, accountOf } from '../accounts/account-of.ts';
import { type AiMark, readAiMarks, readBranchMark } from '../../commits/ai-marks.ts';
import { isHostingService } from '../../commits/hosting-service.ts';
import { toInstant } from '../instants.ts';
import type { CommitPayload, HistoryPayload, PullRequestPayload } from './history-payload.ts';

const lastInstant = 8_640_000_000_000_000;

/** Returns the rows that a record of the history stands for. Pure. */
export function mapHistory(payload: HistoryPayload, scope: Scope): DomainRows {
  if (payload.kind === 'commit') return mapCommit(payload, scope.externalId);
  if (payload.kind === 'pull_request') return mapPullRequest(payload, scope.externalId);
  if (payload.kind === 'account') {
    const account = accountOf(payload.name, payload.email);
    return account === null ? {} : { accounts: [account] };
  }
  const { kind: _, ...repository } = payload;
  return { repositories: [{ source: 'git', externalId: scope.externalId, ...repository }] };
}

function mapCommit(payload: CommitPayload, repositoryExternalId: string): DomainRows {
  const { sha, parents, author, committer, subject } = payload;
  const marks = readAiMarks({ name: author[0], email: author[1] }, payload.trailers ?? []);
  const commit: Commit = {
    source: 'git',
    repositoryExternalId,
    sha,
    authorAccountExternalId: accountIdOf(author[0], author[1]),
    committerAccountExternalId: isHostingService({ email: committer[1] })
      ? null
      : accountIdOf(committer[0], committer[1]),
    authoredAt: toInstant(author[2]),
    committedAt: committedInstant(payload),
    subject,
    parentCount: parents.length,
    isRevert: subject.startsWith('Revert "') || typeof payload.reverts === 'string',
    revertsSha: payload.reverts ?? null,
  };
  return {
    commits: [commit],
    commitParents: parents.map((parentSha, position) => ({
      source: 'git',
      repositoryExternalId,
      sha,
      position,
      parentSha,
    })),
    ...(marks.length === 0
      ? {}
      : { aiEvidence: marks.map((mark) => evidence(mark, 'commit', sha, repositoryExternalId)) }),
  };
}

/**
 * A commit must have an instant. Where its own date is unreadable the author's stands in, else the
 * nearest that a date can name; the gap `unreadable_dates` counts them.
 */
function committedInstant({ author, committer }: CommitPayload): number {
  const known = toInstant(committer[2]) ?? toInstant(author[2]);
  return known ?? ((committer[2] ?? 0) > 0 ? lastInstant : 0);
}

function mapPullRequest(payload: PullRequestPayload, repositoryExternalId: string): DomainRows {
  const externalId = `${repositoryExternalId}@${payload.sha}`;
  const pullRequestCommits = payload.commits.map((sha) => ({
    source: 'git',
    pullRequestExternalId: externalId,
    repositoryExternalId,
    sha,
  }));
  if (payload.part > 0) return { pullRequestCommits };
  const mergedAt = toInstant(payload.mergedSeconds);
  const mark = readBranchMark(payload.branch);
  return {
    pullRequests: [
      {
        source: 'git',
        externalId,
        repositoryExternalId,
        number: payload.number,
        title: payload.title,
        state: 'merged',
        originalState: null,
        isDraft: null,
        authorAccountExternalId: payload.authorId,
        // A clone shows neither when it was opened nor when it was ready.
        openedAt: null,
        readyAt: null,
        mergedAt,
        closedAt: mergedAt,
        updatedAt: null,
        firstCommitAt: toInstant(payload.firstCommitSeconds),
        mergeSha: payload.sha,
        headSha: payload.headSha,
        baseRef: payload.base,
        headRef: payload.branch,
        additions: null,
        deletions: null,
        mergeMethod: payload.method,
        labels: [],
        changedFiles: null,
        mergedByAccountExternalId: null,
        revertsNumber: null,
      },
    ],
    pullRequestCommits,
    ...(mark === null
      ? {}
      : { aiEvidence: [evidence(mark, 'pull_request', externalId, repositoryExternalId)] }),
  };
}

function evidence(
  mark: AiMark,
  subjectKind: AiEvidence['subjectKind'],
  subjectExternalId: string,
  repositoryExternalId: string,
): AiEvidence {
  const place =
    subjectKind === 'commit' ? `${repositoryExternalId}@${subjectExternalId}` : subjectExternalId;
  return {
    source: 'git',
    externalId: `${place}#${subjectKind}:${mark.origin}:${mark.class}:${mark.tool ?? ''}`,
    subjectKind,
    repositoryExternalId,
    subjectExternalId,
    ...mark,
  };
}
