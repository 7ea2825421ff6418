import { createGrowingInt32Array } from './growing-array.ts';

/** Stands for a parent that was not read: beyond a shallow clone's edge, or before `since`. */
const unreadParent = -1;

/** The commits of one pass and who their parents are, by position in reading order. */
export interface CommitGraph {
  /** Adds a commit; its parents must have been added before it, or count as unread. */
  add(sha: string, parents: readonly string[]): number;
  indexOf(sha: string): number | undefined;
  shaAt(index: number): string;
  /** First parent, `unreadParent`, or null for a root. */
  firstParent(index: number): number | null;
  /** The parents after the first; unread ones left out. */
  otherParents(index: number): readonly number[];
  isMerge(index: number): boolean;
  readonly size: number;
}

const root = -2;
const none: readonly number[] = [];

export function createCommitGraph(): CommitGraph {
  const indexBySha = new Map<string, number>();
  const shas: string[] = [];
  const firstParents = createGrowingInt32Array();
  const otherParents = new Map<number, readonly number[]>();
  return {
    add(sha, parents) {
      const index = shas.length;
      const [first, ...others] = parents;
      firstParents.push(first === undefined ? root : (indexBySha.get(first) ?? unreadParent));
      if (others.length > 0) {
        const known = others.map((parent) => indexBySha.get(parent) ?? unreadParent);
        otherParents.set(
          index,
          known.filter((parent) => parent !== unreadParent),
        );
      }
      indexBySha.set(sha, index);
      shas.push(sha);
      return index;
    },
    indexOf: (sha) => indexBySha.get(sha),
    shaAt: (index) => shas[index] ?? '',
    firstParent(index) {
      const parent = firstParents.at(index);
      return parent === root ? null : parent;
    },
    otherParents: (index) => otherParents.get(index) ?? none,
    isMerge: (index) => otherParents.has(index),
    get size() {
      return shas.length;
    },
  };
}

/**
 * Returns the commits reachable from the starts that are not marked yet, and marks them. The result
 * is in reading order, parents first.
 */
export function claimReachable(
  graph: CommitGraph,
  starts: readonly number[],
  claimed: Uint8Array,
): number[] {
  const found: number[] = [];
  const open = starts.filter((start) => start >= 0);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (claimed[index] !== 0) continue;
    claimed[index] = 1;
    found.push(index);
    const first = graph.firstParent(index);
    if (first !== null && first >= 0) open.push(first);
    for (const parent of graph.otherParents(index)) open.push(parent);
  }
  return found.toSorted((a, b) => a - b);
}
