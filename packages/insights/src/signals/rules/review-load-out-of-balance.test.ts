import { describe, expect, it } from 'vitest';
import { teamSubject, weekMs } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { reviewLoadOutOfBalance } from './review-load-out-of-balance.ts';

describe('review load out of balance', () => {
  it('is found where one of many is asked for most', () => {
    const team = teamSubject({ openReviewRequests: 12, largestReviewShare: 0.6 });
    expect(judgeRule(reviewLoadOutOfBalance, team)).toMatchObject({
      since: now - 3 * dayMs,
      severity: 'medium',
      sentence:
        'One of 8 reviewers of payments is asked for at least 50 % of 12 reviews that nobody has given yet.',
      facts: { reviewers: 8, reviews: 12 },
    });
  });

  it('is found where one of many gave most, since the week in which that began', () => {
    const team = teamSubject({
      reviewsGiven: 60,
      largestGivenShare: 0.5,
      largestGivenSince: now - 3 * weekMs,
    });
    expect(judgeRule(reviewLoadOutOfBalance, team)).toMatchObject({
      since: now - 3 * weekMs,
      sentence:
        'One of 8 reviewers of payments gave at least 50 % of 60 reviews of the last weeks.',
      facts: { reviewers: 8, reviews: 60 },
    });
  });

  it('is over at less than two fifths', () => {
    const less = teamSubject({ reviewsGiven: 60, largestGivenShare: 0.4 });
    expect(judgeRule(reviewLoadOutOfBalance, less)).toBeNull();
    expect(judgeRule(reviewLoadOutOfBalance, less, { isOpen: true })).toMatchObject({
      sentence:
        'One of 8 reviewers of payments gave at least 40 % of 60 reviews of the last weeks.',
    });
    const over = teamSubject({ reviewsGiven: 60, largestGivenShare: 0.3 });
    expect(judgeRule(reviewLoadOutOfBalance, over, { isOpen: true })).toBeNull();
  });

  it('says the same of the largest share, however large it is', () => {
    const sentences = [0.5, 0.6, 0.7, 0.8, 0.9].map((largestGivenShare) => {
      const found = judgeRule(
        reviewLoadOutOfBalance,
        teamSubject({ reviewsGiven: 60, largestGivenShare }),
      );
      return JSON.stringify(found, ['sentence', 'facts', 'reviewers', 'reviews', 'largest']);
    });
    expect(new Set(sentences).size).toBe(1);
    expect(sentences[0]).toContain('at least 50 %');
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
