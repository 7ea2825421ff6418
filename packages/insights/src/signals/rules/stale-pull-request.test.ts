import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now, pullRequestSubject, sentenceOf } from '../testing/judge-rule.ts';
import { stalePullRequest } from './stale-pull-request.ts';

const idle = (days: number) =>
  pullRequestSubject({ lastActivityAt: now - days * dayMs, idleHours: days * 24 });

describe('stale pull request', () => {
  it('is found after a week without an act of a person, and severe after three', () => {
    expect(judgeRule(stalePullRequest, idle(7))).toMatchObject({
      severity: 'medium',
      since: now - 7 * dayMs,
      sentence: 'Nobody has touched shop#1 for 7 days.',
    });
    expect(judgeRule(stalePullRequest, idle(21))).toMatchObject({ severity: 'high' });
  });

  it('is over once somebody touches it, and once it is merged', () => {
    expect(judgeRule(stalePullRequest, idle(6.9), { isOpen: true })).toBeNull();
    const merged = { ...idle(30), state: 'merged' as const };
    expect(judgeRule(stalePullRequest, merged, { isOpen: true })).toBeNull();
  });

  it('leaves out drafts and what programs opened', () => {
    expect(sentenceOf(judgeRule(stalePullRequest, { ...idle(30), isDraft: true }))).toBeNull();
    expect(sentenceOf(judgeRule(stalePullRequest, { ...idle(30), isByBot: true }))).toBeNull();
  });

  it('cannot be told where no act is known', () => {
    const unknown = pullRequestSubject({ lastActivityAt: null, idleHours: null });
    expect(judgeRule(stalePullRequest, unknown)).toHaveProperty('unknown');
  });
});
