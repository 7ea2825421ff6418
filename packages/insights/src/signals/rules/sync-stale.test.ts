import { describe, expect, it } from 'vitest';
import { streamSubject } from '../testing/delivery-subjects.ts';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { syncStale } from './sync-stale.ts';

const stale = (hours: number, fields = {}) =>
  streamSubject({ lastReadAt: now - hours * hourMs, staleHours: hours, ...fields });

describe('a source that is not read', () => {
  it('is found after a day, and severe after three', () => {
    expect(judgeRule(syncStale, stale(25))).toMatchObject({
      since: now - 25 * hourMs,
      severity: 'medium',
      sentence: 'github issues of acme has not been read to its end for 25 hours.',
    });
    expect(judgeRule(syncStale, stale(72))).toMatchObject({ severity: 'high' });
  });

  it('is over once it is read, and once nobody wants it read', () => {
    expect(judgeRule(syncStale, stale(0), { isOpen: true })).toBeNull();
    expect(judgeRule(syncStale, stale(90, { isActive: false }), { isOpen: true })).toBeNull();
  });

  it('is not one whose last attempt failed a while ago, and not told of a first reading', () => {
    expect(judgeRule(syncStale, stale(5, { hasFailed: true }))).toBeNull();
    const first = streamSubject({ lastReadAt: null, staleHours: null });
    expect(judgeRule(syncStale, first)).toHaveProperty('unknown');
  });
});
