import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { teamSubject } from '../testing/delivery-subjects.ts';
import { unplannedWorkShare } from './unplanned-work-share.ts';

const unplanned = (items: number, earlier: number | null, fields = {}) =>
  teamSubject({
    unplannedItems: items,
    unplannedShare: items / 20,
    earlierUnplannedShare: earlier,
    ...fields,
  });

describe('share of unplanned work', () => {
  it('is found above a third and above what it was', () => {
    expect(judgeRule(unplannedWorkShare, unplanned(8, 0.2))).toMatchObject({
      since: now - 20 * dayMs,
      keepsSince: true,
      evidence: ['team-1', 'item-1'],
      sentence:
        '40 % of what payments took up in four weeks was not planned, 8 of 20 items; in the eight weeks before it was 20 %.',
    });
  });

  it('is over below 30 %, or where it has not grown', () => {
    expect(judgeRule(unplannedWorkShare, unplanned(7, 0.28), { isOpen: true })).not.toBeNull();
    expect(judgeRule(unplannedWorkShare, unplanned(6, 0.2), { isOpen: true })).toBeNull();
    expect(judgeRule(unplannedWorkShare, unplanned(8, 0.36), { isOpen: true })).toBeNull();
  });

  it.each([
    ['always answers what comes', unplanned(14, 0.65)],
    ['has a small share that grew', unplanned(6, 0.05)],
    ['took up few items', unplanned(8, 0.2, { startedItems: 9 })],
  ])('leaves out a team that %s', (_what, subject) => {
    expect(judgeRule(unplannedWorkShare, subject)).toBeNull();
  });

  it.each([
    ['it plans in no sprints', teamSubject({ unplannedShare: null })],
    ['nothing is known of before', unplanned(8, null)],
  ])('cannot be told where %s', (_what, subject) => {
    expect(judgeRule(unplannedWorkShare, subject)).toHaveProperty('unknown');
  });
});
