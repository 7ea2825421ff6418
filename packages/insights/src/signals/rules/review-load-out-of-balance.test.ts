import { describe, expect, it } from 'vitest';
import { teamSubject, weekMs } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { reviewLoadOutOfBalance } from './review-load-out-of-balance.ts';

describe('review load out of balance', () => {
  it('is found where one of many is asked for most', () => {
    const team = teamSubject({ openReviewRequests: 12, largestReviewShare: 8 / 12 });
    expect(judgeRule(reviewLoadOutOfBalance, team)).toMatchObject({
      since: now - 3 * dayMs,
      severity: 'medium',
      sentence:
        'One of 8 reviewers of payments is asked for 8 of 12 reviews that nobody has given yet.',
    });
  });

  it('is found where one of many gave most, since the week in which that began', () => {
    const given = [3, 2, 8, 9, 8].map((largest, position) => ({
      start: now - (5 - position) * weekMs,
      given: 12,
      largest,
    }));
    const team = teamSubject({ reviewsGiven: 60, largestGivenShare: 0.5, givenWeeks: given });
    expect(judgeRule(reviewLoadOutOfBalance, team)).toMatchObject({
      since: now - 3 * weekMs,
      sentence: 'One of 8 reviewers of payments gave 30 of 60 reviews of the last weeks.',
    });
  });

  it('is over at less than two fifths', () => {
    const less = teamSubject({ reviewsGiven: 60, largestGivenShare: 0.45 });
    expect(judgeRule(reviewLoadOutOfBalance, less)).toBeNull();
    expect(judgeRule(reviewLoadOutOfBalance, less, { isOpen: true })).not.toBeNull();
    const over = teamSubject({ reviewsGiven: 60, largestGivenShare: 0.39 });
    expect(judgeRule(reviewLoadOutOfBalance, over, { isOpen: true })).toBeNull();
  });

  it('leaves out what chance makes of a few, and cannot be told of a small team', () => {
    const few = teamSubject({
      reviewerCount: 5,
      openReviewRequests: 8,
      largestReviewShare: 0.5,
      reviewsGiven: 10,
      largestGivenShare: 0.6,
    });
    expect(judgeRule(reviewLoadOutOfBalance, few)).toBeNull();
    const small = teamSubject({
      reviewerCount: 4,
      largestReviewShare: null,
      largestGivenShare: null,
    });
    expect(judgeRule(reviewLoadOutOfBalance, small)).toHaveProperty('unknown');
  });
});
