import type { RepositorySummary } from '@adjutant/core';
import { listNames } from '../format.ts';
import { codeHostName, repositoryPage } from './code-host.ts';
import { plainText } from '../outside-text/plain-text.ts';

/** A bare clone: commits, merges and tags, and nothing that only the code host knows. */
const cloneSource = 'git';

type MergeStyle = NonNullable<RepositorySummary['mergeStyle']>;

const consequences: Record<MergeStyle, string> = {
  merge:
    'merge commits keep the branch, so first commit to merge is measured from the commits themselves',
  squash:
    'squash merges keep one commit whose author time is mostly the merge time, so coding time is unknown where it is, and never 0',
  mixed:
    'merge commits and squash merges both occur; for squashes coding time is mostly unknown, and never 0',
  linear:
    'no merge leaves a trace, so merges that were rebased cannot be seen or counted; commits and tags can',
};

/** Says for each merge style found which repositories have it and what follows for the figures. */
export function mergeStyleNotes(repositories: readonly RepositorySummary[]): string[] {
  const clones = repositories.filter((repository) => repository.source === cloneSource);
  const notes: string[] = [];
  for (const style of ['merge', 'squash', 'mixed', 'linear'] as const) {
    const names = clones
      .filter((repository) => repository.mergeStyle === style)
      .map((repository) => plainText(repository.name, 60));
    if (names.length > 0) notes.push(`${listNames(names)}: ${consequences[style]}.`);
  }
  const unseen = clones.filter((repository) => repository.mergeStyle === null).length;
  if (unseen > 0) notes.push(`In ${unseen} of ${clones.length} clones the merge style is unknown.`);
  return notes;
}

/** Says what a token to the code host would add; null where no repository is read from a bare clone. */
export function tokenWouldAdd(repositories: readonly RepositorySummary[]): string | null {
  const clones = repositories.filter((repository) => repository.source === cloneSource);
  if (clones.length === 0) return null;
  const hosts = clones.flatMap(({ url }) => codeHostName(repositoryPage(url)) ?? []);
  const named = [...new Set(hosts)].toSorted();
  const host = named.length === 0 ? 'code-host' : listNames(named);
  return `A read-only ${host} token would add open work, review times and deployments.`;
}

/** Returns whether any source shows pull requests before they are merged. */
export function showsOpenWork(repositories: readonly RepositorySummary[]): boolean {
  return repositories.some((repository) => repository.source !== cloneSource);
}
