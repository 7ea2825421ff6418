import type { TwinCommit, TwinGitPerson, TwinPullRequest } from '../../data/records.ts';
import { connection } from '../connection.ts';
import { dateTime, fieldsOf, unknownFields } from '../field-table.ts';
import { nodeId, opaqueId } from '../node-id.ts';
import { commitUrl, pathOf, subjectUrl } from './shared.ts';
import { rollupOf } from './checks.ts';
import { pullRequestsOf } from './repository.ts';

export const gitActorFields = fieldsOf<TwinGitPerson>({
  name: ({ name }) => name,
  email: ({ email }) => email,
  date: ({ at }) => dateTime(at),
  user: ({ actor }, _, context) =>
    actor?.type === 'User' ? context.actorOf(actor, `GitActor ${actor.id}`) : null,
});

const ancestries = new WeakMap<TwinCommit, { known: number; found: readonly TwinCommit[] }>();

/** Returns a commit and all that it stands on, the newest first. */
function ancestry(commit: TwinCommit): readonly TwinCommit[] {
  // Walked once for all pages; a commit that is added may be a parent that was missing.
  const known = commit.repository.commits.size;
  const before = ancestries.get(commit);
  if (before?.known === known) return before.found;
  const found = walk(commit);
  ancestries.set(commit, { known, found });
  return found;
}

function walk(commit: TwinCommit): readonly TwinCommit[] {
  const { commits } = commit.repository;
  const seen = new Set([commit.oid]);
  const found: TwinCommit[] = [commit];
  for (const current of found) {
    for (const oid of current.parents) {
      const parent = commits.get(oid);
      if (parent === undefined || seen.has(oid)) continue;
      seen.add(oid);
      found.push(parent);
    }
  }
  return found.toSorted((a, b) => b.committer.at - a.committer.at || (a.oid < b.oid ? 1 : -1));
}

export const commitFields = fieldsOf<TwinCommit>({
  id: (commit) => nodeId(commit),
  oid: ({ oid }) => oid,
  abbreviatedOid: ({ oid }) => oid.slice(0, 7),
  message: ({ message }) => message,
  messageHeadline: ({ message }) => message.split('\n')[0] ?? '',
  messageBody: ({ message }) => message.split('\n').slice(1).join('\n').trim(),
  author: ({ author }) => author,
  committer: ({ committer }) => committer,
  authors: connection<TwinCommit, TwinGitPerson>({ items: ({ author }) => [author] }),
  authoredByCommitter: ({ author, committer }) => author.email === committer.email,
  authoredDate: ({ author }) => dateTime(author.at),
  committedDate: ({ committer }) => dateTime(committer.at),
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changedFilesIfAvailable: ({ changedFiles }) => changedFiles,
  repository: ({ repository }) => repository,
  url: (commit, _, context) => commitUrl(commit, context),
  commitUrl: (commit, _, context) => commitUrl(commit, context),
  resourcePath: (commit, _, context) => pathOf(commitUrl(commit, context), context),
  ...unknownFields('signature', 'onBehalfOf', 'status'),
  statusCheckRollup: rollupOf,
  parents: connection<TwinCommit, TwinCommit>({
    items: ({ parents, repository }) => parents.flatMap((oid) => repository.commits.get(oid) ?? []),
  }),
  history: connection<TwinCommit, TwinCommit>({
    accepts: ['since', 'until'],
    items: (commit, { since, until }) => {
      const from = typeof since === 'string' ? Date.parse(since) : Number.NEGATIVE_INFINITY;
      const to = typeof until === 'string' ? Date.parse(until) : Number.POSITIVE_INFINITY;
      return ancestry(commit).filter(({ committer: { at } }) => at >= from && at <= to);
    },
  }),
  associatedPullRequests: {
    accepts: ['first', 'last', 'after', 'before', 'orderBy'],
    resolve: pullRequestsOf<TwinCommit>(({ oid, repository }) =>
      [...repository.pullRequests.values()].filter(
        ({ mergeCommit, commits }) =>
          mergeCommit?.oid === oid || commits.some((commit) => commit.oid === oid),
      ),
    ).resolve,
  },
});

/** A commit as part of a pull request. */
export interface TwinPullRequestCommit {
  type: 'PullRequestCommit';
  commit: TwinCommit;
  pullRequest: TwinPullRequest;
}

export const pullRequestCommitFields = fieldsOf<TwinPullRequestCommit>({
  id: ({ commit, pullRequest }) => opaqueId('PullRequestCommit', pullRequest.id, commit.oid),
  commit: ({ commit }) => commit,
  pullRequest: ({ pullRequest }) => pullRequest,
  url: ({ commit, pullRequest }, _, context) =>
    `${subjectUrl(pullRequest, context)}/commits/${commit.oid}`,
});
