import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { repeatedCarryOver } from './repeated-carry-over.ts';

const carried = (sprintCount: number, fields = {}) =>
  workItemSubject({
    sprintCount,
    sprintsSince: Array.from(
      { length: sprintCount },
      (_, sprint) => now - (sprintCount - sprint) * 14 * dayMs,
    ),
    ...fields,
  });

describe('repeated carry-over', () => {
  it('is found in the third sprint, since that one, and severe in the fifth', () => {
    expect(judgeRule(repeatedCarryOver, carried(3))).toMatchObject({
      severity: 'medium',
      since: now - 14 * dayMs,
      sentence: 'PAY-1 is in its 3rd sprint and is not done.',
    });
    expect(judgeRule(repeatedCarryOver, carried(5))).toMatchObject({
      severity: 'high',
      since: now - 42 * dayMs,
    });
  });

  it('stays between two sprints, and is over in a backlog', () => {
    const between = carried(2, { isInActiveSprint: false, isPlanned: true });
    expect(judgeRule(repeatedCarryOver, between, { isOpen: true })).not.toBeNull();
    expect(judgeRule(repeatedCarryOver, between)).toBeNull();
    const shelved = carried(3, { isInActiveSprint: false, isPlanned: false });
    expect(judgeRule(repeatedCarryOver, shelved, { isOpen: true })).toBeNull();
  });

  it.each([
    ['was carried over once', carried(2)],
    ['is an epic', carried(4, { kind: 'epic' })],
    ['is a subtask', carried(4, { kind: 'subtask' })],
    ['is on a board without sprints', carried(0, { isInActiveSprint: false, isPlanned: false })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(repeatedCarryOver, subject)).toBeNull();
  });

  it('cannot be told where changes of sprints are not recorded', () => {
    const unknown = carried(0, { sprintCount: null });
    expect(judgeRule(repeatedCarryOver, unknown)).toHaveProperty('unknown');
  });

  it('proposes to ask why, by how often it was carried over', () => {
    const [proposal] = repeatedCarryOver.suggest(carried(3), {
      now,
      isOpen: true,
      timeZone: 'UTC',
    });
    expect(proposal?.payload['body']).toContain('carried over 2 times');
  });
});
