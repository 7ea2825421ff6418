import type {
  TwinComment,
  TwinIssue,
  TwinLabel,
  TwinPullRequest,
  TwinSubject,
} from '../data/records.ts';
import { branchHead } from '../data/git-objects.ts';
import { dateTime } from '../graphql/field-table.ts';
import { nodeId, opaqueId } from '../graphql/node-id.ts';
import { type Places, repositoryOf, userOf } from './representations.ts';

export function labelOf({ id, name, color, description }: TwinLabel) {
  return { id, node_id: opaqueId('Label', id), name, color, description, default: false };
}

function threadOf(subject: TwinSubject, { api, web }: Places) {
  const { repository, number, author } = subject;
  const places = { api, web };
  const fullName = `${repository.owner.login}/${repository.name}`;
  const kind = subject.type === 'PullRequest' ? 'pull' : 'issues';
  return {
    id: subject.id,
    node_id: nodeId(subject),
    number,
    title: subject.title,
    body: subject.body === '' ? null : subject.body,
    user: author === null ? null : userOf(author, places),
    labels: subject.labels.map(labelOf),
    assignees: subject.assignees.map((actor) => userOf(actor, places)),
    locked: false,
    state: subject.state === 'OPEN' ? 'open' : 'closed',
    created_at: dateTime(subject.createdAt),
    updated_at: dateTime(subject.updatedAt),
    closed_at: dateTime(subject.closedAt),
    html_url: `${web}/${fullName}/${kind}/${number}`,
    comments: subject.comments.length,
  };
}

/** An issue; a pull request is one too, with a mark. */
export function issueOf(subject: TwinSubject, places: Places) {
  const { repository, number } = subject;
  const path = `${places.api}/repos/${repository.owner.login}/${repository.name}`;
  return {
    ...threadOf(subject, places),
    url: `${path}/issues/${number}`,
    ...(subject.type === 'Issue'
      ? { state_reason: reasonOf(subject) }
      : { pull_request: { url: `${path}/pulls/${number}` } }),
  };
}

function reasonOf({ stateReason }: TwinIssue): string | null {
  return stateReason?.toLowerCase() ?? null;
}

export function pullRequestOf(pullRequest: TwinPullRequest, places: Places) {
  const { repository, headRefName, baseRefName, mergedBy, mergeCommit } = pullRequest;
  const shown = repositoryOf(repository, places);
  const reviewers = pullRequest.reviewRequests.flatMap(({ reviewer }) => reviewer ?? []);
  const path = `${places.api}/repos/${repository.owner.login}/${repository.name}`;
  return {
    ...threadOf(pullRequest, places),
    url: `${path}/pulls/${pullRequest.number}`,
    draft: pullRequest.isDraft,
    merged: pullRequest.state === 'MERGED',
    merged_at: dateTime(pullRequest.mergedAt),
    merged_by: mergedBy === null ? null : userOf(mergedBy, places),
    merge_commit_sha: mergeCommit?.oid ?? null,
    mergeable: pullRequest.state === 'OPEN' ? !pullRequest.hasConflicts : null,
    head: {
      ref: headRefName,
      label: `${repository.owner.login}:${headRefName}`,
      sha: pullRequest.commits.at(-1)?.oid ?? '0'.repeat(40),
      repo: shown,
      user: userOf(repository.owner, places),
    },
    base: {
      ref: baseRefName,
      label: `${repository.owner.login}:${baseRefName}`,
      sha: branchHead(repository, baseRefName) ?? pullRequest.baseRefOid,
      repo: shown,
      user: userOf(repository.owner, places),
    },
    requested_reviewers: reviewers.flatMap((one) =>
      one.type === 'Team' ? [] : [userOf(one, places)],
    ),
    requested_teams: reviewers.flatMap((one) =>
      one.type === 'Team' ? [{ id: one.id, slug: one.slug, name: one.name }] : [],
    ),
    commits: pullRequest.commits.length,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changed_files: pullRequest.changedFiles,
  };
}

export function commentOf(comment: TwinComment, places: Places) {
  const { id, subject, author, body, at, updatedAt } = comment;
  const { repository, number } = subject;
  const path = `${repository.owner.login}/${repository.name}`;
  const kind = subject.type === 'PullRequest' ? 'pull' : 'issues';
  return {
    id,
    node_id: opaqueId('IssueComment', id),
    url: `${places.api}/repos/${path}/issues/comments/${id}`,
    html_url: `${places.web}/${path}/${kind}/${number}#issuecomment-${id}`,
    issue_url: `${places.api}/repos/${path}/issues/${number}`,
    body,
    user: author === null ? null : userOf(author, places),
    created_at: dateTime(at),
    updated_at: dateTime(updatedAt),
  };
}
