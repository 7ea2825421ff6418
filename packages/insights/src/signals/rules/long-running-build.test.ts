import { describe, expect, it } from 'vitest';
import { pipelineSubject, weekMs } from '../testing/delivery-subjects.ts';
import { judgeRule, now } from '../testing/judge-rule.ts';
import { longRunningBuild } from './long-running-build.ts';

const weeks = (...values: (number | null)[]) =>
  values.map((value, position) => ({
    start: now - (values.length - position) * weekMs,
    value,
    sampleSize: 20,
  }));

describe('long-running build', () => {
  it('is found beyond half an hour, since the week in which it became so', () => {
    const slow = pipelineSubject({
      medianMinutes: 34.4,
      earlierMedianMinutes: 33,
      weeks: weeks(12, null, 32, 35, 34),
    });
    expect(judgeRule(longRunningBuild, slow)).toMatchObject({
      since: now - 3 * weekMs,
      severity: 'medium',
      sentence: 'shop build takes 34 minutes.',
    });
  });

  it('is found where it takes half as long again as before', () => {
    const slower = pipelineSubject({
      medianMinutes: 18,
      earlierMedianMinutes: 10,
      weeks: weeks(10, 10, 11, 10, 18),
    });
    expect(judgeRule(longRunningBuild, slower)).toMatchObject({
      since: now - weekMs,
      sentence: 'shop build takes 18 minutes, 10 in the four weeks before.',
    });
  });

  it('is over only once it is clearly shorter', () => {
    const still = pipelineSubject({ medianMinutes: 26, earlierMedianMinutes: 32 });
    expect(judgeRule(longRunningBuild, still)).toBeNull();
    expect(judgeRule(longRunningBuild, still, { isOpen: true })).not.toBeNull();
    const over = pipelineSubject({ medianMinutes: 20, earlierMedianMinutes: 30 });
    expect(judgeRule(longRunningBuild, over, { isOpen: true })).toBeNull();
  });

  it('is told of successful runs alone, and stays as it is in a week with few of them', () => {
    const few = { medianMinutes: 50, earlierMedianMinutes: null, runCount: 60, timedRunCount: 4 };
    expect(judgeRule(longRunningBuild, pipelineSubject(few))).toBeNull();
    const open = { ...few, medianMinutes: 9, timedRunCount: 2 };
    expect(judgeRule(longRunningBuild, pipelineSubject(open), { isOpen: true })).toHaveProperty(
      'unknown',
    );
  });

  it('leaves out few runs, and growth of little', () => {
    const few = pipelineSubject({
      medianMinutes: 50,
      earlierMedianMinutes: null,
      timedRunCount: 3,
    });
    expect(judgeRule(longRunningBuild, few)).toBeNull();
    const little = pipelineSubject({ medianMinutes: 6, earlierMedianMinutes: 3 });
    expect(judgeRule(longRunningBuild, little)).toBeNull();
    const thin = { medianMinutes: 18, earlierMedianMinutes: 10, earlierRunCount: 6 };
    expect(judgeRule(longRunningBuild, pipelineSubject(thin))).toBeNull();
  });

  it('cannot be told in a week without a successful run', () => {
    const unknown = pipelineSubject({ medianMinutes: null });
    expect(judgeRule(longRunningBuild, unknown)).toHaveProperty('unknown');
  });
});
