import type { BlockerGraph, BlockerNode, WaitEdge } from './blocker-graph.ts';

/** A piece of work that waits for no other, with what waits behind it. */
export interface RootBlocker {
  node: BlockerNode;
  /** What waits for it, directly or through others, those that have waited longest first. */
  behind: readonly BlockerNode[];
  /** How long these and it have waited, together. @unit weekday hours */
  waitedWeekdayHours: number;
  /** Since when the first of them, or it, has waited; null where that is not known. */
  since: number | null;
  /** Rows that say so: of itself, and of the waits behind it. */
  evidence: readonly string[];
}

/** Pieces of work that wait for one another: none of them can be the next. */
export interface BlockerCycle {
  nodes: readonly BlockerNode[];
  /** What waits behind them. */
  behind: readonly BlockerNode[];
  since: number | null;
  evidence: readonly string[];
}

export interface BlockerOrder {
  roots: RootBlocker[];
  cycles: BlockerCycle[];
}

const mostEvidence = 200;

/**
 * Returns the roots of a graph of waits, those first behind which most waits, and of these for longest,
 * and the circles in it. Never by who it is that others wait for. Pure.
 */
export function orderBlockers(graph: BlockerGraph): BlockerOrder {
  const waitsFor = Map.groupBy(graph.edges, ({ from }) => from);
  const waitedBy = Map.groupBy(graph.edges, ({ to }) => to);
  const roots = [...graph.nodes.values()]
    .filter(({ id }) => !waitsFor.has(id))
    .map((node) => rootOf(graph, node, waitedBy))
    .toSorted(mostBehindFirst);
  const cycles = circles(graph, waitsFor)
    .map((ids) => cycleOf(graph, ids, waitedBy))
    .toSorted(
      (one, other) =>
        other.behind.length - one.behind.length || compareIds(one.nodes[0], other.nodes[0]),
    );
  return { roots, cycles };
}

function mostBehindFirst(one: RootBlocker, other: RootBlocker): number {
  return (
    other.behind.length - one.behind.length ||
    other.waitedWeekdayHours - one.waitedWeekdayHours ||
    compareIds(one.node, other.node)
  );
}

function compareIds(one: BlockerNode | undefined, other: BlockerNode | undefined): number {
  return (one?.id ?? '') < (other?.id ?? '') ? -1 : 1;
}

type Edges = ReadonlyMap<string, readonly WaitEdge[]>;

function rootOf(graph: BlockerGraph, node: BlockerNode, waitedBy: Edges): RootBlocker {
  const edges = edgesBehind([node.id], waitedBy);
  const own = node.turn?.weekdayHours ?? 0;
  const hours = longestByNode(edges);
  return {
    node,
    behind: nodesBehind(graph, [node.id], hours),
    waitedWeekdayHours: own + [...hours.values()].reduce((sum, value) => sum + value, 0),
    since: earliest([node.turn?.since ?? null, ...edges.map(({ since }) => since)]),
    evidence: evidenceOf([node.id, ...node.evidence], edges),
  };
}

function cycleOf(graph: BlockerGraph, ids: readonly string[], waitedBy: Edges): BlockerCycle {
  const edges = edgesBehind(ids, waitedBy);
  return {
    nodes: ids.flatMap((id) => graph.nodes.get(id) ?? []),
    behind: nodesBehind(graph, ids, longestByNode(edges)),
    since: earliest(edges.map(({ since }) => since)),
    evidence: evidenceOf(ids, edges),
  };
}

/** Every wait that ends, by however many steps, at one of these. */
function edgesBehind(ids: readonly string[], waitedBy: Edges): WaitEdge[] {
  const seen = new Set(ids);
  const left = [...ids];
  const edges: WaitEdge[] = [];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    for (const edge of waitedBy.get(id) ?? []) {
      edges.push(edge);
      if (seen.has(edge.from)) continue;
      seen.add(edge.from);
      left.push(edge.from);
    }
  }
  return edges;
}

function longestByNode(edges: readonly WaitEdge[]): Map<string, number> {
  const hours = new Map<string, number>();
  for (const { from, weekdayHours } of edges) {
    hours.set(from, Math.max(hours.get(from) ?? 0, weekdayHours ?? 0));
  }
  return hours;
}

function nodesBehind(
  { nodes }: BlockerGraph,
  own: readonly string[],
  hours: ReadonlyMap<string, number>,
): BlockerNode[] {
  return [...hours]
    .filter(([id]) => !own.includes(id))
    .toSorted(([one, long], [other, longer]) => longer - long || (one < other ? -1 : 1))
    .flatMap(([id]) => nodes.get(id) ?? []);
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : known.reduce((one, other) => Math.min(one, other));
}

function evidenceOf(own: readonly string[], edges: readonly WaitEdge[]): string[] {
  const ids = new Set(own);
  for (const edge of edges) for (const id of edge.evidence) ids.add(id);
  return [...ids].slice(0, mostEvidence);
}

interface Walk {
  index: Map<string, number>;
  low: Map<string, number>;
  stack: string[];
  onStack: Set<string>;
  found: string[][];
}

/** The circles of a graph by Tarjan's way, without recursion: a chain may be thousands long. */
function circles({ nodes, edges }: BlockerGraph, waitsFor: Edges): string[][] {
  const walk: Walk = {
    index: new Map(),
    low: new Map(),
    stack: [],
    onStack: new Set(),
    found: [],
  };
  for (const id of nodes.keys()) if (!walk.index.has(id)) walkFrom(id, waitsFor, walk);
  const waitsForItself = new Set(edges.filter(({ from, to }) => from === to).map(({ to }) => to));
  return walk.found
    .filter((ids) => ids.length > 1 || waitsForItself.has(ids[0] ?? ''))
    .map((ids) => ids.toSorted());
}

function walkFrom(start: string, waitsFor: Edges, walk: Walk): void {
  const path = [{ id: start, next: 0 }];
  enter(start, walk);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const edge = waitsFor.get(step.id)?.[step.next];
    step.next += 1;
    if (edge === undefined) {
      leave(step.id, walk);
      path.pop();
      const before = path.at(-1);
      if (before !== undefined) lower(before.id, walk.low.get(step.id) ?? 0, walk);
    } else if (!walk.index.has(edge.to)) {
      enter(edge.to, walk);
      path.push({ id: edge.to, next: 0 });
    } else if (walk.onStack.has(edge.to)) {
      lower(step.id, walk.index.get(edge.to) ?? 0, walk);
    }
  }
}

function enter(id: string, { index, low, stack, onStack }: Walk): void {
  const number = index.size;
  index.set(id, number);
  low.set(id, number);
  stack.push(id);
  onStack.add(id);
}

function lower(id: string, value: number, { low }: Walk): void {
  low.set(id, Math.min(low.get(id) ?? value, value));
}

function leave(id: string, { index, low, stack, onStack, found }: Walk): void {
  if (low.get(id) !== index.get(id)) return;
  const ids = stack.splice(stack.lastIndexOf(id));
  for (const own of ids) onStack.delete(own);
  found.push(ids);
}
