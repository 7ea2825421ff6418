import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { blockedStory } from './blocked-story.ts';

const blocked = (hours: number, fields = {}) =>
  workItemSubject({
    blockedSince: now - hours * hourMs,
    blockedWeekdayHours: hours,
    isFlagged: true,
    ...fields,
  });
const waiting = (hours: number, fields = {}) =>
  blocked(hours, { isFlagged: false, blockedByKeys: ['PAY-2', 'PAY-3'], ...fields });

describe('blocked story', () => {
  it('is found after a day with a flag or behind other items, and severe after three', () => {
    expect(judgeRule(blockedStory, blocked(25))).toMatchObject({
      severity: 'medium',
      since: now - 25 * hourMs,
      sentence: 'PAY-1 has been blocked for 25 hours.',
    });
    expect(judgeRule(blockedStory, waiting(73))).toMatchObject({
      severity: 'high',
      sentence: 'PAY-1 has been blocked by PAY-2 and PAY-3 for 3 days.',
    });
  });

  it('is over without flag and blocking items', () => {
    const free = blocked(30, { isFlagged: false, blockedSince: null, blockedWeekdayHours: null });
    expect(judgeRule(blockedStory, free, { isOpen: true })).toBeNull();
  });

  it.each([
    ['was flagged this morning', blocked(24)],
    ['waits in a backlog', waiting(90, { statusCategory: 'to_do', isInActiveSprint: false })],
    ['is an epic', blocked(90, { kind: 'epic' })],
    ['is a subtask that is not flagged itself', workItemSubject({ kind: 'subtask' })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(blockedStory, subject)).toBeNull();
  });

  it('cannot be told where nobody knows since when', () => {
    const unknown = blocked(0, { blockedSince: null, blockedWeekdayHours: null });
    expect(judgeRule(blockedStory, unknown)).toHaveProperty('unknown');
  });

  it('proposes to ask on what blocks', () => {
    const [proposal] = blockedStory.suggest(waiting(30), { now, isOpen: true, timeZone: 'UTC' });
    expect(proposal).toMatchObject({ type: 'issue.comment', payload: { issue: 'PAY-2' } });
  });
});
