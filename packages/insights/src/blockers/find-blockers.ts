import type { BriefReader } from '../briefs/brief-reader.ts';
import { counted } from '../signals/counted.ts';
import { spokenWeekdays } from '../signals/spoken-weekdays.ts';
import { type BlockerGraph, buildBlockerGraph, type WaitEdge } from './blocker-graph.ts';
import { defaultLadder, escalate, type Escalation, type EscalationLadder } from './escalation.ts';
import { type BlockerCycle, orderBlockers, type RootBlocker } from './root-blockers.ts';

/** A root blocker in words, with what may be proposed because of it. */
export interface Blocker extends RootBlocker {
  sentence: string;
  escalation: Escalation;
}

export interface BlockerReport {
  /** Those first behind which most waits. */
  blockers: Blocker[];
  cycles: (BlockerCycle & { sentence: string })[];
  graph: BlockerGraph;
}

/** Returns what the work of a workspace waits for, from the subjects that its rules look at. */
export async function findBlockers(
  handle: { readonly signals: Pick<BriefReader['signals'], 'subjects'> },
  ladder: EscalationLadder = defaultLadder,
): Promise<BlockerReport> {
  const { signals } = handle;
  return blockersIn(
    buildBlockerGraph({
      workItems: await signals.subjects('work_item'),
      pullRequests: await signals.subjects('pull_request'),
      chatThreads: await signals.subjects('chat_thread'),
      pipelines: await signals.subjects('pipeline'),
    }),
    ladder,
  );
}

/** Returns the blockers of a graph in words. Pure. */
export function blockersIn(graph: BlockerGraph, ladder: EscalationLadder): BlockerReport {
  const { roots, cycles } = orderBlockers(graph);
  const waitedBy = Map.groupBy(graph.edges, ({ to }) => to);
  return {
    blockers: roots.map((root) => {
      const hours = longestWait(root, waitedBy.get(root.node.id) ?? []);
      return {
        ...root,
        sentence: sentenceOf(root, hours),
        escalation: escalate(root, hours, ladder),
      };
    }),
    cycles: cycles.map((cycle) => ({ ...cycle, sentence: circleSentence(cycle) })),
    graph,
  };
}

/** Of those that wait for it directly, and of itself where it waits for people. */
function longestWait({ node }: RootBlocker, edges: readonly WaitEdge[]): number {
  const own = node.turn === null || node.turn.kind === 'work' ? 0 : (node.turn.weekdayHours ?? 0);
  return edges.reduce((longest, { weekdayHours }) => Math.max(longest, weekdayHours ?? 0), own);
}

const turns = {
  work: 'is not done',
  review: 'waits for review',
  author: 'waits for its author',
  merge: 'waits to be merged',
  answer: 'waits for an answer',
  repair: 'fails on the main branch',
} as const;

function sentenceOf({ node, behind }: RootBlocker, hours: number): string {
  const what = node.turn === null ? 'is not ready' : turns[node.turn.kind];
  const since = node.turn?.kind === 'work' ? '' : ` (${spokenWeekdays(hours)})`;
  if (behind.length === 0) return `${node.key} ${what}${since}.`;
  const waiting = `${counted(behind.length, 'piece')} of work ${behind.length === 1 ? 'waits' : 'wait'}`;
  return `${waiting} behind ${node.key}, which ${what}${since}.`;
}

function circleSentence({ nodes, behind }: BlockerCycle): string {
  const names = nodes.slice(0, 5).map(({ key }) => key);
  const more = nodes.length > names.length ? ` and ${nodes.length - names.length} more` : '';
  const last = behind.length === 0 ? '' : `, and ${behind.length} more behind them`;
  const subject = nodes.length === 1 ? 'waits for itself' : 'wait for one another';
  return `${names.join(', ')}${more} ${subject}${last}: somebody has to say which comes first.`;
}
