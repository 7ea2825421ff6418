import { expect, test } from 'vitest';
import {
  asDevlakeRelationships,
  incidentRowsOf,
  type IncidentTables,
  linkedDeployments,
} from './__fixtures__/devlake-incidents.ts';
import { handleOf, source, tableOf } from './__fixtures__/devlake-tables.ts';

// What another system holds each incident to come from. Quirks: see `asDevlakeRelationships`.

// Two scopes in the project shop, one elsewhere. p2 brought two repositories at once; staging, a failure
// and another project's deployment are no cause.
const tables: IncidentTables = {
  cicd_deployment_commits: tableOf(`
id,result,cicd_deployment_id,cicd_scope_id,repo_url,environment,commit_sha,started_date,finished_date
1,SUCCESS,p1,web,r1,PRODUCTION,a1,2026-09-01 08:00:00,2026-09-01 08:10:00
2,SUCCESS,p2,web,r1,PRODUCTION,a2,2026-09-08 08:00:00,2026-09-08 08:10:00
3,SUCCESS,p2,web,r2,PRODUCTION,b1,2026-09-08 08:00:00,2026-09-08 08:12:00
4,SUCCESS,p3,web,r1,STAGING,a3,2026-09-08 09:00:00,2026-09-08 09:10:00
5,FAILURE,p4,web,r1,PRODUCTION,a3,2026-09-08 10:00:00,2026-09-08 10:10:00
6,SUCCESS,p5,api,r3,PRODUCTION,c1,2026-09-09 08:00:00,2026-09-09 08:10:00
7,SUCCESS,p6,far,r4,PRODUCTION,d1,2026-09-09 09:00:00,2026-09-09 09:10:00`),
  incidents: tableOf(`
id,table,scope_id,created_date,resolution_date
before,boards,b1,2026-08-31 08:00:00,
late,boards,b1,2026-09-06 08:00:00,2026-09-06 09:00:00
staging,boards,b1,2026-09-08 09:30:00,2026-09-08 11:00:00
failed,boards,b1,2026-09-08 11:00:00,
elsewhere,boards,b1,2026-09-09 09:30:00,
same,boards,b1,2026-09-09 08:10:00,
foreign,boards,b9,2026-09-09 10:00:00,`),
  project_mapping: tableOf(`
project_name,table,row_id
shop,cicd_scopes,web
shop,cicd_scopes,api
shop,boards,b1
other,cicd_scopes,far
other,boards,b9`),
};

test('the latest success of the project before each incident', async () => {
  const handle = await handleOf(incidentRowsOf(tables, 'shop'));
  expect(await asDevlakeRelationships(handle, tables)).toEqual({
    late: 'p1',
    staging: 'p2',
    failed: 'p2',
    elsewhere: 'p5',
    same: 'p2',
  });
  const other = await handleOf(incidentRowsOf(tables, 'other'));
  expect(await asDevlakeRelationships(other, tables)).toEqual({ foreign: 'p6' });
});

test('ours holds back where the deployment is older than 72 hours, and counts its very end', async () => {
  const handle = await handleOf(incidentRowsOf(tables, 'shop'));
  expect(await linkedDeployments(handle)).toEqual({
    before: { linked: [], last: null },
    // What was running is told, and is no cause after five days.
    late: { linked: [], last: '1' },
    staging: { linked: ['3 time'], last: '3' },
    failed: { linked: ['3 time'], last: '3' },
    elsewhere: { linked: ['6 time'], last: '6' },
    same: { linked: ['6 time'], last: '6' },
  });
});

test('with each scope as a service of its own, an incident is held to its own service', async () => {
  const rows = incidentRowsOf(tables, 'shop');
  const scopeOf = new Map(
    tables.cicd_deployment_commits.map((row) => [row['id'], row['cicd_scope_id'] ?? '']),
  );
  const handle = await handleOf({
    deployments: (rows.deployments ?? []).map((row) => ({
      ...row,
      serviceKey: scopeOf.get(row.externalId) ?? null,
    })),
    incidents: (rows.incidents ?? []).map((row) => ({ ...row, serviceKey: 'web' })),
  });
  const ours = await linkedDeployments(handle);
  expect(ours['elsewhere']).toEqual({ linked: ['3 time'], last: '3' });
  expect((await asDevlakeRelationships(handle, tables))['elsewhere']).toBe('p5');
});

test('a link that a source states stands before the guess, and may name several', async () => {
  const stated = (deploymentExternalId: string) => ({
    source,
    incidentExternalId: 'elsewhere',
    deploymentSource: source,
    deploymentExternalId,
    method: 'explicit' as const,
    confidence: 1,
  });
  const rows = incidentRowsOf(tables, 'shop');
  const handle = await handleOf({ ...rows, incidentDeployments: [stated('2'), stated('1')] });
  const ours = await linkedDeployments(handle);
  expect(ours['elsewhere']).toEqual({ linked: ['1 explicit', '2 explicit'], last: '6' });
});
