import type { GitRepository } from './open-repository.ts';

/** Returns git's input for a walk: from these commits, without what those contain. */
export function walkInput(from: readonly string[], without: readonly string[] = []): string {
  return [...from, ...without.map((sha) => `^${sha}`)].map((line) => `${line}\n`).join('');
}

/** Returns the option that leaves out what is older. */
export function sinceOption(since: string | null): string[] {
  return since === null ? [] : [`--since=${Math.floor(Date.parse(since) / 1_000)}`];
}

/** Returns the commits that a walk meets. */
export async function listCommits(
  repository: GitRepository,
  from: readonly string[],
  without: readonly string[],
): Promise<string[]> {
  if (from.length === 0) return [];
  const commits: string[] = [];
  let rest = '';
  const stream = repository.stream({
    arguments: ['rev-list', '--stdin'],
    input: walkInput(from, without),
  });
  for await (const chunk of stream) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) commits.push(line);
  }
  return commits;
}

/** Returns whether every one of these commits is still in the object store. */
export async function haveCommits(
  repository: GitRepository,
  shas: readonly string[],
): Promise<boolean> {
  if (shas.length === 0) return true;
  const { output } = await repository.run({
    arguments: ['cat-file', '--batch-check=%(objecttype)'],
    input: shas.map((sha) => `${sha}\n`).join(''),
  });
  const types = output.toString('latin1').trimEnd().split('\n');
  return types.every((type) => type === 'commit');
}

/** Returns whether one commit is the other's ancestor by first parents alone. */
export async function isOnFirstParentLine(
  repository: GitRepository,
  ancestor: string,
  head: string,
): Promise<boolean> {
  if (ancestor === head) return true;
  const { output } = await repository.run({
    arguments: ['rev-list', '--first-parent', '--parents', '--stdin'],
    input: walkInput([head], [ancestor]),
  });
  const oldest = output.toString('latin1').trimEnd().split('\n').at(-1) ?? '';
  return oldest.split(' ')[1] === ancestor;
}
