import type { Identifiers } from './identifiers.ts';
import type {
  TwinActor,
  TwinChangedFile,
  TwinComment,
  TwinCommit,
  TwinEventBase,
  TwinEventDetails,
  TwinEvent,
  TwinEventType,
  TwinIssue,
  TwinPullRequest,
  TwinRepository,
  TwinReview,
  TwinReviewer,
  TwinReviewRequest,
  TwinSubject,
} from './records.ts';

export type NewPullRequest = Partial<Omit<TwinPullRequest, 'repository' | 'type'>> &
  Pick<TwinPullRequest, 'title' | 'createdAt'>;
export type NewIssue = Partial<Omit<TwinIssue, 'repository' | 'type'>> &
  Pick<TwinIssue, 'title' | 'createdAt'>;

function touch(subject: TwinSubject, at: number): void {
  subject.updatedAt = Math.max(subject.updatedAt, at);
}

function nextNumber(repository: TwinRepository): number {
  let number = repository.pullRequests.size + repository.issues.size + 1;
  while (repository.pullRequests.has(number) || repository.issues.has(number)) number += 1;
  return number;
}

/** As many files as are told, in a few folders that other pull requests change too. */
function filesOf(number: number, count: number): TwinChangedFile[] {
  return Array.from({ length: count }, (_, position) => ({
    path: `src/area-${(number + position) % 7}/part-${position}.ts`,
    changeType: 'MODIFIED' as const,
    additions: position + 1,
    deletions: position % 3,
  }));
}

function sumOf(commits: readonly TwinCommit[], key: 'additions' | 'changedFiles' | 'deletions') {
  return commits.reduce((sum, commit) => sum + commit[key], 0);
}

/** Returns the ways in which pull requests and issues come and change. */
export function createThreadData(identifiers: Identifiers) {
  const thread = (repository: TwinRepository, createdAt: number) => ({
    id: identifiers.next(),
    repository,
    body: '',
    author: null,
    updatedAt: createdAt,
    closedAt: null,
    labels: [],
    milestone: null,
    assignees: [],
    comments: [],
    events: [],
  });
  const addEvent = <Type extends TwinEventType>(
    subject: TwinSubject,
    type: Type,
    event: Pick<TwinEventBase, 'at'> & Partial<TwinEventBase> & TwinEventDetails[Type],
  ): void => {
    const base = { id: identifiers.next(), actor: null, ...event, type, subject };
    // The details belong to the type; a compiler does not follow that through the spread.
    subject.events.push(base as unknown as TwinEvent);
    touch(subject, event.at);
  };
  return {
    addEvent,
    addIssue(repository: TwinRepository, issue: NewIssue): TwinIssue {
      const added: TwinIssue = {
        ...thread(repository, issue.createdAt),
        number: issue.number ?? nextNumber(repository),
        state: 'OPEN',
        stateReason: null,
        parent: null,
        ...issue,
        type: 'Issue',
      };
      repository.issues.set(added.number, added);
      return added;
    },
    addPullRequest(repository: TwinRepository, pullRequest: NewPullRequest): TwinPullRequest {
      const number = pullRequest.number ?? nextNumber(repository);
      const commits = pullRequest.commits ?? [];
      const added: TwinPullRequest = {
        ...thread(repository, pullRequest.createdAt),
        number,
        state: 'OPEN',
        isDraft: false,
        mergedAt: null,
        mergedBy: null,
        mergeCommit: null,
        headRefName: `topic-${number}`,
        baseRefName: repository.defaultBranch,
        baseRefOid: repository.headOid ?? '0'.repeat(40),
        additions: sumOf(commits, 'additions'),
        deletions: sumOf(commits, 'deletions'),
        changedFiles: sumOf(commits, 'changedFiles'),
        commits: [],
        files: filesOf(number, pullRequest.changedFiles ?? sumOf(commits, 'changedFiles')),
        hasConflicts: false,
        reviews: [],
        reviewRequests: [],
        closingIssues: [],
        ...pullRequest,
        type: 'PullRequest',
      };
      repository.pullRequests.set(number, added);
      return added;
    },
    addReview(
      pullRequest: TwinPullRequest,
      review: Partial<TwinReview> & Pick<TwinReview, 'state' | 'submittedAt'>,
    ): TwinReview {
      const added: TwinReview = {
        id: identifiers.next(),
        author: null,
        body: '',
        updatedAt: review.submittedAt,
        commit: pullRequest.commits.at(-1) ?? null,
        commentCount: 0,
        ...review,
        type: 'PullRequestReview',
        pullRequest,
      };
      pullRequest.reviews.push(added);
      // A reviewer who has answered is no longer asked.
      pullRequest.reviewRequests = pullRequest.reviewRequests.filter(
        ({ reviewer }) => reviewer === null || reviewer !== added.author,
      );
      touch(pullRequest, added.submittedAt);
      return added;
    },
    addComment(
      subject: TwinSubject,
      comment: Partial<TwinComment> & Pick<TwinComment, 'at'>,
    ): TwinComment {
      const added: TwinComment = {
        id: identifiers.next(),
        author: null,
        body: '',
        updatedAt: comment.at,
        ...comment,
        type: 'IssueComment',
        subject,
      };
      subject.comments.push(added);
      touch(subject, added.at);
      return added;
    },
    requestReview(
      pullRequest: TwinPullRequest,
      request: { reviewer: TwinReviewer; at: number; actor?: TwinActor; asCodeOwner?: boolean },
    ): TwinReviewRequest {
      const { reviewer, at, actor = pullRequest.author, asCodeOwner = false } = request;
      addEvent(pullRequest, 'ReviewRequestedEvent', { at, actor, requestedReviewer: reviewer });
      const id = identifiers.next();
      const added = { type: 'ReviewRequest' as const, id, pullRequest, reviewer, asCodeOwner };
      pullRequest.reviewRequests.push(added);
      return added;
    },
    merge(pullRequest: TwinPullRequest, { at, by = null, commit = null }: MergeOf): void {
      Object.assign(pullRequest, {
        state: 'MERGED',
        mergedAt: at,
        closedAt: at,
        mergedBy: by,
        mergeCommit: commit,
      });
      const mergeRefName = pullRequest.baseRefName;
      addEvent(pullRequest, 'MergedEvent', { at, actor: by, commit, mergeRefName });
      addEvent(pullRequest, 'ClosedEvent', { at, actor: by, stateReason: null });
    },
    close(subject: TwinSubject, { at, by = null }: { at: number; by?: TwinActor | null }): void {
      subject.state = 'CLOSED';
      subject.closedAt = at;
      const stateReason = subject.type === 'Issue' ? 'COMPLETED' : null;
      if (subject.type === 'Issue') subject.stateReason = 'COMPLETED';
      addEvent(subject, 'ClosedEvent', { at, actor: by, stateReason });
    },
    /** Changes nothing but the instant of the last change, as an edited comment does. */
    touch,
    deletePullRequest({ repository, number }: TwinPullRequest): void {
      repository.pullRequests.delete(number);
    },
  };
}

interface MergeOf {
  at: number;
  by?: TwinActor | null;
  commit?: TwinCommit | null;
}
