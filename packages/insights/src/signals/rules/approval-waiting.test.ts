import { describe, expect, it } from 'vitest';
import { actionSubject } from '../testing/delivery-subjects.ts';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { approvalWaiting } from './approval-waiting.ts';

const waited = (waitedShare: number | null, fields = {}) =>
  actionSubject({ waitingSince: now - 12 * hourMs, waitedShare, ...fields });

describe('approval waiting', () => {
  it('is found at half of its time, and severe near the end or where it can do harm', () => {
    expect(judgeRule(approvalWaiting, waited(0.5))).toMatchObject({
      since: now - 12 * hourMs,
      severity: 'medium',
      sentence: 'pr.comment abc123 waits for a decision, and half of its time is over.',
    });
    expect(judgeRule(approvalWaiting, waited(0.92))).toMatchObject({
      severity: 'high',
      sentence: 'pr.comment abc123 waits for a decision, and 9 tenths of its time is over.',
    });
    expect(judgeRule(approvalWaiting, waited(0.5, { risk: 'high' }))).toMatchObject({
      severity: 'high',
    });
  });

  it('is over once it is decided', () => {
    const decided = waited(0.9, { status: 'approved' });
    expect(judgeRule(approvalWaiting, decided, { isOpen: true })).toBeNull();
  });

  it('is not one that was just proposed, and not told without an end', () => {
    expect(judgeRule(approvalWaiting, waited(0.49))).toBeNull();
    expect(judgeRule(approvalWaiting, waited(null))).toHaveProperty('unknown');
  });
});
