import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  asDevlakePrevious,
  deploymentsOf,
  previousOf,
} from './__fixtures__/devlake-deployments.ts';
import { type DevlakeRow, handleOf, tableOf } from './__fixtures__/devlake-tables.ts';

// What another system calls the previous deployment: the success before it of the same scope,
// repository and environment. Quirks: see `asDevlakePrevious`.
const recorded = join(
  import.meta.dirname,
  '../../../../../shared/data/devlake/dora/change_lead_time/cicd_deployment_commits.csv',
);

// Two repositories, two scopes and two environments side by side; a failure, a rollback to c1, the same
// commit again, and one that is still running.
const table = tableOf(`
id,result,cicd_scope_id,repo_url,environment,commit_sha,started_date,finished_date,expected
1,SUCCESS,s1,r1,PRODUCTION,c1,2026-09-07 08:00:00,2026-09-07 08:10:00,
2,SUCCESS,s1,r2,PRODUCTION,x1,2026-09-07 09:00:00,2026-09-07 09:10:00,
3,SUCCESS,s2,r1,PRODUCTION,c1,2026-09-07 10:00:00,2026-09-07 10:10:00,
4,SUCCESS,s1,r1,STAGING,c2,2026-09-07 11:00:00,2026-09-07 11:10:00,
5,FAILURE,s1,r1,PRODUCTION,c2,2026-09-07 12:00:00,2026-09-07 12:10:00,
6,SUCCESS,s1,r1,PRODUCTION,c3,2026-09-07 13:00:00,2026-09-07 13:10:00,1
7,SUCCESS,s1,r1,PRODUCTION,c1,2026-09-07 14:00:00,2026-09-07 14:10:00,6
8,SUCCESS,s1,r1,PRODUCTION,c1,2026-09-07 15:00:00,2026-09-07 15:10:00,7
9,SUCCESS,s1,r2,PRODUCTION,x2,2026-09-07 16:00:00,2026-09-07 16:10:00,2
10,SUCCESS,s1,r1,STAGING,c3,2026-09-07 17:00:00,2026-09-07 17:10:00,4
11,SUCCESS,s1,r1,,c3,2026-09-07 18:00:00,2026-09-07 18:10:00,
12,,s1,r1,PRODUCTION,c4,2026-09-07 19:00:00,,
13,SUCCESS,s2,r1,PRODUCTION,c3,2026-09-07 20:00:00,2026-09-07 20:10:00,3`);

const expectedOf = (rows: readonly DevlakeRow[], column: string): DevlakeRow =>
  Object.fromEntries(rows.map((row) => [row['id'] ?? '', row[column] ?? '']));

test('the success before it of the same scope, repository and environment', async () => {
  const handle = await handleOf({ deployments: deploymentsOf(table) });
  expect(await asDevlakePrevious(handle)).toEqual(expectedOf(table, 'expected'));
  const ours = await previousOf(handle);
  // Ours also has what a failed and a running one followed.
  expect({ ...ours, 5: null, 12: null }).toEqual(
    Object.fromEntries(table.map((row) => [row['id'], row['expected'] || null])),
  );
  expect([ours['5'], ours['12']]).toEqual(['1', '8']);
});

test('of two that overlap, ours is before that ended before, theirs that began before', async () => {
  const overlapping = tableOf(`
id,result,cicd_scope_id,repo_url,environment,commit_sha,started_date,finished_date
slow,SUCCESS,s1,r1,PRODUCTION,c1,2026-09-07 08:00:00,2026-09-07 10:00:00
quick,SUCCESS,s1,r1,PRODUCTION,c2,2026-09-07 09:00:00,2026-09-07 09:10:00`);
  const handle = await handleOf({ deployments: deploymentsOf(overlapping) });
  expect(await asDevlakePrevious(handle)).toEqual({ slow: '', quick: 'slow' });
  expect(await previousOf(handle)).toEqual({ slow: 'quick', quick: null });
});

test.skipIf(!existsSync(recorded))(
  'sixteen recorded deployments of sixteen, from the tables beside the repository',
  async () => {
    const rows = tableOf(readFileSync(recorded, 'utf8'));
    const handle = await handleOf({ deployments: deploymentsOf(rows) });
    expect(rows).toHaveLength(16);
    const expected = expectedOf(rows, 'prev_success_deployment_commit_id');
    expect(await asDevlakePrevious(handle)).toEqual(expected);
    // No two of one line overlap there, so that ours is the same; only the two failures differ.
    const succeeded = rows.filter((row) => row['result'] === 'SUCCESS');
    const ours = await previousOf(handle);
    expect(Object.fromEntries(succeeded.map(({ id = '' }) => [id, ours[id] ?? '']))).toEqual(
      expectedOf(succeeded, 'prev_success_deployment_commit_id'),
    );
  },
);
