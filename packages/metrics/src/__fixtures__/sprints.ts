import type {
  SprintItemChange,
  SprintReplayInput,
  SprintReplayItem,
  StatusMeaning,
} from '@adjutant/core/domain';
import { utc } from './compute.ts';

export const sprintStart = utc('2026-09-07 09:00');
export const sprintEnd = utc('2026-09-18 17:00');

export const statuses: StatusMeaning[] = [
  { status: 'Open', category: 'to_do' },
  { status: 'Doing', category: 'in_progress' },
  { status: 'Done', category: 'done' },
];

export function change(field: string, from: string | null, to: string | null, at: string) {
  return { field, from, to, at: utc(at) } satisfies SprintItemChange;
}

/** An item that was in sprint 7 all the time, is open and has 3 points, unless told otherwise. */
export function sprintItem(
  externalId: string,
  fields: Partial<SprintReplayItem> = {},
): SprintReplayItem {
  return {
    externalId,
    createdAt: utc('2026-09-01'),
    points: 3,
    statusCategory: 'to_do',
    originalStatus: 'Open',
    doneAt: null,
    sprintExternalId: '7',
    changes: [],
    ...fields,
  };
}

/** What an item looks like that is done now, and the change that made it so. */
export function doneBy(at: string): Partial<SprintReplayItem> & { changes: SprintItemChange[] } {
  return {
    statusCategory: 'done',
    originalStatus: 'Done',
    doneAt: utc(at),
    changes: [change('status', 'Open', 'Done', at)],
  };
}

/** A closed sprint of two weeks, unless told otherwise. */
export function sprintOf(
  items: readonly SprintReplayItem[],
  fields: Partial<Omit<SprintReplayInput, 'sprint'>> & {
    sprint?: Partial<SprintReplayInput['sprint']>;
  } = {},
): SprintReplayInput {
  return {
    items,
    statuses,
    hasChangelog: true,
    now: utc('2026-10-01'),
    ...fields,
    sprint: {
      externalId: '7',
      name: 'Sprint 7',
      state: 'closed',
      startedAt: sprintStart,
      plannedEndAt: sprintEnd,
      completedAt: sprintEnd,
      ...fields.sprint,
    },
  };
}

/** The golden example: A5 B3 C8 E3 and G without an estimate are planned, F5 is done already. */
export function goldenSprint(): SprintReplayInput {
  const done = doneBy('2026-09-15 10:00');
  const estimated = change('points', '8', '13', '2026-09-10 10:00');
  return sprintOf([
    sprintItem('A', { ...done, points: 5 }),
    sprintItem('B'),
    sprintItem('C', { ...done, points: 13, changes: [...done.changes, estimated] }),
    sprintItem('D', {
      ...done,
      points: 2,
      changes: [...done.changes, change('sprint', null, '7', '2026-09-09 10:00')],
    }),
    sprintItem('E', {
      sprintExternalId: null,
      changes: [change('sprint', '7', null, '2026-09-11 10:00')],
    }),
    sprintItem('F', { ...doneBy('2026-09-04 10:00'), points: 5 }),
    sprintItem('G', { ...done, points: null }),
  ]);
}
