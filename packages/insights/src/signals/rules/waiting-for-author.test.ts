import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now, pullRequestSubject } from '../testing/judge-rule.ts';
import { waitingForAuthor } from './waiting-for-author.ts';

const waiting = (weekdayHours: number, fields = {}) =>
  pullRequestSubject({
    waitingFor: 'author',
    waitingSince: now - weekdayHours * hourMs,
    waitingWeekdayHours: weekdayHours,
    ...fields,
  });

describe('waiting for author', () => {
  it('is found after three weekdays without an answer, and severe after ten', () => {
    expect(judgeRule(waitingForAuthor, waiting(72))).toMatchObject({
      since: now - 72 * hourMs,
      severity: 'medium',
      sentence: 'shop#1 has been waiting for its author for 3 weekdays.',
    });
    expect(judgeRule(waitingForAuthor, waiting(240))).toMatchObject({ severity: 'high' });
  });

  it('is over once the author pushes, and once it is closed', () => {
    const pushed = waiting(90, { waitingFor: 'review' });
    expect(judgeRule(waitingForAuthor, pushed, { isOpen: true })).toBeNull();
    const merged = waiting(90, { state: 'merged', waitingFor: 'nobody' });
    expect(judgeRule(waitingForAuthor, merged, { isOpen: true })).toBeNull();
  });

  it('leaves out what was asked two days ago, programs and what is on hold', () => {
    expect(judgeRule(waitingForAuthor, waiting(71))).toBeNull();
    for (const fields of [{ isByBot: true }, { isOnHold: true }, { waitingFor: 'merge' }]) {
      expect(judgeRule(waitingForAuthor, waiting(90, fields))).toBeNull();
    }
  });
});
