import { describe, expect, it } from 'vitest';
import { workspaceSubject } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { identityUnresolved } from './identity-unresolved.ts';

const unmatched = (unmatchedPeople: number | null, codePeople = 30, activePeople = 50) =>
  workspaceSubject({ unmatchedPeople, codePeople, activePeople, unmatchedSince: now - 9 * dayMs });

describe('people known to one source alone', () => {
  it('are found where a tenth of those at work may be known twice', () => {
    expect(judgeRule(identityUnresolved, unmatched(3))).toMatchObject({
      since: now - 9 * dayMs,
      severity: 'low',
      sentence:
        'Of 30 people at work lately whom sources of code know, 3 may be known to others by another name: as many are known there alone, and here alone.',
    });
    expect(judgeRule(identityUnresolved, unmatched(10))).toMatchObject({ severity: 'high' });
  });

  it('are not fewer for accounts of a chat that nobody has matched', () => {
    expect(judgeRule(identityUnresolved, unmatched(4, 21, 90))).not.toBeNull();
  });

  it('are over when less than half of that is left', () => {
    expect(judgeRule(identityUnresolved, unmatched(2), { isOpen: true })).not.toBeNull();
    expect(judgeRule(identityUnresolved, unmatched(1), { isOpen: true })).toBeNull();
  });

  it('are neither a single one nor told of one source', () => {
    expect(judgeRule(identityUnresolved, unmatched(1, 8))).toBeNull();
    expect(judgeRule(identityUnresolved, unmatched(2, 60))).toBeNull();
    expect(judgeRule(identityUnresolved, unmatched(null))).toHaveProperty('unknown');
  });
});
