import { z } from 'zod';
import { ancestorsOf, branchHead } from '../../data/git-objects.ts';
import type {
  TwinChangedFile,
  TwinCommit,
  TwinRepository,
  TwinReviewer,
  TwinTree,
} from '../../data/records.ts';
import { errorAnswer } from '../../http/answer.ts';
import { pullRequestOf } from '../thread-representations.ts';
import { changeThread, findActor } from './threads.ts';
import { onWrite, validationAnswer, withPullRequest } from './write-handler.ts';

/** `PATCH …/pulls/{number}` */
export const changePullRequest = onWrite(
  z.object({
    title: z.string().min(1).max(256).optional(),
    body: z.string().nullish(),
    state: z.enum(['open', 'closed']).optional(),
    base: z.string().optional(),
  }),
  (change) =>
    withPullRequest(change, (pullRequest) => {
      const { base, ...rest } = change.body;
      const { data, now, writer, places } = change.request;
      const refused = changeThread(pullRequest, rest, change.request);
      if (refused !== null) return refused;
      if (base !== undefined && base !== pullRequest.baseRefName) {
        const names = { previousRefName: pullRequest.baseRefName, currentRefName: base };
        pullRequest.baseRefName = base;
        data.addEvent(pullRequest, 'BaseRefChangedEvent', { at: now, actor: writer(), ...names });
      }
      return { status: 200, body: pullRequestOf(pullRequest, places) };
    }),
);

/** `POST …/pulls/{number}/requested_reviewers` */
export const requestReviewers = onWrite(
  z.object({
    reviewers: z.array(z.string()).optional(),
    team_reviewers: z.array(z.string()).optional(),
  }),
  (change) =>
    withPullRequest(change, (pullRequest) => {
      const { request, repository, body } = change;
      const { data, now, writer, places } = request;
      const { reviewers = [], team_reviewers: slugs = [] } = body;
      const asked: (TwinReviewer | undefined)[] = [
        ...reviewers.map((login) => findActor(data, login)),
        ...slugs.map((slug) => repository.owner.teams.find((team) => team.slug === slug)),
      ];
      if (asked.includes(pullRequest.author ?? undefined) && pullRequest.author !== null) {
        return errorAnswer(422, 'Review cannot be requested from pull request author.');
      }
      if (asked.includes(undefined)) {
        return errorAnswer(422, 'Reviews may only be requested from collaborators.');
      }
      for (const reviewer of asked) {
        if (reviewer === undefined) continue;
        if (pullRequest.reviewRequests.some((one) => one.reviewer === reviewer)) continue;
        data.requestReview(pullRequest, { reviewer, at: now, actor: writer() });
      }
      return { status: 201, body: pullRequestOf(pullRequest, places) };
    }),
);

/** `POST …/pulls` */
export const openPullRequest = onWrite(
  z.object({
    title: z.string().min(1).max(256),
    head: z.string(),
    base: z.string(),
    body: z.string().optional(),
    draft: z.boolean().optional(),
  }),
  ({ request, repository, body }) => {
    const { data, now, writer, places } = request;
    const head = body.head.split(':').at(-1) ?? body.head;
    const headOid = branchHead(repository, head);
    const baseOid = branchHead(repository, body.base);
    if (headOid === null || baseOid === null) {
      return validationAnswer(headOid === null ? 'head is invalid' : 'base is invalid');
    }
    const open = [...repository.pullRequests.values()].some(
      (one) => one.state === 'OPEN' && one.headRefName === head && one.baseRefName === body.base,
    );
    if (open) {
      const name = `${repository.owner.login}:${head}`;
      return validationAnswer(`A pull request already exists for ${name}.`);
    }
    const commits = commitsBetween(repository, baseOid, headOid);
    if (commits.length === 0) {
      return validationAnswer(`No commits between ${body.base} and ${head}`);
    }
    const files = changedFiles(treeAt(repository, baseOid), treeAt(repository, headOid));
    const pullRequest = data.addPullRequest(repository, {
      title: body.title,
      body: body.body ?? '',
      createdAt: now,
      author: writer(),
      headRefName: head,
      baseRefName: body.base,
      baseRefOid: baseOid,
      isDraft: body.draft ?? false,
      commits,
      files,
      changedFiles: files.length,
    });
    return { status: 201, body: pullRequestOf(pullRequest, places) };
  },
);

function treeAt(repository: TwinRepository, oid: string): TwinTree {
  return repository.commits.get(oid)?.tree ?? new Map();
}

/** What the head has and the base has not, oldest first. */
function commitsBetween(repository: TwinRepository, base: string, head: string): TwinCommit[] {
  const known = ancestorsOf(repository, base);
  return [...ancestorsOf(repository, head)]
    .filter((oid) => !known.has(oid))
    .flatMap((oid) => repository.commits.get(oid) ?? [])
    .toReversed();
}

function changedFiles(before: TwinTree, after: TwinTree): TwinChangedFile[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path): TwinChangedFile[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === now) return [];
    const changeType = old === undefined ? 'ADDED' : now === undefined ? 'DELETED' : 'MODIFIED';
    return [{ path, changeType, additions: linesOf(now), deletions: linesOf(old) }];
  });
}

function linesOf(text: string | undefined): number {
  return text === undefined ? 0 : text.split('\n').length - 1;
}
