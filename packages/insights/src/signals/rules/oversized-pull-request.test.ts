import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now, pullRequestSubject } from '../testing/judge-rule.ts';
import { oversizedPullRequest } from './oversized-pull-request.ts';

const sized = (sizeLines: number | null, fields = {}) =>
  pullRequestSubject({ sizeLines, ...fields });

describe('oversized pull request', () => {
  it('is found beyond 800 lines, and severe beyond 2000', () => {
    expect(judgeRule(oversizedPullRequest, sized(801))).toMatchObject({
      since: now - 4 * hourMs,
      severity: 'medium',
      sentence: 'shop#1 changes 801 lines, more than a review can take in.',
    });
    expect(judgeRule(oversizedPullRequest, sized(2001))).toMatchObject({ severity: 'high' });
  });

  it('is over when it has become clearly smaller, not when a few lines are gone', () => {
    expect(judgeRule(oversizedPullRequest, sized(790), { isOpen: true })).not.toBeNull();
    expect(judgeRule(oversizedPullRequest, sized(640), { isOpen: true })).toBeNull();
    const merged = sized(3000, { state: 'merged' });
    expect(judgeRule(oversizedPullRequest, merged, { isOpen: true })).toBeNull();
  });

  it('leaves out what nobody wrote as a change, and drafts', () => {
    expect(judgeRule(oversizedPullRequest, sized(800))).toBeNull();
    for (const fields of [
      { isDraft: true },
      { isOnHold: true },
      { isByBot: true },
      { isRevert: true },
      { isBranchSync: true },
      { isDependencyUpdate: true },
    ]) {
      expect(judgeRule(oversizedPullRequest, sized(3000, fields))).toBeNull();
    }
  });

  it('cannot be told where no size is shown', () => {
    expect(judgeRule(oversizedPullRequest, sized(null))).toHaveProperty('unknown');
  });
});
