import type { ExecuteResult, JsonObject, ProbeResult } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess, Sent } from './access.ts';
import { findBranch, type GitCommit, inPath, readCommit } from './git-commit.ts';

/** One change to be put on top of another branch. */
export interface CherryPick {
  /** Of the repository, as `/repos/owner/name`. */
  path: string;
  /** The branch that is made for it. */
  branch: string;
  merge: string;
  before: string;
  /** The commit of the branch that it is put on. */
  onto: string;
}

const shaSchema = z.object({ sha: z.string() });
const mergedSchema = z.object({
  sha: z.string(),
  commit: z.object({ tree: z.object({ sha: z.string() }) }),
});

/**
 * Makes the branch at a stand-in: a commit with the files of the target and the parent of the
 * change. Merging the change into it gives the target's files with the change, and no more.
 * Every name and date is taken from the change, so that doing it again makes the same commit.
 */
export async function makeBranch(access: GithubAccess, pick: CherryPick): Promise<ExecuteResult> {
  const { path, branch } = pick;
  const stand = await makeStandIn(access, pick);
  if (!stand.ok) return stand.result;
  const { sha } = shaSchema.parse(stand.data);
  const sent = await access.send('POST', `${path}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  const result = { branch, standIn: sha };
  if (sent.ok) return { outcome: 'applied', result };
  // It bears the name of this action: an earlier attempt made it.
  if (sent.status === 422 && (await findBranch(access, pick, branch)) === sha) {
    return { outcome: 'applied', result };
  }
  return sent.result;
}

async function makeStandIn(access: GithubAccess, pick: CherryPick): Promise<Sent> {
  const target = await readCommit(access, pick, pick.onto);
  const merge = await readCommit(access, pick, pick.merge);
  return await access.send('POST', `${pick.path}/git/commits`, {
    message: 'Stand-in for a backport',
    tree: target.tree.sha,
    parents: [pick.before],
    author: merge.author,
    committer: merge.author,
  });
}

/** Puts the change on the branch as one commit, from wherever an earlier attempt got to. */
export async function pickOnto(
  access: GithubAccess,
  pick: CherryPick,
  standIn: string,
): Promise<ExecuteResult> {
  const { path, branch, onto } = pick;
  const state = await stateOf(access, pick, standIn);
  if (state.kind === 'done') return { outcome: 'applied', result: { commit: state.sha } };
  if (state.kind === 'foreign') return refused('The branch was changed by somebody else.');
  const merge = await readCommit(access, pick, pick.merge);
  let tree = state.kind === 'merged' ? state.tree : null;
  if (tree === null) {
    const merged = await access.send('POST', `${path}/merges`, {
      base: branch,
      head: pick.merge,
      commit_message: 'Change on top of the stand-in',
    });
    if (!merged.ok) return merged.status === 409 ? refused(conflict) : merged.result;
    const read = mergedSchema.safeParse(merged.data);
    if (!read.success) return refused('There is nothing to bring over.');
    tree = read.data.commit.tree.sha;
  }
  const target = await readCommit(access, pick, onto);
  if (target.tree.sha === tree) return refused('The branch has this change already.');
  const made = await access.send('POST', `${path}/git/commits`, {
    message: messageOf(merge),
    tree,
    parents: [onto],
    author: merge.author,
    committer: merge.author,
  });
  if (!made.ok) return made.result;
  const { sha } = shaSchema.parse(made.data);
  const refPath = `${path}/git/refs/heads/${inPath(branch)}`;
  const moved = await access.send('PATCH', refPath, { sha, force: true });
  return moved.ok ? { outcome: 'applied', result: { commit: sha } } : moved.result;
}

const conflict =
  'The change conflicts with what the branch has. Backport it by hand with git cherry-pick.';

/** Deletes the branch that was made for it, whatever it holds by now. */
export async function deleteBranch(access: GithubAccess, pick: CherryPick): Promise<ExecuteResult> {
  const sent = await access.send('DELETE', `${pick.path}/git/refs/heads/${inPath(pick.branch)}`);
  const result: JsonObject = { deleted: pick.branch };
  if (sent.ok) return { outcome: 'applied', result };
  const isGone = sent.status === 404 || sent.status === 422;
  if (isGone && (await findBranch(access, pick, pick.branch)) === null) {
    return { outcome: 'applied', result };
  }
  return sent.result;
}

export async function probeBranch(access: GithubAccess, pick: CherryPick): Promise<ProbeResult> {
  const sha = await findBranch(access, pick, pick.branch);
  if (sha === null) return { outcome: 'absent' };
  const { parents } = await readCommit(access, pick, sha);
  return parents[0]?.sha === pick.before
    ? { outcome: 'applied', result: { branch: pick.branch, standIn: sha } }
    : { outcome: 'unclear', reason: 'The branch is there with other commits.' };
}

export async function probePick(
  access: GithubAccess,
  pick: CherryPick,
  standIn: string,
): Promise<ProbeResult> {
  const state = await stateOf(access, pick, standIn);
  if (state.kind === 'done') return { outcome: 'applied', result: { commit: state.sha } };
  return state.kind === 'foreign'
    ? { outcome: 'unclear', reason: 'The branch holds other commits than were put there.' }
    : { outcome: 'absent' };
}

type State =
  | { kind: 'stand_in' }
  | { kind: 'merged'; tree: string }
  | { kind: 'done'; sha: string }
  | { kind: 'foreign' };

async function stateOf(access: GithubAccess, pick: CherryPick, standIn: string): Promise<State> {
  const sha = await findBranch(access, pick, pick.branch);
  if (sha === null) return { kind: 'foreign' };
  if (sha === standIn) return { kind: 'stand_in' };
  const commit = await readCommit(access, pick, sha);
  const parents = commit.parents.map((parent) => parent.sha);
  if (parents.length === 2 && parents[0] === standIn && parents[1] === pick.merge) {
    return { kind: 'merged', tree: commit.tree.sha };
  }
  const merge = await readCommit(access, pick, pick.merge);
  const isOurs =
    parents.length === 1 && parents[0] === pick.onto && commit.message === messageOf(merge);
  return isOurs ? { kind: 'done', sha } : { kind: 'foreign' };
}

function messageOf({ message, sha }: GitCommit): string {
  return `${message.trim()}\n\n(cherry picked from commit ${sha})`;
}

function refused(reason: string): ExecuteResult {
  return { outcome: 'refused', reason };
}
