import { describe, expect, it } from 'vitest';
import { pipelineJobSubject } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { flakyTestCluster } from './flaky-test-cluster.ts';

const flaky = (flakyCommitCount: number, flakyDayCount: number) =>
  pipelineJobSubject({ flakyCommitCount, flakyDayCount, firstFlakyAt: now - 6 * dayMs });

describe('flaky tests', () => {
  it('are found on the third commit with both results, and severe from the eighth on', () => {
    expect(judgeRule(flakyTestCluster, flaky(3, 2))).toMatchObject({
      since: now - 6 * dayMs,
      severity: 'medium',
      sentence:
        'shop build / test both failed and passed on 3 of the 60 commits of the last fourteen days.',
    });
    expect(judgeRule(flakyTestCluster, flaky(8, 5))).toMatchObject({ severity: 'high' });
  });

  it('keep the day on which they began, while the fourteen days go on', () => {
    expect(judgeRule(flakyTestCluster, flaky(3, 2))).toMatchObject({ keepsSince: true });
  });

  it('count no further than rows are named', () => {
    const many = pipelineJobSubject({
      commitCount: 1_900,
      flakyCommitCount: 12,
      flakyDayCount: 6,
      firstFlakyAt: now,
    });
    expect(judgeRule(flakyTestCluster, many)).toMatchObject({
      sentence:
        'shop build / test both failed and passed on 12 of the more than 400 commits of the last fourteen days.',
    });
  });

  it('are over when one such commit is left', () => {
    expect(judgeRule(flakyTestCluster, flaky(2, 2), { isOpen: true })).not.toBeNull();
    expect(judgeRule(flakyTestCluster, flaky(1, 1), { isOpen: true })).toBeNull();
  });

  it('are neither a single run that was started again nor one bad day', () => {
    expect(judgeRule(flakyTestCluster, flaky(1, 1))).toBeNull();
    expect(judgeRule(flakyTestCluster, flaky(6, 1))).toBeNull();
  });
});
