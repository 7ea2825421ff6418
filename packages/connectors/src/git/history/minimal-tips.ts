import type { CommitGraph } from '../commit-graph.ts';

/**
 * Returns the tips that no other head contains: all that must be remembered to know later what has
 * been read. Those kept from before count unless the graph shows a child of theirs.
 */
export function minimalTips(
  graph: CommitGraph,
  kept: readonly string[],
  candidates: readonly string[],
  head: string | null,
): string[] {
  const hasChild = new Uint8Array(graph.size);
  for (let index = 0; index < graph.size; index += 1) {
    const first = graph.firstParent(index);
    if (first !== null && first >= 0) hasChild[first] = 1;
    for (const parent of graph.otherParents(index)) hasChild[parent] = 1;
  }
  const isHead = (sha: string, whereUnread: boolean): boolean => {
    const index = graph.indexOf(sha);
    return index === undefined ? whereUnread : hasChild[index] === 0;
  };
  const tips = [
    ...kept.filter((sha) => isHead(sha, true)),
    ...candidates.filter((sha) => isHead(sha, false)),
  ];
  return [...new Set(tips)].filter((sha) => sha !== head).toSorted();
}
