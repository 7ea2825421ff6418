import type { TreeEntry } from '../../documents/plan-documents.ts';
import type { GitRepository } from '../open-repository.ts';
import { toInstant } from '../instants.ts';

/** So many commits are walked for it; what changed before is not told. */
const mostCommits = 20_000;

/**
 * Returns when each of some files last changed, by the first commit from the newest that names it. Where
 * the clone lacks what tells, or the walk becomes too long, files are left out: their age is unknown.
 */
export async function lastChanges(
  repository: GitRepository,
  commit: string,
  entries: readonly TreeEntry[],
): Promise<Map<string, number>> {
  const left = new Set(entries.map(({ path }) => path));
  const changes = new Map<string, number>();
  if (left.size === 0) return changes;
  const stream = repository.stream({
    arguments: [
      'log',
      `--max-count=${mostCommits}`,
      '--format=%x00%x01%ct',
      '--name-only',
      '-z',
      '--no-renames',
      '--diff-merges=first-parent',
      '--stdin',
    ],
    input: `${commit}\n--\n${pathsOf(entries)
      .map((path) => `${path}\n`)
      .join('')}`,
    acceptedExitCodes: [0, 128, -1],
  });
  let at: number | null = null;
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      const token = rest.subarray(0, end).toString('utf8').replace(/^\n/, '');
      rest = rest.subarray(end + 1);
      // No document has a path with such a character.
      if (token.startsWith('\u0001')) at = toInstant(Number(token.slice(1)));
      else if (at !== null && left.delete(token)) changes.set(token, at);
    }
    if (left.size === 0) break;
  }
  return changes;
}

/** The top folders of the files where there are many: git compares far fewer trees with few paths. */
function pathsOf(entries: readonly TreeEntry[]): string[] {
  const paths = entries.map(({ path }) => path);
  if (paths.length <= 200) return paths;
  return [...new Set(paths.map((path) => path.split('/')[0] ?? path))];
}
