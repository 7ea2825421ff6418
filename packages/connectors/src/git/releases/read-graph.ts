import { type CommitGraph, createCommitGraph } from '../commit-graph.ts';
import type { GitRepository } from '../open-repository.ts';
import { sinceOption, walkInput } from '../revisions.ts';

/** Walks history once for its edges alone, parents before children. */
export async function readGraph(
  repository: GitRepository,
  from: readonly string[],
  since: string | null,
): Promise<CommitGraph> {
  const graph = createCommitGraph();
  const stream = repository.stream({
    arguments: [
      'rev-list',
      '--parents',
      '--topo-order',
      '--reverse',
      ...sinceOption(since),
      '--stdin',
    ],
    input: walkInput(from),
  });
  let rest = '';
  for await (const chunk of stream) {
    const text = rest + chunk.toString('latin1');
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      // Copied out of the text, which would otherwise be kept whole for each id.
      const [sha = '', ...parents] = Buffer.from(text.slice(start, end), 'latin1')
        .toString('latin1')
        .split(' ');
      graph.add(sha, parents);
      start = end + 1;
    }
    rest = text.slice(start);
  }
  return graph;
}
