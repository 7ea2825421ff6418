import type {
  ChatThreadSubject,
  PullRequestSubject,
  SignalSubjects,
  WorkItemSubject,
} from '@adjutant/core/domain';

type PipelineSubject = SignalSubjects['pipeline'];

/** Whose turn it is on a piece of work, and since when; of a review nobody knows whose. */
export interface Turn {
  kind: 'work' | 'review' | 'author' | 'merge' | 'answer' | 'repair';
  since: number | null;
  /** @unit weekday hours */
  weekdayHours: number | null;
  personIds: readonly string[];
}

/** A piece of work that waits, or that others wait for. */
export interface BlockerNode {
  id: string;
  kind: 'work_item' | 'pull_request' | 'chat_thread' | 'pipeline';
  key: string;
  /** Text from outside. */
  title: string | null;
  repository: string | null;
  teamId: string | null;
  turn: Turn | null;
  evidence: readonly string[];
  /** Where a thread can be answered. */
  place: { channel: string; threadTs: string } | null;
}

/** One piece of work waits for another. */
export interface WaitEdge {
  from: string;
  to: string;
  why: 'blocked_by' | 'pull_request' | 'main_branch';
  since: number | null;
  /** @unit weekday hours */
  weekdayHours: number | null;
  evidence: readonly string[];
}

export interface BlockerGraph {
  nodes: ReadonlyMap<string, BlockerNode>;
  edges: readonly WaitEdge[];
}

/** What the graph is made of. */
export interface BlockerSubjects {
  workItems: readonly WorkItemSubject[];
  pullRequests: readonly PullRequestSubject[];
  chatThreads: readonly ChatThreadSubject[];
  pipelines: readonly PipelineSubject[];
}

/**
 * Returns what waits for what: a work item for the items that block it and for its pull requests that
 * wait for review or to be merged, a pull request that could be merged for a main branch that fails.
 * What waits for people alone stands in it with whose turn it is. Pure.
 */
export function buildBlockerGraph(subjects: BlockerSubjects): BlockerGraph {
  const nodes = new Map<string, BlockerNode>();
  const known = knownNodes(subjects);
  const keep = (id: string): boolean => {
    const node = known.get(id);
    if (node !== undefined) nodes.set(id, node);
    return node !== undefined;
  };
  const edges = [
    ...subjects.workItems.flatMap(blockedByOthers),
    ...behindPullRequests(subjects),
    ...behindMain(subjects),
  ].filter(({ from, to }) => known.has(from) && known.has(to));
  for (const { from, to } of edges) {
    keep(from);
    keep(to);
  }
  for (const node of known.values()) if (waitsForPeople(node)) keep(node.id);
  return { nodes, edges };
}

function waitsForPeople({ turn }: BlockerNode): boolean {
  return turn !== null && turn.kind !== 'work' && turn.kind !== 'repair';
}

function knownNodes(subjects: BlockerSubjects): Map<string, BlockerNode> {
  const nodes = [
    ...subjects.workItems.map(itemNode),
    ...subjects.pullRequests.filter(({ state }) => state === 'open').map(requestNode),
    ...subjects.chatThreads.filter(isUnanswered).map(threadNode),
    ...subjects.pipelines.filter(isFailing).map(pipelineNode),
  ];
  return new Map(nodes.map((node) => [node.id, node]));
}

type Common = Pick<BlockerNode, 'id' | 'key' | 'title' | 'repository' | 'teamId' | 'evidence'>;

function commonOf({ id, key, title, repository, teamId, evidence }: Common): Common {
  return { id, key, title, repository, teamId, evidence };
}

function itemNode(item: WorkItemSubject): BlockerNode {
  const turn: Turn = {
    kind: 'work',
    since: item.statusSince,
    weekdayHours: item.idleWeekdayHours,
    personIds: item.assigneePersonId === null ? [] : [item.assigneePersonId],
  };
  return { ...commonOf(item), kind: 'work_item', turn, place: null };
}

function requestNode(request: PullRequestSubject): BlockerNode {
  const { waitingFor, waitingSince, waitingWeekdayHours, authorPersonId } = request;
  const isAuthors = waitingFor === 'author' || waitingFor === 'merge';
  const turn: Turn | null =
    waitingFor === 'nobody'
      ? null
      : {
          kind: waitingFor,
          since: waitingSince,
          weekdayHours: waitingWeekdayHours,
          personIds: isAuthors && authorPersonId !== null ? [authorPersonId] : [],
        };
  return { ...commonOf(request), kind: 'pull_request', turn, place: null };
}

/** A question to nobody in particular is one that anybody may leave to others. */
function isUnanswered(thread: ChatThreadSubject): boolean {
  const { isByBot, isMarkedDone, isAnswered, namesBlocker, asks, mentionCount } = thread;
  if (isByBot || isMarkedDone || isAnswered !== false) return false;
  return namesBlocker || (asks && (mentionCount ?? 0) > 0);
}

function threadNode(thread: ChatThreadSubject): BlockerNode {
  const { channelId, threadTs, startedAt, weekdayHours, mentionedPersonIds } = thread;
  return {
    ...commonOf(thread),
    kind: 'chat_thread',
    turn: { kind: 'answer', since: startedAt, weekdayHours, personIds: mentionedPersonIds },
    place: threadTs === null ? null : { channel: channelId, threadTs },
  };
}

function isFailing({ lastResult, failingSince }: PipelineSubject): boolean {
  return lastResult === 'failure' && failingSince !== null;
}

function pipelineNode(pipeline: PipelineSubject): BlockerNode {
  const { failingSince, failingHours } = pipeline;
  return {
    ...commonOf(pipeline),
    kind: 'pipeline',
    turn: { kind: 'repair', since: failingSince, weekdayHours: failingHours, personIds: [] },
    place: null,
  };
}

function blockedByOthers(item: WorkItemSubject): WaitEdge[] {
  return item.blockedByIds.map((to) => ({
    from: item.id,
    to,
    why: 'blocked_by',
    since: item.blockedSince,
    weekdayHours: item.blockedWeekdayHours,
    evidence: [item.id, to],
  }));
}

/** Where it is the author's turn, the work itself goes on. */
function behindPullRequests({ workItems, pullRequests }: BlockerSubjects): WaitEdge[] {
  const requests = new Map(pullRequests.map((request) => [request.id, request]));
  return workItems.flatMap((item) =>
    item.openPullRequestIds.flatMap((to): WaitEdge[] => {
      const request = requests.get(to);
      if (request?.waitingFor !== 'review' && request?.waitingFor !== 'merge') return [];
      const { waitingSince: since, waitingWeekdayHours: weekdayHours } = request;
      return [
        { from: item.id, to, why: 'pull_request', since, weekdayHours, evidence: [item.id, to] },
      ];
    }),
  );
}

function behindMain({ pullRequests, pipelines }: BlockerSubjects): WaitEdge[] {
  const failing = Map.groupBy(pipelines.filter(isFailing), ({ repository }) => repository);
  return pullRequests.flatMap((request) => {
    if (request.waitingFor !== 'merge' || request.isOnDefaultBranch === false) return [];
    if (request.repository === null) return [];
    return (failing.get(request.repository) ?? []).map((pipeline): WaitEdge => {
      const { failingSince, failingHours } = pipeline;
      return {
        from: request.id,
        to: pipeline.id,
        why: 'main_branch',
        since: Math.max(failingSince ?? 0, request.waitingSince ?? 0),
        weekdayHours:
          failingHours === null || request.waitingWeekdayHours === null
            ? null
            : Math.min(failingHours, request.waitingWeekdayHours),
        evidence: [request.id, pipeline.id],
      };
    });
  });
}
