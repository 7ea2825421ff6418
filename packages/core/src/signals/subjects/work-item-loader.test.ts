import { describe, expect, it } from 'vitest';
import {
  buildPullRequest,
  buildPullRequestEvent,
  buildSprint,
  buildWorkItem,
} from '../../testing.ts';
import {
  account,
  change,
  dayMs,
  hourMs,
  noon,
  startSubjects,
} from './__fixtures__/subject-world.ts';

const begun = noon - 10 * dayMs;
const item = (fields: Parameters<typeof buildWorkItem>[0] = {}) =>
  buildWorkItem({
    source: 'tracker',
    externalId: '1',
    key: 'PAY-1',
    kind: 'story',
    statusCategory: 'in_progress',
    originalStatus: 'Doing',
    createdAt: begun,
    startedAt: noon - 5 * dayMs,
    ...fields,
  });
const people = { accounts: [account('ada'), account('ben'), account('robot', true)] };

describe('a work item', () => {
  it('is told with its status, its age and what changed of it', async () => {
    const { rows, only } = await startSubjects('work_item');
    rows['people'] = people;
    rows['1'] = {
      workItems: [item({ assigneeAccountExternalId: 'ada' })],
      workItemChanges: [
        change('status', ['To do', 'Doing'], noon - 5 * dayMs),
        change('points', ['3', '5'], noon - 30 * hourMs),
        change('status', ['Doing', 'Doing'], noon - hourMs, { actorAccountExternalId: 'robot' }),
        change('sprint', [null, '7'], noon - 2 * hourMs),
      ],
    };
    const subject = await only();
    expect(subject).toMatchObject({
      key: 'PAY-1',
      project: 'PAY',
      statusCategory: 'in_progress',
      startedAt: noon - 5 * dayMs,
      inProgressHours: 120,
      isAssigned: true,
      ownerlessSince: null,
      lastProgressAt: noon - 30 * hourMs,
      idleWeekdayHours: 30,
      expectedHours: null,
      openPullRequestCount: 0,
    });
    expect(subject.assigneePersonId).not.toBeNull();
    expect(subject.evidence).toHaveLength(5);
  });

  it('leaves out what is done, and speaks of an unknown state as unknown', async () => {
    const { rows, subjects } = await startSubjects('work_item');
    rows['1'] = {
      workItems: [
        item({ externalId: 'done', statusCategory: 'done', doneAt: noon - hourMs }),
        item({ externalId: 'closed', statusCategory: null, doneAt: noon - hourMs }),
        item({ externalId: 'open', key: 'acme/shop#7', statusCategory: null, startedAt: null }),
      ],
    };
    expect(await subjects()).toMatchObject([
      { project: 'acme/shop', repository: 'acme/shop', statusCategory: 'unknown' },
    ]);
  });

  it('moves with the pull requests that are linked with it, but not with what programs do', async () => {
    const { rows, only } = await startSubjects('work_item');
    const at = (hours: number) => noon - hours * hourMs;
    const event = (externalId: string, hours: number, actorAccountExternalId: string) =>
      buildPullRequestEvent({
        source: 'tracker',
        externalId,
        pullRequestExternalId: 'request',
        kind: 'comment',
        state: null,
        actorAccountExternalId,
        at: at(hours),
      });
    rows['people'] = people;
    rows['1'] = {
      workItems: [item()],
      pullRequests: [
        buildPullRequest({
          source: 'tracker',
          externalId: 'request',
          title: 'PAY-1: take money',
          state: 'open',
          openedAt: at(72),
          mergedAt: null,
          mergeSha: null,
        }),
      ],
      pullRequestEvents: [event('one', 6, 'ben'), event('two', 1, 'robot')],
    };
    const subject = await only();
    expect(subject).toMatchObject({ openPullRequestCount: 1, lastProgressAt: at(6) });
    expect(subject.evidence).toContain(subject.openPullRequestIds[0]);
    expect(subject.evidence).toHaveLength(3);
  });

  it('has nobody since it came into progress, or since it was given back', async () => {
    const { rows, only } = await startSubjects('work_item');
    rows['people'] = people;
    rows['1'] = {
      workItems: [item()],
      workItemChanges: [
        change('status', ['To do', 'Doing'], noon - 5 * dayMs),
        change('assignee', ['ada', null], noon - 7 * hourMs),
      ],
    };
    expect(await only()).toMatchObject({
      isAssigned: false,
      unassignedSince: noon - 7 * hourMs,
      ownerlessSince: noon - 7 * hourMs,
      ownerlessWeekdayHours: 7,
    });
  });

  it('is overdue from the day after its due day on, unless it was done by then', async () => {
    const { rows, subjects } = await startSubjects('work_item');
    const due = (externalId: string, dueDay: string | null) => item({ externalId, dueDay });
    rows['done'] = {
      workItems: [
        item({
          externalId: '9',
          statusCategory: 'done',
          originalStatus: 'Done',
          doneAt: noon - dayMs,
        }),
      ],
    };
    rows['1'] = {
      workItems: [
        due('1', '2026-11-16'),
        due('2', '2026-11-18'),
        due('3', '2026-11-17'),
        due('4', null),
      ],
      workItemChanges: [
        change('status', ['Doing', 'Done'], Date.UTC(2026, 10, 16, 20)),
        change('status', ['Done', 'Doing'], Date.UTC(2026, 10, 17, 9)),
        change('duedate', [null, '2026-11-17 00:00:00.0'], Date.UTC(2026, 10, 18, 9), {
          workItemExternalId: '3',
        }),
      ],
    };
    expect(await subjects()).toMatchObject([
      { overdueDays: 2, metDueDay: true, overdueSince: Date.UTC(2026, 10, 17) },
      { overdueDays: 0, metDueDay: false, overdueSince: null },
      { overdueDays: 1, metDueDay: false, overdueSince: Date.UTC(2026, 10, 18, 9) },
      { overdueDays: null, overdueSince: null },
    ]);
  });

  it('is blocked since it was flagged, or since both it and what blocks it were there', async () => {
    const { rows, subjects } = await startSubjects('work_item');
    const flagged = (to: string | null, days: number, workItemExternalId: string) =>
      change('flagged', [to === null ? 'Impediment' : null, to], noon - days * dayMs, {
        workItemExternalId,
      });
    rows['1'] = {
      workItems: [
        item({ externalId: '1' }),
        item({ externalId: '2' }),
        item({ externalId: '3', key: 'PAY-3', startedAt: noon - 3 * dayMs }),
        item({
          externalId: '4',
          key: 'PAY-4',
          createdAt: noon - 2 * dayMs,
          statusCategory: 'to_do',
        }),
        item({ externalId: '5', originalStatus: 'Blocked' }),
      ],
      workItemChanges: [
        flagged('Impediment', 2, '1'),
        flagged('Impediment', 3, '2'),
        flagged(null, 1, '2'),
        change('status', ['Doing', 'Blocked'], noon - dayMs, { workItemExternalId: '5' }),
      ],
      workItemLinks: [
        { source: 'tracker', workItemExternalId: '4', kind: 'blocks', otherExternalId: '3' },
        {
          source: 'tracker',
          workItemExternalId: 'elsewhere',
          kind: 'blocks',
          otherExternalId: '2',
        },
        { source: 'tracker', workItemExternalId: '4', kind: 'relates', otherExternalId: '1' },
      ],
    };
    expect(await subjects()).toMatchObject([
      { isFlagged: true, blockedByKeys: [], blockedSince: noon - 2 * dayMs },
      { isFlagged: false, blockedByKeys: [], blockedSince: null },
      { isFlagged: false, blockedByKeys: ['PAY-4'], blockedSince: noon - 2 * dayMs },
      { blockedSince: null },
      { isFlagged: true, blockedSince: noon - dayMs, blockedWeekdayHours: 24 },
    ]);
  });

  it('stands idle only from when the last of what it waited for was done', async () => {
    const { rows, subjects, past } = await startSubjects('work_item');
    const done = (externalId: string, hours: number) =>
      item({
        externalId,
        key: `PAY-${externalId}`,
        statusCategory: 'done',
        originalStatus: 'Done',
        doneAt: noon - hours * hourMs,
      });
    const blocks = (workItemExternalId: string, kind: 'blocks' | 'relates' = 'blocks') => ({
      source: 'tracker',
      workItemExternalId,
      kind,
      otherExternalId: '1',
    });
    rows['1'] = {
      workItems: [item(), done('2', 30), done('3', 20), done('4', 10)],
      workItemChanges: [change('status', ['To do', 'Doing'], noon - 5 * dayMs)],
      workItemLinks: [blocks('2'), blocks('3'), blocks('4', 'relates')],
    };
    const [subject] = await subjects();
    expect(subject).toMatchObject({ lastProgressAt: noon - 20 * hourMs, idleWeekdayHours: 20 });
    expect(await past('PAY-1')).toMatchObject({ lastProgressAt: noon - 20 * hourMs });
    // The item, its change, and what set it free last.
    expect(subject?.evidence).toHaveLength(3);
  });

  it('counts the sprints that it was in to their end, and the one that runs', async () => {
    const { rows, subjects } = await startSubjects('work_item');
    const sprint = (number: number, fields = {}) =>
      buildSprint({
        source: 'tracker',
        externalId: String(number),
        state: number < 3 ? 'closed' : 'active',
        startedAt: noon - (40 - 10 * number) * dayMs,
        plannedEndAt: noon - (30 - 10 * number) * dayMs,
        completedAt: number < 3 ? noon - (30 - 10 * number) * dayMs : null,
        ...fields,
      });
    const moved = (
      workItemExternalId: string,
      values: [string | null, string | null],
      daysAgo: number,
    ) => change('sprint', values, noon - daysAgo * dayMs, { workItemExternalId });
    rows['1'] = {
      sprints: [sprint(1), sprint(2), sprint(3), sprint(4, { state: 'future', startedAt: null })],
      workItems: ['1', '2', '3'].map((externalId) =>
        item({
          externalId,
          createdAt: noon - 60 * dayMs,
          sprintExternalId: externalId === '3' ? '4' : '3',
        }),
      ),
      workItemChanges: [
        moved('1', [null, '1'], 35),
        moved('1', ['1', '1,2'], 20),
        moved('1', ['1,2', '1,2,3'], 10),
        moved('2', [null, '1'], 35),
        moved('2', ['1', null], 25),
        moved('2', [null, '3'], 9),
        moved('3', [null, '4'], 3),
      ],
    };
    expect(await subjects()).toMatchObject([
      {
        isInActiveSprint: true,
        sprintCount: 3,
        sprintsSince: [30, 20, 10].map((days) => noon - days * dayMs),
      },
      { isInActiveSprint: true, sprintCount: 1, sprintsSince: [noon - 9 * dayMs] },
      { isInActiveSprint: false, isPlanned: true, sprintCount: 0, sprintsSince: [] },
    ]);
  });

  it('is held against what its project finished, and against nothing below ten items', async () => {
    const { rows, subjects } = await startSubjects('work_item');
    const done = (number: number, project: string, hours: number) =>
      item({
        externalId: `${project}${number}`,
        key: `${project}-${number}`,
        statusCategory: 'done',
        startedAt: noon - (hours + 1) * hourMs,
        doneAt: noon - hourMs,
        assigneeAccountExternalId: number % 2 === 0 ? 'ada' : null,
      });
    const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    rows['1'] = {
      workItems: [
        ...ten.map((number) => done(number, 'PAY', number)),
        ...ten.slice(1).map((number) => done(number, 'WEB', number)),
        item({ externalId: 'a', key: 'PAY-77' }),
        item({ externalId: 'b', key: 'WEB-77' }),
      ],
    };
    const [pay, web] = await subjects();
    expect(pay).toMatchObject({ expectedHours: 9, projectAssignedShare: 0.5 });
    expect(pay?.expectedEvidence).toHaveLength(10);
    expect(web).toMatchObject({ expectedHours: null, projectAssignedShare: null });
  });
});

it('is told as it was at a past instant', async () => {
  const { adjutant, clock, rows, past } = await startSubjects('work_item');
  rows['1'] = {
    workItems: [
      item({ assigneeAccountExternalId: 'ada', dueDay: '2026-11-10' }),
      item({ externalId: '2', key: 'PAY-2' }),
    ],
    workItemChanges: [change('status', ['To do', 'Doing'], noon - 5 * dayMs)],
  };
  await adjutant.sync();
  const before = await past('PAY-1');
  expect(before).toMatchObject({ key: 'PAY-1', isAssigned: true, overdueDays: 8 });
  clock.advance(3 * dayMs);
  rows['1'] = {
    workItems: [
      item({
        statusCategory: 'done',
        originalStatus: 'Done',
        doneAt: noon + dayMs,
        dueDay: '2026-12-01',
      }),
      item({ externalId: '2', key: 'PAY-2' }),
      item({ externalId: '3', key: 'PAY-3', createdAt: noon + dayMs }),
    ],
    workItemChanges: [
      change('status', ['To do', 'Doing'], noon - 5 * dayMs),
      change('assignee', ['ada', null], noon + dayMs),
      change('duedate', ['2026-11-10', '2026-12-01'], noon + dayMs),
      change('status', ['Doing', 'Done'], noon + dayMs),
    ],
  };
  await adjutant.sync();
  expect(await past('PAY-1')).toEqual(before);
});
