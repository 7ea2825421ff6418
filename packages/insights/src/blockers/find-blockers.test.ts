import type { SignalSubjects } from '@adjutant/core/domain';
import { pipelineSubject } from '../signals/testing/delivery-subjects.ts';
import { describe, expect, it } from 'vitest';
import { hourMs, now, pullRequestSubject } from '../signals/testing/judge-rule.ts';
import { chatThreadSubject, workItemSubject } from '../signals/testing/work-subjects.ts';
import { type BlockerSubjects, buildBlockerGraph } from './blocker-graph.ts';
import { defaultLadder, escalationLadderSchema } from './escalation.ts';
import { blockersIn } from './find-blockers.ts';

const pipeline = (fields: Partial<SignalSubjects['pipeline']> = {}) =>
  pipelineSubject({
    id: 'pipeline-1',
    key: 'acme/shop build',
    repository: 'acme/shop',
    evidence: ['pipeline-1'],
    lastResult: 'failure',
    failingSince: now - 5 * hourMs,
    failingHours: 5,
    failuresInRow: 2,
    ...fields,
  });
const item = (number: number, fields = {}) =>
  workItemSubject({
    id: `item-${number}`,
    key: `PAY-${number}`,
    evidence: [`item-${number}`],
    ...fields,
  });
const blockedBy = (...numbers: number[]) => ({
  blockedByIds: numbers.map((number) => `item-${number}`),
  blockedByKeys: numbers.map((number) => `PAY-${number}`),
  blockedSince: now - 30 * hourMs,
  blockedWeekdayHours: 30,
});
const request = (fields = {}) =>
  pullRequestSubject({
    key: 'acme/shop#1',
    repository: 'acme/shop',
    waitingSince: now - 80 * hourMs,
    waitingWeekdayHours: 80,
    ...fields,
  });
const find = (subjects: Partial<BlockerSubjects>, ladder = defaultLadder) =>
  blockersIn(
    buildBlockerGraph({
      workItems: [],
      pullRequests: [],
      chatThreads: [],
      pipelines: [],
      ...subjects,
    }),
    ladder,
  );

describe('blockers', () => {
  it('lead from items through their pull request to whose turn it is there', () => {
    const { blockers, graph } = find({
      workItems: [
        item(1, blockedBy(2)),
        item(2, { openPullRequestIds: ['request-1'], openPullRequestCount: 1 }),
        item(3),
      ],
      pullRequests: [request()],
    });
    expect(graph.edges.map(({ from, to, why }) => `${from} ${why} ${to}`)).toEqual([
      'item-1 blocked_by item-2',
      'item-2 pull_request request-1',
    ]);
    expect(blockers.map(({ sentence }) => sentence)).toEqual([
      '2 pieces of work wait behind acme/shop#1, which waits for review (3 days).',
    ]);
    expect(blockers[0]?.evidence.toSorted()).toEqual(['item-1', 'item-2', 'request-1']);
  });

  it('are a main branch that fails, for what could be merged and for nothing else', () => {
    const { blockers } = find({
      pullRequests: [
        request({ id: 'request-1', waitingFor: 'merge' }),
        request({ id: 'request-2', waitingFor: 'merge', isOnDefaultBranch: false }),
        request({ id: 'request-3', waitingFor: 'merge', repository: 'acme/web' }),
        request({ id: 'request-4', waitingFor: 'author' }),
      ],
      pipelines: [pipeline()],
    });
    expect(blockers[0]).toMatchObject({
      node: { id: 'pipeline-1', turn: { kind: 'repair' } },
      behind: [{ id: 'request-1' }],
      sentence:
        '1 piece of work waits behind acme/shop build, which fails on the main branch (5 hours).',
    });
    expect(blockers.map(({ node }) => node.id).toSorted()).toEqual([
      'pipeline-1',
      'request-2',
      'request-3',
      'request-4',
    ]);
    expect(find({ pipelines: [pipeline({ lastResult: 'success' })] }).blockers).toEqual([]);
  });

  it('are threads that ask people without an answer', () => {
    const thread = (fields = {}) =>
      chatThreadSubject({ mentionCount: 1, mentionedPersonIds: ['person-2'], ...fields });
    const { blockers } = find({
      chatThreads: [
        thread({ weekdayHours: 30 }),
        thread({ id: 'answered', isAnswered: true }),
        thread({ id: 'unknown', isAnswered: null }),
        thread({ id: 'done', isMarkedDone: true }),
        thread({ id: 'bot', isByBot: true }),
        thread({ id: 'nobody', mentionCount: 0 }),
      ],
    });
    expect(blockers).toMatchObject([
      {
        node: { id: 'thread-1', turn: { kind: 'answer', personIds: ['person-2'] } },
        sentence: '#pay 2026-11-18 11:00 waits for an answer (30 hours).',
        escalation: { step: 1, proposals: [{ type: 'message.post' }] },
      },
    ]);
  });

  it('tell a circle', () => {
    const { blockers, cycles } = find({
      workItems: [item(1, blockedBy(2)), item(2, blockedBy(1)), item(3, blockedBy(1))],
    });
    expect(blockers).toEqual([]);
    expect(cycles.map(({ sentence }) => sentence)).toEqual([
      'PAY-1, PAY-2 wait for one another, and 1 more behind them: somebody has to say which comes first.',
    ]);
  });

  it('leave out drafts and what an unread item blocks', () => {
    const { graph } = find({
      workItems: [item(1, { ...blockedBy(9), openPullRequestIds: ['request-1'] })],
      pullRequests: [request({ isDraft: true, waitingFor: 'nobody', waitingSince: null })],
    });
    expect(graph.nodes.size).toBe(0);
  });
});

describe('the ladder', () => {
  const blocked = (hours: number, ladder = defaultLadder) =>
    find(
      {
        workItems: [item(1, { ...blockedBy(2), blockedWeekdayHours: hours }), item(2)],
      },
      ladder,
    ).blockers[0]?.escalation;

  it('suggests nothing before its first step, and one thing on each', () => {
    expect(blocked(23)).toEqual({ step: 0, nextAfterWeekdayHours: 24, proposals: [] });
    expect(blocked(24)).toMatchObject({
      step: 1,
      nextAfterWeekdayHours: 72,
      proposals: [{ type: 'issue.comment', payload: { issue: 'PAY-2' } }],
    });
    const last = blocked(72);
    expect(last).toMatchObject({ step: 2, nextAfterWeekdayHours: null });
    expect(last?.proposals[0]?.payload['body']).toContain('Behind it waits PAY-1.');
  });

  it('posts only where a policy names the channel', () => {
    const ladder = escalationLadderSchema.parse({
      steps: [{ afterWeekdayHours: 8, suggestion: { kind: 'post', channel: 'C0LEADS' } }],
    });
    expect(blocked(9, ladder)?.proposals).toMatchObject([
      { type: 'message.post', payload: { channel: 'C0LEADS' } },
    ]);
  });

  it.each([
    { steps: [] },
    { steps: [{ afterWeekdayHours: 0, suggestion: { kind: 'ask' } }] },
    { steps: [{ afterWeekdayHours: 8, suggestion: { kind: 'shout' } }] },
    {
      steps: [
        { afterWeekdayHours: 8, suggestion: { kind: 'ask' } },
        { afterWeekdayHours: 8, suggestion: { kind: 'ask' } },
      ],
    },
  ])('is refused as %j', (ladder) => {
    expect(escalationLadderSchema.safeParse(ladder).success).toBe(false);
  });
});
