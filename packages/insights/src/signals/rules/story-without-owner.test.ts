import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { storyWithoutOwner } from './story-without-owner.ts';

const nobody = (hours: number, fields = {}) =>
  workItemSubject({
    isAssigned: false,
    assigneePersonId: null,
    unassignedSince: now - hours * hourMs,
    ownerlessSince: now - hours * hourMs,
    ownerlessWeekdayHours: hours,
    ...fields,
  });
const planned = (fields = {}) =>
  nobody(90, {
    statusCategory: 'to_do',
    ownerlessSince: null,
    ownerlessWeekdayHours: null,
    sprintStartedAt: now - 8 * dayMs,
    sprintPlannedEndAt: now + 6 * dayMs,
    sprintsSince: [now - 8 * dayMs],
    ...fields,
  });

describe('story without owner', () => {
  it('is found in progress after eight hours', () => {
    expect(judgeRule(storyWithoutOwner, nobody(9))).toMatchObject({
      since: now - 9 * hourMs,
      sentence: 'PAY-1 has been in progress for 9 weekday hours, and nobody is named to do it.',
    });
    expect(judgeRule(storyWithoutOwner, nobody(9, { projectAssignedShare: null }))).not.toBeNull();
  });

  it('is over once somebody is named', () => {
    expect(judgeRule(storyWithoutOwner, workItemSubject(), { isOpen: true })).toBeNull();
    const habit = (share: number) => nobody(90, { projectAssignedShare: share });
    expect(judgeRule(storyWithoutOwner, habit(0.45), { isOpen: true })).not.toBeNull();
    expect(judgeRule(storyWithoutOwner, habit(0.3), { isOpen: true })).toBeNull();
  });

  it.each([
    ['was begun just now', nobody(8)],
    ['waits in a sprint of which half is over for whoever takes it up', planned()],
    ['waits there on its last day', planned({ sprintPlannedEndAt: now + hourMs })],
    ['is of a project that names nobody', nobody(90, { projectAssignedShare: 0.2 })],
    ['is in a backlog', planned({ isInActiveSprint: false })],
    ['is a subtask', nobody(90, { kind: 'subtask' })],
    ['is an epic', nobody(90, { kind: 'epic' })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(storyWithoutOwner, subject)).toBeNull();
  });
});
