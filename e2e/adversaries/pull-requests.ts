import {
  createGithubData,
  type GithubData,
  type TwinCommit,
  type TwinPullRequest,
} from '@adjutant/connectors/testing';

/** A pull request that is ready to be merged, and what of it may move. */
export interface ReadyPullRequest {
  pullRequest: TwinPullRequest;
  head: TwinCommit;
}

const hourMs = 3_600_000;

/** Returns a GitHub with so many pull requests of which each is green, approved and ready. */
export function readyPullRequests(count: number): { data: GithubData; ready: ReadyPullRequest[] } {
  const at = Date.UTC(2026, 10, 2, 9);
  const data = createGithubData();
  const organization = data.addOrganization('acme', 'Acme');
  const author = data.addActor({ login: 'ada' });
  const reviewer = data.addActor({ login: 'grace' });
  for (const actor of [author, reviewer]) data.addMember(organization, actor);
  const repository = data.addRepository(organization, { name: 'widgets' });
  const tree = new Map([['README.md', 'Widgets\n']]);
  const first = data.addCommit(repository, { at, by: author, message: 'Begin', tree });
  repository.headOid = first.oid;
  repository.branches.set('release/1.x', first.oid);
  const ready = Array.from({ length: count }, (_, place) => {
    const path = `src/part-${place}.ts`;
    const head = data.addCommit(repository, {
      at: at + hourMs,
      by: author,
      message: `Add part ${place}`,
      parents: [first.oid],
      tree: new Map([...tree, [path, 'part\n']]),
    });
    data.setCheck(head, { name: 'build', state: 'SUCCESS', isRequired: true });
    const pullRequest = data.addPullRequest(repository, {
      title: `Add part ${place}`,
      createdAt: at + 2 * hourMs,
      author,
      commits: [head],
      files: [{ path, changeType: 'ADDED', additions: 1, deletions: 0 }],
      changedFiles: 1,
    });
    data.addReview(pullRequest, {
      state: 'APPROVED',
      submittedAt: at + 3 * hourMs,
      author: reviewer,
    });
    return { pullRequest, head };
  });
  return { data, ready };
}
