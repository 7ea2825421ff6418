import { describe, expect, it } from 'vitest';
import { repositorySubject, weekMs } from '../testing/delivery-subjects.ts';
import { judgeRule, now } from '../testing/judge-rule.ts';
import { busFactor } from './bus-factor.ts';

const written = (largestAuthorShare: number | null, fields = {}) =>
  repositorySubject({ largestAuthorShare, ...fields });

describe('bus factor', () => {
  it('is found where one person wrote four fifths, without saying who', () => {
    expect(judgeRule(busFactor, written(0.9))).toMatchObject({
      since: now - 13 * weekMs,
      keepsSince: true,
      sentence:
        'At least 80 % of the commits of the last thirteen weeks in shop come from one person.',
      facts: { commits: 120, authors: 5 },
      evidence: ['repository-1', 'commit-1'],
    });
  });

  it('is over below seven tenths', () => {
    expect(judgeRule(busFactor, written(0.7))).toBeNull();
    expect(judgeRule(busFactor, written(0.7), { isOpen: true })).not.toBeNull();
    expect(judgeRule(busFactor, written(0.6), { isOpen: true })).toBeNull();
  });

  it('leaves out what has only begun and what hardly changes', () => {
    expect(judgeRule(busFactor, written(1, { commitWeekCount: 2 }))).toBeNull();
    expect(judgeRule(busFactor, written(1, { commitCount: 12 }))).toBeNull();
  });

  it('cannot be told of a repository of four authors', () => {
    expect(judgeRule(busFactor, written(null))).toHaveProperty('unknown');
  });
});
