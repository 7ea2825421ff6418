import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { sprintSubject } from '../testing/work-subjects.ts';
import { sprintOverCommitted } from './sprint-over-committed.ts';

const planned = (plannedPoints: number, fields = {}) =>
  sprintSubject({ plannedPoints, commitmentRatio: plannedPoints / 30, ...fields });

describe('over-committed sprint', () => {
  it('is found above 1.2 times what the last sprints completed', () => {
    expect(judgeRule(sprintOverCommitted, planned(37))).toMatchObject({
      severity: 'medium',
      since: now - 3 * dayMs,
      sentence:
        'Sprint 7 was planned with 37 points; of the last 5 sprints the middle one completed 30.',
    });
    expect(judgeRule(sprintOverCommitted, planned(60))).toMatchObject({ severity: 'high' });
  });

  it('speaks of items where there are no points', () => {
    const items = sprintSubject({
      plannedItems: 14,
      removedItems: 1,
      plannedPoints: null,
      medianPoints: null,
      commitmentRatio: 1.3,
    });
    expect(judgeRule(sprintOverCommitted, items)).toMatchObject({
      facts: { planned: 13, median: 10, unit: 'items' },
    });
  });

  it('is over below 1.1 times, so that one item does not open and close it', () => {
    expect(judgeRule(sprintOverCommitted, planned(34), { isOpen: true })).not.toBeNull();
    expect(judgeRule(sprintOverCommitted, planned(33), { isOpen: true })).toBeNull();
  });

  it.each([
    ['holds a little more than usual', planned(36)],
    [
      'is small and holds one item more',
      sprintSubject({
        plannedItems: 5,
        medianItems: 4,
        plannedPoints: null,
        medianPoints: null,
        commitmentRatio: 1.25,
      }),
    ],
    ['is in its first day', planned(90, { startedAt: now - 23 * hourMs })],
    ['was added to later', planned(30, { addedItems: 9, addedShare: 0.9 })],
  ])('leaves out a sprint that %s', (_what, subject) => {
    expect(judgeRule(sprintOverCommitted, subject)).toBeNull();
  });

  it.each([
    { commitmentRatio: null, closedSprints: 2 },
    { plannedItems: null },
    { startedAt: null },
  ])('cannot be told with %j', (fields) => {
    expect(judgeRule(sprintOverCommitted, sprintSubject(fields))).toHaveProperty('unknown');
  });
});
