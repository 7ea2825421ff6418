import type { TwinActor } from '../testing/data/records.ts';
import type { MadeWorld } from './make-world.ts';

/** Has somebody open a pull request of one commit eight seconds ago and merge it three seconds later. */
export function mergeFresh(
  { data, repository }: Pick<MadeWorld, 'data' | 'repository'>,
  author: TwinActor | null,
  now: number,
): void {
  const commit = data.addCommit(repository, {
    at: now - 9_000,
    parents: repository.headOid === null ? [] : [repository.headOid],
  });
  const opened = data.addPullRequest(repository, {
    title: 'Fresh',
    createdAt: now - 8_000,
    author,
    commits: [commit],
  });
  data.merge(opened, { at: now - 5_000, by: author, commit });
  repository.headOid = commit.oid;
}
