import { describe, expect, it } from 'vitest';
import { deploymentTargetSubject } from '../testing/delivery-subjects.ts';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { deploymentFailing } from './deployment-failing.ts';

const failing = (hours: number, failuresInRow: number, fields = {}) =>
  deploymentTargetSubject({
    lastResult: 'failure',
    failingSince: now - hours * hourMs,
    failingHours: hours,
    failuresInRow,
    ...fields,
  });

describe('deployment failing', () => {
  it('is found at the second failure in a row, and in production after an hour', () => {
    const staging = { isProduction: false, key: 'shop staging' };
    expect(judgeRule(deploymentFailing, failing(0.5, 2, staging))).toMatchObject({
      since: now - hourMs / 2,
      severity: 'medium',
      sentence: 'Deployments to shop staging fail: the last 2.',
    });
    expect(judgeRule(deploymentFailing, failing(5, 1))).toMatchObject({
      severity: 'high',
      sentence: 'Deployments to shop production fail: the last one, for 5 hours.',
    });
  });

  it('is over with the next one that comes through, and not while that is under way', () => {
    expect(judgeRule(deploymentFailing, deploymentTargetSubject(), { isOpen: true })).toBeNull();
    const retried = failing(5, 1, { lastResult: 'running' });
    expect(judgeRule(deploymentFailing, retried, { isOpen: true })).not.toBeNull();
    expect(judgeRule(deploymentFailing, retried)).toBeNull();
  });

  it('leaves out a single failure elsewhere, and what is made for one change', () => {
    expect(judgeRule(deploymentFailing, failing(50, 1, { isProduction: false }))).toBeNull();
    expect(judgeRule(deploymentFailing, failing(0.5, 1))).toBeNull();
    expect(judgeRule(deploymentFailing, failing(50, 6, { isTemporary: true }))).toBeNull();
  });
});
