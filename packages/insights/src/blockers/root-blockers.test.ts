import { seededRandom } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import type { BlockerGraph, BlockerNode, WaitEdge } from './blocker-graph.ts';
import { orderBlockers } from './root-blockers.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 18, 12);

function node(id: string, hours = 0, fields: Partial<BlockerNode> = {}): BlockerNode {
  return {
    id,
    kind: 'work_item',
    key: id.toUpperCase(),
    title: null,
    repository: null,
    teamId: null,
    turn: { kind: 'work', since: null, weekdayHours: hours, personIds: [] },
    evidence: [id],
    place: null,
    ...fields,
  };
}

/** A graph from lines such as `a b 5`: a has waited for b for five hours. */
function graphOf(lines: readonly string[], alone: readonly BlockerNode[] = []): BlockerGraph {
  const edges = lines.map((line): WaitEdge => {
    const [from = '', to = '', hours = '1'] = line.split(' ');
    return {
      from,
      to,
      why: 'blocked_by',
      since: start - Number(hours) * hourMs,
      weekdayHours: Number(hours),
      evidence: [from, to],
    };
  });
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = [...[...ids].map((id) => node(id)), ...alone];
  return { nodes: new Map(nodes.map((one) => [one.id, one])), edges };
}

const rootsOf = (graph: BlockerGraph) =>
  orderBlockers(graph).roots.map(({ node: { id }, behind }) => [
    id,
    behind.map((one) => one.id).join(''),
  ]);

describe('root blockers', () => {
  it('are what waits for nothing, those first behind which most waits', () => {
    expect(rootsOf(graphOf(['a b 2', 'b c 9', 'd c 5', 'e f 80']))).toEqual([
      ['c', 'bda'],
      ['f', 'e'],
    ]);
  });

  it('come by how long the wait is where as much waits behind them', () => {
    expect(rootsOf(graphOf(['a b 2', 'c d 9']))).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
  });

  it('count what waits on two ways once', () => {
    const { roots } = orderBlockers(graphOf(['a b 2', 'a c 3', 'b d 4', 'c d 5']));
    expect(roots).toHaveLength(1);
    expect(roots[0]).toMatchObject({ waitedWeekdayHours: 3 + 4 + 5, since: start - 5 * hourMs });
    expect(roots[0]?.evidence.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are also what waits for people alone', () => {
    const thread = node('t', 30, { kind: 'chat_thread' });
    expect(rootsOf(graphOf(['a b 2'], [thread]))).toEqual([
      ['b', 'a'],
      ['t', ''],
    ]);
  });
});

describe('circles', () => {
  it('are told with what waits behind them, and have no root', () => {
    const { roots, cycles } = orderBlockers(graphOf(['a b 2', 'b c 2', 'c a 2', 'd a 7', 'e e 1']));
    expect(roots).toEqual([]);
    expect(
      cycles.map(({ nodes, behind }) => [nodes.map(({ id }) => id), behind.map(({ id }) => id)]),
    ).toEqual([
      [['a', 'b', 'c'], ['d']],
      [['e'], []],
    ]);
  });

  it('that wait for something else stand behind it', () => {
    const { roots, cycles } = orderBlockers(graphOf(['a b 2', 'b a 2', 'b c 2']));
    expect(roots.map(({ node: { id }, behind }) => [id, behind.length])).toEqual([['c', 2]]);
    expect(cycles).toHaveLength(1);
  });

  it('do not stop a long chain', () => {
    const lines = Array.from({ length: 5_000 }, (_, step) => `n${step} n${step + 1} 1`);
    const { roots } = orderBlockers(graphOf(lines));
    expect(roots).toMatchObject([{ node: { id: 'n5000' } }]);
    expect(roots[0]?.behind).toHaveLength(5_000);
  });
});

describe('any graph', () => {
  const graphs = Array.from({ length: 200 }, (_, seed) => {
    const random = seededRandom(seed + 1);
    const size = 2 + Math.floor(random() * 12);
    const pick = () => `n${Math.floor(random() * size)}`;
    const lines = Array.from(
      { length: Math.floor(random() * size * 2) },
      () => `${pick()} ${pick()} ${Math.floor(random() * 50)}`,
    );
    return graphOf(lines, [node('alone', 3)]);
  });

  it('has roots that wait for nothing, and all of these', () => {
    for (const graph of graphs) {
      const waiting = new Set(graph.edges.map(({ from }) => from));
      const roots = orderBlockers(graph).roots.map(({ node: { id } }) => id);
      expect(roots.toSorted()).toEqual(
        [...graph.nodes.keys()].filter((id) => !waiting.has(id)).toSorted(),
      );
    }
  });

  it('loses no piece of work: each is a root, in a circle, or behind one of these', () => {
    for (const graph of graphs) {
      const { roots, cycles } = orderBlockers(graph);
      const told = new Set([
        ...roots.flatMap(({ node: own, behind }) => [own.id, ...behind.map(({ id }) => id)]),
        ...cycles.flatMap(({ nodes, behind }) => [...nodes, ...behind].map(({ id }) => id)),
      ]);
      expect([...told].toSorted()).toEqual([...graph.nodes.keys()].toSorted());
    }
  });

  it('is told in the same order whatever order it comes in', () => {
    for (const graph of graphs) {
      const turned = {
        nodes: new Map([...graph.nodes].toReversed()),
        edges: graph.edges.toReversed(),
      };
      expect(rootsOf(turned)).toEqual(rootsOf(graph));
    }
  });

  it('is never ordered by who it is that others wait for', () => {
    const named =
      (personIds: readonly string[]) =>
      (graph: BlockerGraph): BlockerGraph => ({
        ...graph,
        nodes: new Map(
          [...graph.nodes].map(([id, one], position) => [
            id,
            {
              ...one,
              turn:
                one.turn === null
                  ? null
                  : { ...one.turn, personIds: personIds.slice(position % 2) },
            },
          ]),
        ),
      });
    for (const graph of graphs) {
      expect(rootsOf(named(['ada', 'ben'])(graph))).toEqual(rootsOf(named(['zoe'])(graph)));
    }
  });
});
