import type { CommitGraph } from '../commit-graph.ts';

interface KeptGraph {
  scopeExternalId: string;
  digest: string;
  graph: CommitGraph;
}

const keptGraphs = new WeakMap<object, KeptGraph>();

/**
 * Keeps the graph that a pass has read, so that the next stream of the same sync need not walk the
 * same history again. It goes with the sync's context, or as soon as it is taken.
 */
export function keepGraph(context: object, kept: KeptGraph): void {
  keptGraphs.set(context, kept);
}

/** Returns the kept graph where it holds exactly this history; null means: walk it. */
export function takeGraph(
  context: object,
  scopeExternalId: string,
  digest: string,
): CommitGraph | null {
  const kept = keptGraphs.get(context);
  keptGraphs.delete(context);
  return kept?.scopeExternalId === scopeExternalId && kept.digest === digest ? kept.graph : null;
}
