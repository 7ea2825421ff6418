import type { DomainRows } from '@adjutant/core';
import { buildSprint, buildWorkItem } from '@adjutant/core/testing';
import { teamDays as days, teamInstant as at, teamSource as source } from './team-days.ts';

/** An item that waits, is worked on and done within three days; that of every tenth day is not done. */
export function itemRows(day: number): DomainRows {
  const externalId = `item-${day}`;
  const isDone = day % 10 !== 9 && day + 2 < days;
  const change = (fromValue: string, toValue: string, when: number) => ({
    source,
    externalId: `${externalId}-${toValue}`,
    workItemExternalId: externalId,
    field: 'status',
    fromValue,
    toValue,
    actorAccountExternalId: null,
    at: when,
  });
  const doneAt = isDone ? at(day + 2, 16) : null;
  return {
    workItems: [
      buildWorkItem({
        source,
        externalId,
        key: `WID-${day}`,
        statusCategory: isDone ? 'done' : 'in_progress',
        originalStatus: isDone ? 'Done' : 'Doing',
        sprintExternalId: `sprint-${day - (day % 14)}`,
        createdAt: at(day, 8),
        startedAt: at(day, 10),
        doneAt,
      }),
    ],
    workItemChanges: [
      change('Open', 'Doing', at(day, 10)),
      ...(doneAt === null ? [] : [change('Doing', 'Done', doneAt)]),
    ],
    pullRequestWorkItems: [
      {
        source,
        pullRequestExternalId: `request-${day}`,
        workItemSource: source,
        workItemExternalId: externalId,
        method: 'branch',
      },
    ],
  };
}

/** A sprint of two weeks, with an item that nobody has started yet in its plan. */
export function sprintRows(day: number): DomainRows {
  const isOver = day + 14 < days;
  return {
    sprints: [
      buildSprint({
        source,
        externalId: `sprint-${day}`,
        name: `Sprint ${day}`,
        state: isOver ? 'closed' : 'active',
        startedAt: at(day, 9),
        plannedEndAt: at(day + 14, 9),
        completedAt: isOver ? at(day + 14, 9) : null,
      }),
    ],
    workItems: [
      buildWorkItem({
        source,
        externalId: `waiting-${day}`,
        key: `WAIT-${day}`,
        statusCategory: 'to_do',
        originalStatus: 'Open',
        sprintExternalId: `sprint-${day}`,
        createdAt: at(day, 1),
        startedAt: null,
      }),
    ],
  };
}
