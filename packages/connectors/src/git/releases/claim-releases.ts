import { claimReachable, type CommitGraph } from '../commit-graph.ts';
import type { Tag } from '../tags.ts';

export interface DatedTag extends Tag {
  taggedAt: number;
}

export interface ClaimedTag {
  tag: DatedTag;
  /** What it is the first to contain, oldest first. */
  commits: string[];
}

/**
 * Returns the tags in the order in which they released: by time, because a tag put on an old commit
 * years later released nothing then; of equal times the one further down in history comes first.
 */
export function inReleaseOrder(graph: CommitGraph, tags: readonly Tag[]): DatedTag[] {
  const dated = tags.filter((tag): tag is DatedTag => tag.taggedAt !== null);
  const place = (tag: Tag): number => graph.indexOf(tag.sha) ?? -1;
  return dated.toSorted(
    (a, b) => a.taggedAt - b.taggedAt || place(a) - place(b) || (a.name < b.name ? -1 : 1),
  );
}

/** Yields each tag with the commits that no earlier one contains. */
export function* claimReleases(
  graph: CommitGraph,
  ordered: readonly DatedTag[],
): Generator<ClaimedTag> {
  const claimed = new Uint8Array(graph.size);
  for (const tag of ordered) {
    const start = graph.indexOf(tag.sha);
    const found = start === undefined ? [] : claimReachable(graph, [start], claimed);
    yield { tag, commits: found.map((index) => graph.shaAt(index)) };
  }
}
