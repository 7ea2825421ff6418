import { z } from 'zod';
import type { GithubData } from '../../data/github-data.ts';
import { branchHead, keepTree, mergedTree, setBranch } from '../../data/git-objects.ts';
import type { TwinActor, TwinCommit, TwinPullRequest } from '../../data/records.ts';
import { isFailing } from '../../graphql/types/checks.ts';
import { errorAnswer, type HttpAnswer } from '../../http/answer.ts';
import { onWrite, withPullRequest } from './write-handler.ts';

const mergeSchema = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
});
type MergeBody = z.infer<typeof mergeSchema>;

/** `PUT …/pulls/{number}/merge` */
export const mergePullRequest = onWrite(mergeSchema, (change) =>
  withPullRequest(change, (pullRequest) => {
    const refused = refusalOf(pullRequest, change.body);
    if (refused !== null) return refused;
    const { data, now, writer } = change.request;
    const commit = mergeNow(pullRequest, change.body, { data, now, by: writer() });
    return {
      status: 200,
      body: { sha: commit.oid, merged: true, message: 'Pull Request successfully merged' },
    };
  }),
);

function refusalOf(pullRequest: TwinPullRequest, body: MergeBody): HttpAnswer | null {
  const { repository, state, isDraft, hasConflicts, commits } = pullRequest;
  const method = body.merge_method ?? 'merge';
  const head = commits.at(-1);
  if (state !== 'OPEN') return errorAnswer(405, 'Pull Request is not mergeable');
  if (isDraft) return errorAnswer(405, 'Pull Request is still a draft');
  if (!repository.mergeMethods[method]) {
    const name = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' };
    return errorAnswer(405, `${name[method]} are not allowed on this repository.`);
  }
  const failing = head?.checks.find(isFailing);
  if (failing !== undefined) {
    return errorAnswer(405, `Required status check "${failing.name}" has not succeeded.`);
  }
  if (hasConflicts) return errorAnswer(405, 'Pull Request is not mergeable');
  if (body.sha !== undefined && body.sha !== head?.oid) {
    return errorAnswer(409, 'Head branch was modified. Review and try the merge again.');
  }
  return null;
}

function mergeNow(
  pullRequest: TwinPullRequest,
  body: MergeBody,
  { data, now, by }: { data: GithubData; now: number; by: TwinActor },
): TwinCommit {
  const { repository, number, baseRefName, headRefName, title, commits } = pullRequest;
  const base = branchHead(repository, baseRefName);
  const head = commits.at(-1)?.oid ?? null;
  const method = body.merge_method ?? 'merge';
  const written =
    method === 'merge'
      ? `Merge pull request #${number} from ${repository.owner.login}/${headRefName}`
      : `${title} (#${number})`;
  const message = [body.commit_title ?? written, body.commit_message ?? '']
    .filter((part) => part !== '')
    .join('\n\n');
  const tree = base === null || head === null ? null : mergedTree(repository, base, head);
  const parents = (method === 'merge' ? [base, head] : [base]).filter((oid) => oid !== null);
  const commit = data.addCommit(repository, {
    at: now,
    by,
    message,
    parents,
    ...(tree === null ? {} : { tree }),
  });
  if (tree !== null) keepTree(repository, tree);
  // What was open goes on being found by its branch, which GitHub keeps.
  if (head !== null && headRefName !== repository.defaultBranch) {
    setBranch(repository, headRefName, head);
  }
  setBranch(repository, baseRefName, commit.oid);
  repository.pushedAt = now;
  data.merge(pullRequest, { at: now, by, commit });
  return commit;
}
