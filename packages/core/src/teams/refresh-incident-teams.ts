import { type SQL, sql } from 'drizzle-orm';
import { deleteRows, upsertRows } from '../store/bulk-write.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { ensureDefaultTeam } from '../workspace/default-team.ts';

const target = { table: tables.incidentTeams, key: ['incidentId'] };
/** Five lookups for each: so many take a few milliseconds. */
const chunkSize = 1_000;

/**
 * Brings the team of each incident in line with who owns services and repositories now. A change to
 * any of them may move any incident, so all are asked; what is written are the moves.
 */
export async function refreshIncidentTeams(store: Store, workspaceId: string): Promise<void> {
  await forgetGone(store, workspaceId);
  if (!(await hasIncidents(store, workspaceId))) return;
  const defaultTeamId = await ensureDefaultTeam(store, workspaceId);
  for (let last: string | null = ''; last !== null; ) {
    const rows = await readChunk(store, workspaceId, defaultTeamId, last);
    const moved = rows.filter(
      ([, teamId, createdAt, storedTeam, storedAt]) =>
        teamId !== storedTeam || createdAt !== storedAt,
    );
    if (moved.length > 0) {
      const written = moved.map(([incidentId, teamId, createdAt]) => ({
        incidentId,
        teamId,
        createdAt,
      }));
      await store.transaction((transaction) =>
        upsertRows(transaction, target, workspaceId, written),
      );
    }
    last = rows.length < chunkSize ? null : (rows.at(-1)?.[0] ?? null);
    await yieldToEventLoop();
  }
}

async function hasIncidents(store: Store, workspaceId: string): Promise<boolean> {
  const found = await queryTuples(
    store.read,
    sql`select 1 from incidents where workspace_id = ${workspaceId} limit 1`,
  );
  return found.length > 0;
}

type Row = [
  incidentId: string,
  teamId: string,
  createdAt: number,
  storedTeam: string | null,
  storedAt: number | null,
];

function readChunk(
  store: Store,
  workspaceId: string,
  defaultTeamId: string,
  after: string,
): Promise<Row[]> {
  return queryTuples<Row>(
    store.read,
    sql`select f.id, coalesce(${owner(workspaceId)}, ${defaultTeamId}), f.created_at, own.team_id,
        own.created_at
      from (select id, source, external_id, service_key, created_at from incidents
        where workspace_id = ${workspaceId} and id > ${after} order by id limit ${chunkSize}) f
      left join incident_teams own
        on own.workspace_id = ${workspaceId} and own.incident_id = f.id
      order by f.id`,
  );
}

/**
 * An incident belongs to the team that owns its service: by our own word, or as the owner of a
 * repository that the service is built from, or that a deployment of it or named by it came from.
 */
function owner(workspaceId: string): SQL {
  const ownerOf = (row: string): SQL => sql`join repository_teams owner
    on owner.workspace_id = ${workspaceId} and owner.source = ${sql.raw(row)}.source
      and owner.repository_external_id = ${sql.raw(row)}.repository_external_id`;
  return sql`(select s.owner_team_id from services s
      where s.workspace_id = ${workspaceId} and s.key = f.service_key),
    (select min(owner.team_id) from services s
      join service_repositories built on built.workspace_id = s.workspace_id
        and built.service_id = s.id ${ownerOf('built')}
      where s.workspace_id = ${workspaceId} and s.key = f.service_key),
    (select min(owner.team_id) from incident_deployments stated
      join deployments d on d.workspace_id = stated.workspace_id
        and d.source = stated.deployment_source and d.external_id = stated.deployment_external_id
      ${ownerOf('d')}
      where stated.workspace_id = ${workspaceId} and stated.source = f.source
        and stated.incident_external_id = f.external_id),
    (select owner.team_id from deployments d ${ownerOf('d')}
      where d.workspace_id = ${workspaceId} and d.service_key = f.service_key
      order by d.finished_at desc, d.external_id limit 1)`;
}

async function forgetGone(store: Store, workspaceId: string): Promise<void> {
  const gone = await queryTuples<[string]>(
    store.read,
    sql`select own.incident_id from incident_teams own where own.workspace_id = ${workspaceId}
      and not exists (select 1 from incidents i where i.id = own.incident_id)`,
  );
  if (gone.length === 0) return;
  const keys = gone.map(([incidentId]) => ({ incidentId }));
  await store.transaction((transaction) => deleteRows(transaction, target, workspaceId, keys));
}
