import { expect, test } from 'vitest';
import {
  asDevlakeStatuses,
  expectedStatuses,
  statusRowsOf,
  type StatusTables,
} from './__fixtures__/devlake-statuses.ts';
import { handleOf, idsOf, tableOf } from './__fixtures__/devlake-tables.ts';

// What another system replays of each issue. Quirks: see `asDevlakeStatuses`.

// 1 goes through and is reopened; 2 never changes; 3 is done without changes; 4 changes twice in one
// instant; 5 was moved here with a change from before its creation; 6 had its status renamed; a
// change of another field, and one of an issue that is not there, count for nothing.
const tables: StatusTables = {
  issues: tableOf(`
id,issue_key,status,original_status,created_date,resolution_date
i1,WID-1,IN_PROGRESS,Doing,2026-09-01 08:00:00,
i2,WID-2,TODO,To Do,2026-09-02 08:00:00,
i3,WID-3,DONE,Done,2026-09-03 08:00:00,2026-09-04 08:00:00
i4,WID-4,DONE,Done,2026-09-05 08:00:00,2026-09-05 09:00:00
i5,WID-5,IN_PROGRESS,"Doing, really",2026-09-06 08:00:00,
i6,WID-6,DONE,Done,2026-09-07 08:00:00,2026-09-09 08:00:00`),
  issue_changelogs: tableOf(`
id,issue_id,field_name,original_from_value,original_to_value,from_value,to_value,created_date
9,i1,status,To Do,Doing,TODO,IN_PROGRESS,2026-09-01 10:00:00
10,i1,status,Doing,Done,IN_PROGRESS,DONE,2026-09-02 10:00:00
11,i1,status,Done,Doing,DONE,IN_PROGRESS,2026-09-03 10:30:00
12,i1,assignee,a,b,,,2026-09-03 11:00:00
99,i4,status,To Do,Doing,TODO,IN_PROGRESS,2026-09-05 09:00:00
100,i4,status,Doing,Done,IN_PROGRESS,DONE,2026-09-05 09:00:00
13,i5,status,To Do,"Doing, really",TODO,IN_PROGRESS,2026-09-05 20:00:00
14,i6,status,To Do,Doing,TODO,IN_PROGRESS,2026-09-08 08:00:00
15,i6,status,In Work,Done,IN_PROGRESS,DONE,2026-09-09 08:00:00
16,i7,status,To Do,Doing,TODO,IN_PROGRESS,2026-09-08 08:00:00`),
};

const expected = tableOf(`
issue_id,status,original_status,start_date,end_date,is_current_status,is_first_status
i1,TODO,To Do,2026-09-01 08:00:00,2026-09-01 10:00:00,0,1
i1,IN_PROGRESS,Doing,2026-09-01 10:00:00,2026-09-02 10:00:00,0,0
i1,DONE,Done,2026-09-02 10:00:00,2026-09-03 10:30:00,0,0
i1,IN_PROGRESS,Doing,2026-09-03 10:30:00,,1,0
i2,TODO,To Do,2026-09-02 08:00:00,,1,1
i3,DONE,Done,2026-09-03 08:00:00,,0,1
i4,TODO,To Do,2026-09-05 08:00:00,2026-09-05 09:00:00,0,1
i4,IN_PROGRESS,Doing,2026-09-05 09:00:00,2026-09-05 09:00:00,0,0
i4,DONE,Done,2026-09-05 09:00:00,,1,0
i5,TODO,To Do,2026-09-05 20:00:00,2026-09-05 20:00:00,0,1
i5,IN_PROGRESS,"Doing, really",2026-09-05 20:00:00,,1,0
i6,TODO,To Do,2026-09-07 08:00:00,2026-09-08 08:00:00,0,1
i6,IN_PROGRESS,In Work,2026-09-08 08:00:00,2026-09-09 08:00:00,0,0
i6,DONE,Done,2026-09-09 08:00:00,,1,0`);

test('every status of every issue, with when it began and ended', async () => {
  const handle = await handleOf(statusRowsOf(tables));
  expect(await asDevlakeStatuses(handle, tables)).toEqual(expectedStatuses(expected));
});

test('how long an item stood in each status, up to now in the one that lasts', async () => {
  const handle = await handleOf(statusRowsOf(tables), Date.UTC(2026, 8, 4, 10, 30));
  const hours: Record<string, (number | null)[]> = {};
  for (const id of await idsOf(handle, 'work_item')) {
    const { externalId, stretches } = await handle.history.workItem(id);
    hours[externalId] = stretches.map(({ durationMs }) =>
      durationMs === null ? null : durationMs / 3_600_000,
    );
  }
  expect(hours['i1']).toEqual([2, 24, 24.5, 24]);
  expect(hours['i2']).toEqual([50.5]);
});

test('what a status means is told by the items that are in it, and else is not known', async () => {
  const handle = await handleOf(statusRowsOf(tables));
  const meanings = new Map<string | null, string | null>();
  for (const id of await idsOf(handle, 'work_item')) {
    const { stretches } = await handle.history.workItem(id);
    for (const { status, category } of stretches) meanings.set(status, category);
  }
  expect(Object.fromEntries(meanings)).toEqual({
    'To Do': 'to_do',
    Doing: 'in_progress',
    'Doing, really': 'in_progress',
    Done: 'done',
    // The name before it was changed; no item is in it.
    'In Work': null,
  });
});
