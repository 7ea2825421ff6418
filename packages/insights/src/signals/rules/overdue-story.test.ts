import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { overdueStory } from './overdue-story.ts';

const late = (overdueDays: number, fields = {}) =>
  workItemSubject({
    dueDay: '2026-11-17',
    overdueDays,
    overdueSince: overdueDays < 1 ? null : now - overdueDays * dayMs,
    ...fields,
  });

describe('overdue story', () => {
  it('is found from the day after its due day on, and severe after a week', () => {
    expect(judgeRule(overdueStory, late(1))).toMatchObject({
      severity: 'medium',
      since: now - dayMs,
      sentence: 'PAY-1 was due on 2026-11-17, 1 day ago, and is not done.',
    });
    expect(judgeRule(overdueStory, late(7))).toMatchObject({ severity: 'high' });
    expect(judgeRule(overdueStory, late(1, { statusCategory: 'unknown' }))).not.toBeNull();
  });

  it('is over once the day is moved', () => {
    expect(judgeRule(overdueStory, late(-5), { isOpen: true })).toBeNull();
    expect(judgeRule(overdueStory, workItemSubject(), { isOpen: true })).toBeNull();
  });

  it.each([
    ['is due today', late(0)],
    ['was done by its day and taken up again', late(3, { metDueDay: true })],
    ['is an epic', late(3, { kind: 'epic' })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(overdueStory, subject)).toBeNull();
  });
});
