import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { isProductionEnvironment } from '../domain.ts';
import { loadSentPairs, withPairs } from '../metrics/sent-pairs.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';

/** What follows from deployments, runs and incidents as a whole, wherever in time they lie. */
export const deliveryPlacesSchema = z.object({
  /** Repositories none of whose environments is named after production: there, all of them count. */
  withoutProduction: z.array(z.string()),
  /** Every service that a deployment or an incident names. */
  serviceKeys: z.array(z.string()),
  /** Services with the source and id of the repositories that they are built or deployed from. */
  servicePlaces: z.array(z.tuple([z.string(), z.string(), z.string()])),
  /** Services of incidents: the team that owns them, and the team that deployed them last. */
  serviceTeams: z.array(z.tuple([z.string(), z.string().nullable(), z.string().nullable()])),
  /** Repositories whose rows of a kind, or some of them, are not counted, because a leading source shows such rows. */
  hidden: z.array(z.tuple([z.string(), z.string(), z.string()])),
});
export type DeliveryPlaces = z.infer<typeof deliveryPlacesSchema>;

/**
 * Returns it, from all rows: to be kept as long as no deployment, run, release or incident
 * changes, and nothing of who owns what.
 */
export async function loadDeliveryPlaces(context: ReadContext): Promise<DeliveryPlaces> {
  const { store, workspaceId } = context;
  const { read } = store;
  const named = await queryTuples<[string]>(
    read,
    sql`select service_key from deployments
        where workspace_id = ${workspaceId} and service_key is not null
      union select service_key from incidents
        where workspace_id = ${workspaceId} and service_key is not null order by 1`,
  );
  return {
    withoutProduction: await loadWithoutProduction(context),
    serviceKeys: named.map(([key]) => key),
    servicePlaces: await loadServicePlaces(context),
    serviceTeams: await loadServiceTeams(context),
    hidden: await loadHidden(context),
  };
}

/** Returns a digest of who owns which repository and service, and of which source leads which. */
export async function readOwnership({ store, workspaceId }: ReadContext): Promise<string> {
  const rows = await queryTuples<(string | null)[]>(
    store.read,
    sql`select 'team', source, repository_external_id, team_id, null from repository_teams
        where workspace_id = ${workspaceId}
      union all select 'service', id, key, owner_team_id, null from services
        where workspace_id = ${workspaceId}
      union all select 'built', service_id, source, repository_external_id, null
        from service_repositories where workspace_id = ${workspaceId}
      union all select 'lead', source, repository_external_id, lead_source,
          lead_repository_external_id
        from repository_leads where workspace_id = ${workspaceId}
      union all select kind, source, repository_external_id, name, from_at || ' ' || until_at
        from delivery_followers where workspace_id = ${workspaceId}
      order by 1, 2, 3, 4, 5`,
  );
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
}

/** As `countedEnvironments` tells them apart. */
async function loadWithoutProduction({ store, workspaceId }: ReadContext): Promise<string[]> {
  const rows = await queryTuples<[string, string | null, string]>(
    store.read,
    sql`select distinct source, repository_external_id, environment from deployments
      where workspace_id = ${workspaceId} order by 1, 2`,
  );
  const reached = new Set<string>();
  const all = new Set<string>();
  for (const [source, repository, environment] of rows) {
    const place = JSON.stringify([source, repository]);
    all.add(place);
    if (isProductionEnvironment(environment)) reached.add(place);
  }
  const pairs = await loadSentPairs(store.read, workspaceId);
  const keyOf = (place: { source: string; repository: string | null }): string =>
    JSON.stringify([place.source, place.repository]);
  const shared = withPairs(reached, pairs, keyOf);
  return [...all].filter((place) => !shared.has(place));
}

function loadServicePlaces({
  store,
  workspaceId,
}: ReadContext): Promise<[string, string, string][]> {
  return queryTuples<[string, string, string]>(
    store.read,
    sql`select d.service_key, d.source, d.repository_external_id from deployments d
        where d.workspace_id = ${workspaceId} and d.service_key is not null
          and d.repository_external_id is not null
      union select s.key, built.source, built.repository_external_id from services s
        join service_repositories built on built.workspace_id = s.workspace_id
          and built.service_id = s.id
        where s.workspace_id = ${workspaceId} order by 1, 2, 3`,
  );
}

function loadServiceTeams({
  store,
  workspaceId,
}: ReadContext): Promise<[string, string | null, string | null][]> {
  return queryTuples<[string, string | null, string | null]>(
    store.read,
    sql`select k.service_key,
      coalesce((select s.owner_team_id from services s
          where s.workspace_id = ${workspaceId} and s.key = k.service_key),
        (select min(owner.team_id) from services s
          join service_repositories built on built.workspace_id = s.workspace_id
            and built.service_id = s.id
          join repository_teams owner on owner.workspace_id = ${workspaceId}
            and owner.source = built.source
            and owner.repository_external_id = built.repository_external_id
          where s.workspace_id = ${workspaceId} and s.key = k.service_key)),
      (select owner.team_id from deployments d
        join repository_teams owner on owner.workspace_id = ${workspaceId}
          and owner.source = d.source
          and owner.repository_external_id = d.repository_external_id
        where d.workspace_id = ${workspaceId} and d.service_key = k.service_key
        order by d.finished_at desc, d.external_id limit 1)
      from (select distinct service_key from incidents
        where workspace_id = ${workspaceId} and service_key is not null) k order by 1`,
  );
}

/** As `countsOnce` and the subject of runs leave them out. */
async function loadHidden({
  store,
  workspaceId,
}: ReadContext): Promise<[string, string, string][]> {
  const kinds = ['deployments', 'releases', 'pipeline_runs'] as const;
  const hidden: [string, string, string][] = [];
  for (const table of kinds) {
    const rows = await queryTuples<[string, string]>(
      store.read,
      sql`select source, repository_external_id from repository_leads
        where workspace_id = ${workspaceId}
          and (lead_source, lead_repository_external_id) in (
            select source, repository_external_id from ${sql.raw(table)}
            where workspace_id = ${workspaceId})
        order by 1, 2`,
    );
    for (const [source, externalId] of rows) hidden.push([table, source, externalId]);
  }
  const shownToo = await queryTuples<[string, string, string, number, number]>(
    store.read,
    sql`select source, repository_external_id, kind, name, from_at, until_at
        from delivery_followers where workspace_id = ${workspaceId} order by 1, 2, 3, 4`,
  );
  for (const [source, ...parts] of shownToo) {
    hidden.push(['delivery_followers', source, JSON.stringify(parts)]);
  }
  return hidden;
}
