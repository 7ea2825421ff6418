import { branchHead, treeName } from '../data/git-objects.ts';
import type { TwinCommit, TwinGitPerson, TwinRepository } from '../data/records.ts';
import { dateTime } from '../graphql/field-table.ts';
import { nodeId } from '../graphql/node-id.ts';
import type { Places } from './representations.ts';
import { notFoundAnswer, onRepository } from './request.ts';
import { below, type Route } from './route.ts';

function placeOf({ owner, name }: TwinRepository, { api }: Places): string {
  return `${api}/repos/${owner.login}/${name}/git`;
}

function personOf({ name, email, at }: TwinGitPerson) {
  return { name, email, date: dateTime(at) };
}

/** A commit as git has it. */
export function gitCommitOf(commit: TwinCommit, places: Places) {
  const place = placeOf(commit.repository, places);
  const tree = treeName(commit.repository, commit);
  return {
    sha: commit.oid,
    node_id: nodeId(commit),
    url: `${place}/commits/${commit.oid}`,
    message: commit.message,
    author: personOf(commit.author),
    committer: personOf(commit.committer),
    tree: { sha: tree, url: `${place}/trees/${tree}` },
    parents: commit.parents.map((sha) => ({ sha, url: `${place}/commits/${sha}` })),
  };
}

/** A branch as git has it; only for one that is there. */
export function refOf(repository: TwinRepository, branch: string, places: Places) {
  const place = placeOf(repository, places);
  const sha = branchHead(repository, branch);
  return {
    ref: `refs/heads/${branch}`,
    url: `${place}/refs/heads/${branch}`,
    object: { type: 'commit', sha, url: `${place}/commits/${sha}` },
  };
}

const commit = onRepository(({ places }, { commits }, [sha = '']) => {
  const found = commits.get(sha);
  return found === undefined ? notFoundAnswer() : { status: 200, body: gitCommitOf(found, places) };
});

const ref = onRepository(({ places }, repository, [branch = '']) => {
  const name = decodeURIComponent(branch);
  return branchHead(repository, name) === null
    ? notFoundAnswer()
    : { status: 200, body: refOf(repository, name, places) };
});

const branch = onRepository(({ places }, repository, [encoded = '']) => {
  const name = decodeURIComponent(encoded);
  const found = repository.commits.get(branchHead(repository, name) ?? '');
  if (found === undefined) return notFoundAnswer();
  const { sha, url } = gitCommitOf(found, places);
  const isProtected = repository.protectedBranches.has(name);
  return { status: 200, body: { name, commit: { sha, url }, protected: isProtected } };
});

/** Objects of git, read over REST. */
export const gitRoutes: readonly Route[] = [
  ...below('/git/commits/([0-9a-f]{40})', commit, 'contents=read'),
  ...below('/branches/([^/]+)', branch, 'contents=read'),
  ...below('/git/ref/heads/(.+)', ref, 'contents=read'),
];
