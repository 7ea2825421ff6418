import { describe, expect, it } from 'vitest';
import { workspaceSubject } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { identityUnresolved } from './identity-unresolved.ts';

const unmatched = (unmatchedPeople: number | null, activePeople = 30) =>
  workspaceSubject({ unmatchedPeople, activePeople, unmatchedSince: now - 9 * dayMs });

describe('people known to one source alone', () => {
  it('are found where a tenth of those at work may be known twice', () => {
    expect(judgeRule(identityUnresolved, unmatched(3))).toMatchObject({
      since: now - 9 * dayMs,
      severity: 'low',
      sentence:
        '3 of 30 people at work lately are known to sources of code alone, or to others alone, and may be the same.',
    });
    expect(judgeRule(identityUnresolved, unmatched(10))).toMatchObject({ severity: 'high' });
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
