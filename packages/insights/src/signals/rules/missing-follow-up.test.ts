import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { incidentSubject } from '../testing/work-subjects.ts';
import { missingFollowUp } from './missing-follow-up.ts';

const over = (hours: number, fields = {}) =>
  incidentSubject({
    isOpen: false,
    resolvedAt: now - 8 * dayMs,
    resolvedWeekdayHours: hours,
    ...fields,
  });

describe('missing follow-up', () => {
  it('is found five weekdays after a severe incident', () => {
    expect(judgeRule(missingFollowUp, over(121))).toMatchObject({
      since: now - 8 * dayMs,
      sentence:
        'Incident Q1ABC was resolved 5 days ago, weekends left out, and no work item names it.',
    });
  });

  it('is over once a work item names it', () => {
    const written = over(200, { followUpCount: 1 });
    expect(judgeRule(missingFollowUp, written, { isOpen: true })).toBeNull();
  });

  it.each([
    ['was resolved this week', over(120)],
    ['was not severe', over(200, { isSevere: false })],
    ['came from outside', over(200, { isExternal: true })],
    ['is open', incidentSubject()],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(missingFollowUp, subject)).toBeNull();
  });

  it('cannot be told where no work items are read', () => {
    expect(judgeRule(missingFollowUp, over(200, { followUpCount: null }))).toHaveProperty(
      'unknown',
    );
  });

  it('proposes an item where follow-ups are written, and none where nobody knows', () => {
    const suggest = (followUpProject: string | null) =>
      missingFollowUp.suggest(over(200, { followUpProject }), {
        now,
        isOpen: true,
        timeZone: 'UTC',
      });
    expect(suggest('OPS')).toMatchObject([{ payload: { project: 'OPS', type: 'Task' } }]);
    expect(suggest('acme/shop')).toMatchObject([{ payload: { repository: 'acme/shop' } }]);
    expect(suggest(null)).toEqual([]);
  });
});
