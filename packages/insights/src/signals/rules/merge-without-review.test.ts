import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now, pullRequestSubject } from '../testing/judge-rule.ts';
import { mergeWithoutReview } from './merge-without-review.ts';

const merged = (fields = {}) =>
  pullRequestSubject({
    state: 'merged',
    mergedAt: now - 2 * hourMs,
    mergedHours: 2,
    waitingFor: 'nobody',
    mergedWithoutReview: true,
    hasOtherPeople: true,
    ...fields,
  });

describe('merged without review', () => {
  it('is found at once, and severe where it is large', () => {
    expect(judgeRule(mergeWithoutReview, merged())).toMatchObject({
      since: now - 2 * hourMs,
      severity: 'medium',
      sentence: 'shop#1 was merged without a review.',
    });
    expect(judgeRule(mergeWithoutReview, merged({ sizeLines: 401 }))).toMatchObject({
      severity: 'high',
    });
  });

  it('is over once somebody reviews it after all', () => {
    expect(judgeRule(mergeWithoutReview, merged({ reviewCount: 1 }), { isOpen: true })).toBeNull();
  });

  it('leaves out programs, reverts, releases, topic branches and whoever is alone', () => {
    for (const fields of [
      { mergedWithoutReview: false },
      { isByBot: true },
      { isDependencyUpdate: true },
      { isRevert: true },
      { isBranchSync: true },
      { isOnDefaultBranch: false },
      { hasOtherPeople: false },
      { state: 'open' },
    ]) {
      expect(judgeRule(mergeWithoutReview, merged(fields))).toBeNull();
    }
  });

  it('cannot be told where no source shows reviews', () => {
    const unknown = merged({ mergedWithoutReview: null });
    expect(judgeRule(mergeWithoutReview, unknown)).toHaveProperty('unknown');
  });
});
