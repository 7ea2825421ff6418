import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MetricDefinition, MetricSubject } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { upsertRows } from '../../store/bulk-write.ts';
import { domainTargets } from '../../store/domain-targets.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { tables } from '../../store/tables.ts';
import { refreshIncidentTeams } from '../../teams/refresh-incident-teams.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { buildDeployment, buildIncident } from '../../testing/row-builders.ts';
import { loadColumns } from '../load-columns.ts';
import { parseMetricDefinition } from '../parse-metric-definition.ts';

const clock = createFakeClock();
const workspaceId = 'default';
const source = 'pager';
const hourMs = 3_600_000;
const startedAt = clock.now() - 400 * hourMs;
const teamIds = ['red', 'blue', 'default'] as const;

const definitionOf = (fields: {
  subject: MetricSubject;
  columns: string[];
  windowColumn: string | null;
}): MetricDefinition =>
  parseMetricDefinition({
    id: 'rows',
    title: 'Rows',
    unit: 'count',
    definition: 'Whatever is read.',
    source: 'this test',
    version: 1,
    better: 'neutral',
    compute: () => {
      throw new Error('Only its rows are asked for.');
    },
    ...fields,
  });

const definitions = [
  definitionOf({
    subject: 'deployment',
    columns: ['finishedAt', 'incidentCount', 'incidentLink', 'rolledBackAt'],
    windowColumn: 'finishedAt',
  }),
  definitionOf({
    subject: 'deployment',
    columns: ['startedAt', 'incidentCount'],
    windowColumn: 'startedAt',
  }),
  definitionOf({
    subject: 'incident',
    columns: ['createdAt', 'linkMethod'],
    windowColumn: 'createdAt',
  }),
  definitionOf({ subject: 'incident', columns: ['linkMethod'], windowColumn: null }),
];

const hour = fc.integer({ min: 0, max: 300 });
const service = fc.constantFrom(null, 'shop', 'search', 'mail');
const repository = fc.constantFrom(null, 'r0', 'r1', 'r2', 'r3');
const world = fc.record({
  deployments: fc.array(fc.record({ at: hour, service, repository }), { maxLength: 10 }),
  incidents: fc.array(fc.record({ at: hour, service }), { maxLength: 8 }),
  stated: fc.array(fc.tuple(fc.nat(7), fc.nat(9)), { maxLength: 4 }),
  owners: fc.array(fc.constantFrom('red', 'blue', null), { minLength: 4, maxLength: 4 }),
  services: fc.array(
    fc.record({ owner: fc.constantFrom(null, null, ...teamIds), built: repository }),
    { minLength: 0, maxLength: 2 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

async function keep(store: Store, given: World): Promise<void> {
  const { deployments, incidents, stated, owners, services } = given;
  await store.transaction(async (transaction) => {
    await transaction
      .insert(tables.teams)
      .values(
        teamIds.map((id) => ({ id, workspaceId, key: id, name: id, origin: 'configuration' })),
      );
    const owned = owners.flatMap((teamId, place) =>
      teamId === null ? [] : [{ workspaceId, source, repositoryExternalId: `r${place}`, teamId }],
    );
    if (owned.length > 0) await transaction.insert(tables.repositoryTeams).values(owned);
    for (const [place, { owner, built }] of services.entries()) {
      const id = `s${place}`;
      const key = ['shop', 'search'][place] ?? '';
      await transaction
        .insert(tables.services)
        .values({ id, workspaceId, key, name: key, ownerTeamId: owner });
      if (built === null) continue;
      await transaction
        .insert(tables.serviceRepositories)
        .values({ workspaceId, serviceId: id, source, repositoryExternalId: built });
    }
    const write = (kind: keyof typeof domainTargets, rows: readonly object[]) =>
      upsertRows(transaction, domainTargets[kind], workspaceId, rows);
    await write(
      'deployments',
      deployments.map(({ at, service: serviceKey, repository: repositoryExternalId }, place) => ({
        ...buildDeployment({ source, serviceKey, repositoryExternalId }),
        externalId: `d${place}`,
        startedAt: startedAt + (at - 1) * hourMs,
        finishedAt: startedAt + at * hourMs,
      })),
    );
    await write(
      'incidents',
      incidents.map(({ at, service: serviceKey }, place) => ({
        ...buildIncident({ source, serviceKey, createdAt: startedAt + at * hourMs }),
        externalId: `i${place}`,
      })),
    );
    await write(
      'incidentDeployments',
      stated.map(([incident, deployment]) => ({
        source,
        incidentExternalId: `i${incident}`,
        deploymentSource: source,
        deploymentExternalId: `d${deployment}`,
        method: 'explicit',
        confidence: 1,
      })),
    );
  });
}

async function read(store: Store, definition: MetricDefinition, teamId: string | null, to: number) {
  const context: ReadContext = {
    store,
    workspaceId,
    viewer: { kind: 'system' },
    teamId,
    clock,
    metrics: {
      metrics: [definition],
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('There is no pull request here.');
        },
      },
    },
    settings: { activeStatuses: null, timeZone: 'UTC' },
  };
  const window = { from: startedAt + 20 * hourMs, to };
  const { columns, length } = await loadColumns(context, {
    definition,
    window,
    repositoryExternalId: null,
  });
  const names = Object.keys(columns);
  return Array.from({ length }, (_, row) =>
    JSON.stringify(names.map((name) => columns[name]?.[row])),
  );
}

test('each deployment and each incident is of one team, and says there what it says to everybody', async () => {
  await fc.assert(
    fc.asyncProperty(world, hour, async (given, endHour) => {
      const store = await openStore(':memory:', { clock });
      try {
        await keep(store, given);
        await refreshIncidentTeams(store, workspaceId);
        for (const definition of definitions) {
          const to = startedAt + (endHour + 21) * hourMs;
          const all = await read(store, definition, null, to);
          const parts: string[] = [];
          for (const teamId of teamIds) parts.push(...(await read(store, definition, teamId, to)));
          expect(parts.toSorted()).toEqual(all.toSorted());
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: 40, seed: 11 },
  );
}, 60_000);
