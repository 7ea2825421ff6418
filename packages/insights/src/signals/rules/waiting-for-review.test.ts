import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now, pullRequestSubject } from '../testing/judge-rule.ts';
import { waitingForReview } from './waiting-for-review.ts';

const waiting = (weekdayHours: number, fields = {}) =>
  pullRequestSubject({
    waitingSince: now - weekdayHours * hourMs,
    waitingWeekdayHours: weekdayHours,
    ...fields,
  });

describe('waiting for review', () => {
  it('is found after a weekday without an answer, and severe after three', () => {
    expect(judgeRule(waitingForReview, waiting(26))).toMatchObject({
      since: now - 26 * hourMs,
      severity: 'medium',
      sentence: 'shop#1 has been waiting for a review for 26 weekday hours.',
    });
    expect(judgeRule(waitingForReview, waiting(72))).toMatchObject({
      severity: 'high',
      sentence: 'shop#1 has been waiting for a review for 3 weekdays.',
    });
  });

  it('is over once somebody answers, and once it is merged', () => {
    const answered = waiting(90, { waitingFor: 'author' });
    expect(judgeRule(waitingForReview, answered, { isOpen: true })).toBeNull();
    const merged = waiting(90, { state: 'merged', waitingFor: 'nobody' });
    expect(judgeRule(waitingForReview, merged, { isOpen: true })).toBeNull();
  });

  it('leaves out a weekend, drafts, programs, what is on hold and releases', () => {
    const overWeekend = { waitingSince: now - 70 * hourMs, waitingWeekdayHours: 22 };
    expect(judgeRule(waitingForReview, pullRequestSubject(overWeekend))).toBeNull();
    for (const fields of [
      { isDraft: true, waitingFor: 'nobody' },
      { isByBot: true },
      { isOnHold: true },
      { isBranchSync: true },
    ]) {
      expect(judgeRule(waitingForReview, waiting(90, fields))).toBeNull();
    }
  });

  it('cannot be told where nobody knows since when it is ready', () => {
    const unknown = waiting(90, { waitingSince: null, waitingWeekdayHours: null });
    expect(judgeRule(waitingForReview, unknown)).toHaveProperty('unknown');
  });
});
