import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { startedWithoutProgress } from './started-without-progress.ts';

const idle = (hours: number, inProgressHours: number, fields = {}) =>
  workItemSubject({
    startedAt: now - inProgressHours * hourMs,
    inProgressHours,
    lastProgressAt: now - hours * hourMs,
    idleWeekdayHours: hours,
    ...fields,
  });

describe('started without progress', () => {
  it('is found past what is expected and without an act for two weekdays', () => {
    expect(judgeRule(startedWithoutProgress, idle(49, 240))).toMatchObject({
      since: now - 49 * hourMs,
      sentence:
        'PAY-1 has been in progress for 10 days, where 85 % of what its project finished lately took 4 days at most, and nothing has happened with it for 2 days.',
      evidence: ['item-1', 'done-1'],
    });
  });

  it('is over once something happens with it', () => {
    expect(judgeRule(startedWithoutProgress, idle(1, 240), { isOpen: true })).toBeNull();
  });

  it('stays where the expectation moves a little, so that it does not open and close', () => {
    expect(judgeRule(startedWithoutProgress, idle(60, 90), { isOpen: true })).not.toBeNull();
    expect(judgeRule(startedWithoutProgress, idle(60, 76), { isOpen: true })).toBeNull();
  });

  it.each([
    ['was begun lately', idle(60, 90)],
    ['moves by its pull request', idle(20, 240)],
    ['is blocked', idle(60, 240, { isFlagged: true })],
    ['waits for others', idle(60, 240, { blockedByKeys: ['PAY-2'] })],
    ['is not begun', idle(60, 240, { statusCategory: 'to_do' })],
    ['is an epic', idle(60, 240, { kind: 'epic' })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(startedWithoutProgress, subject)).toBeNull();
  });

  it('cannot be told where too little was finished', () => {
    const unknown = idle(60, 240, { expectedHours: null });
    expect(judgeRule(startedWithoutProgress, unknown)).toHaveProperty('unknown');
  });
});
