import {
  blobName,
  blobNamed,
  branchHead,
  filesOf,
  keepTree,
  treeName,
} from '../data/git-objects.ts';
import type { TwinCommit, TwinGitPerson, TwinRepository, TwinTree } from '../data/records.ts';
import { dateTime } from '../graphql/field-table.ts';
import { nodeId, opaqueId } from '../graphql/node-id.ts';
import type { Places } from './representations.ts';
import { notFoundAnswer, notImitatedAnswer, onRepository } from './request.ts';
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

const tree = onRepository(({ places, limits, query }, repository, [sha = '']) => {
  const found = repository.commits.get(sha);
  const files = found === undefined ? repository.trees.get(sha) : filesOf(repository, found);
  if (files === undefined) return notFoundAnswer();
  // Without it GitHub lists one folder alone.
  if (!query.has('recursive')) return notImitatedAnswer('a list of one folder');
  const place = placeOf(repository, places);
  const name = keepTree(repository, new Map(files));
  const entries = treeEntries(files, place);
  return {
    status: 200,
    body: {
      sha: name,
      url: `${place}/trees/${name}`,
      tree: entries.slice(0, limits.treeEntries),
      truncated: entries.length > limits.treeEntries,
    },
  };
});

/** Folders stand before what is in them. */
function treeEntries(files: TwinTree, place: string) {
  const folders = new Set<string>();
  return [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => {
      const steps = path.split('/').slice(0, -1);
      const above = steps.map((_, at) => steps.slice(0, at + 1).join('/'));
      const made = above.filter((folder) => !folders.has(folder));
      for (const folder of made) folders.add(folder);
      const sha = blobName(text);
      return [
        ...made.map((folder) => {
          const own = blobName(`folder ${folder}`);
          const url = `${place}/trees/${own}`;
          return { path: folder, mode: '040000', type: 'tree', sha: own, url };
        }),
        {
          path,
          mode: '100644',
          type: 'blob',
          sha,
          size: Buffer.byteLength(text),
          url: `${place}/blobs/${sha}`,
        },
      ];
    });
}

const blob = onRepository(({ places }, repository, [sha = '']) => {
  const text = blobNamed(repository, sha);
  if (text === null) return notFoundAnswer();
  const bytes = Buffer.from(text);
  return {
    status: 200,
    body: {
      sha,
      node_id: opaqueId('Blob', repository.id, sha),
      size: bytes.length,
      url: `${placeOf(repository, places)}/blobs/${sha}`,
      content: bytes.toString('base64').replaceAll(/.{60}/g, '$&\n'),
      encoding: 'base64',
    },
  };
});

/** Objects of git, read over REST. */
export const gitRoutes: readonly Route[] = [
  ...below('/git/commits/([0-9a-f]{40})', commit, 'contents=read'),
  ...below('/git/trees/([0-9a-f]{40})', tree, 'contents=read'),
  ...below('/git/blobs/([0-9a-f]{40})', blob, 'contents=read'),
  ...below('/branches/([^/]+)', branch, 'contents=read'),
  ...below('/git/ref/heads/(.+)', ref, 'contents=read'),
];
