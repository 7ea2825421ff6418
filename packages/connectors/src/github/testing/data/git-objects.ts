import { createHash } from 'node:crypto';
import type { TwinCommit, TwinRepository, TwinTree } from './records.ts';

const emptyTree: TwinTree = new Map();

/** Returns the commit that a branch names; heads of pull requests are branches too. */
export function branchHead(repository: TwinRepository, branch: string): string | null {
  if (branch === repository.defaultBranch) return repository.headOid;
  const named = repository.branches.get(branch);
  if (named !== undefined) return named;
  const open = [...repository.pullRequests.values()].find(
    ({ headRefName, state }) => headRefName === branch && state === 'OPEN',
  );
  return open?.commits.at(-1)?.oid ?? null;
}

/** Lets a branch name another commit, or a new branch name its first. */
export function setBranch(repository: TwinRepository, branch: string, oid: string): void {
  if (branch === repository.defaultBranch) repository.headOid = oid;
  else repository.branches.set(branch, oid);
}

/** Returns the name of a commit's tree. The twin keeps it, so that it can be asked for. */
export function treeName(repository: TwinRepository, commit: TwinCommit): string {
  return keepTree(repository, commit.tree ?? emptyTree);
}

export function keepTree(repository: TwinRepository, tree: TwinTree): string {
  const sorted = [...tree].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const name = createHash('sha1').update(JSON.stringify(sorted)).digest('hex');
  repository.trees.set(name, tree);
  return name;
}

/** Returns the files of a commit; of the default branch's head those that the repository has. */
export function filesOf(repository: TwinRepository, commit: TwinCommit): TwinTree {
  return commit.tree ?? (commit.oid === repository.headOid ? repository.files : emptyTree);
}

/** Returns git's own name of a file's content. */
export function blobName(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Returns the content that has a name, in any commit. */
export function blobNamed(repository: TwinRepository, name: string): string | null {
  const trees = new Set<TwinTree>([repository.files]);
  for (const { tree } of repository.commits.values()) if (tree !== null) trees.add(tree);
  for (const tree of trees) {
    for (const text of tree.values()) if (blobName(text) === name) return text;
  }
  return null;
}

/** Returns everything that a commit stands on, itself included. */
export function ancestorsOf(repository: TwinRepository, oid: string): Set<string> {
  const found = new Set([oid]);
  for (const current of found) {
    for (const parent of repository.commits.get(current)?.parents ?? []) found.add(parent);
  }
  return found;
}

/** Returns the nearest commit that both stand on. */
function mergeBase(repository: TwinRepository, ours: string, theirs: string): string | null {
  const known = ancestorsOf(repository, ours);
  for (const oid of ancestorsOf(repository, theirs)) if (known.has(oid)) return oid;
  return null;
}

/** Merges two commits file by file, as git does line by line; null where both changed one file. */
export function mergedTree(
  repository: TwinRepository,
  ours: string,
  theirs: string,
): TwinTree | null {
  const treeAt = (oid: string | null): TwinTree =>
    repository.commits.get(oid ?? '')?.tree ?? emptyTree;
  const base = treeAt(mergeBase(repository, ours, theirs));
  const left = treeAt(ours);
  const right = treeAt(theirs);
  const merged = new Map<string, string>();
  for (const path of new Set([...base.keys(), ...left.keys(), ...right.keys()])) {
    const [before, mine, yours] = [base.get(path), left.get(path), right.get(path)];
    if (mine !== before && yours !== before && mine !== yours) return null;
    const result = mine === before ? yours : mine;
    if (result !== undefined) merged.set(path, result);
  }
  return merged;
}
