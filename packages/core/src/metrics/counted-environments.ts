import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isProductionEnvironment } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { loadSentPairs, type SentPair, withPairs } from './sent-pairs.ts';

/** The part of a deployment that says whether it counts. */
export interface DeploymentPlace {
  source: string;
  repository: string | null;
  environment: string;
}

/** Which deployments reached those for whom the software is. */
export interface CountedEnvironments {
  includes(place: DeploymentPlace): boolean;
  /** The condition that a row of deployments, under this alias, is one of them. */
  where(alias: string): SQL;
}

const placeSchema = z.object({
  source: z.string(),
  repository: z.string().nullable(),
  environment: z.string(),
});

/**
 * Returns which environments count as deployed to: those named after production; all of them in a
 * repository that names none so. Each repository decides for itself, so that another one changes
 * nothing of it; what was sent of a repository and what its source shows is one. Of a span of time, what was deployed in it is enough for the repositories that reached
 * production in it, and far fewer rows tell so.
 */
export async function countedEnvironments(
  database: Database,
  workspaceId: string,
  span?: { from: number; to: number },
): Promise<CountedEnvironments> {
  const inSpan =
    span === undefined ? sql`` : sql` and d.finished_at between ${span.from} and ${span.to}`;
  const seen = await readPlaces(database, workspaceId, inSpan);
  let places = seen;
  const hasUnnamed = withoutProduction(seen, []).length > 0;
  const pairs = hasUnnamed ? await loadSentPairs(database, workspaceId) : [];
  const unnamed = withoutProduction(seen, pairs);
  if (span !== undefined && unnamed.length > 0) {
    const keys = JSON.stringify([...withPairs(new Set(unnamed), pairs, keyOf)]);
    const ofThem = sql` and ${keyColumn('d')} in (select value from json_each(${keys}))`;
    places = [...seen, ...(await readPlaces(database, workspaceId, ofThem))];
  }
  return counting(places, pairs);
}

function counting(
  places: readonly DeploymentPlace[],
  pairs: readonly SentPair[],
): CountedEnvironments {
  const names = new Set(places.map(({ environment }) => environment));
  const production = [...names].filter((name) => isProductionEnvironment(name));
  const free = withoutProduction(places, pairs);
  const freeKeys = new Set(free);
  return {
    includes: (place) => isProductionEnvironment(place.environment) || freeKeys.has(keyOf(place)),
    where(alias) {
      const environment = sql.raw(`${alias}.environment`);
      const named = sql`${environment} in (select value from json_each(${JSON.stringify(production)}))`;
      if (free.length === 0) return named;
      return sql`(${named} or ${keyColumn(alias)} in (select value from json_each(${JSON.stringify(free)})))`;
    },
  };
}

/** The repositories none of whose environments is named after production. */
function withoutProduction(
  places: readonly DeploymentPlace[],
  pairs: readonly SentPair[],
): string[] {
  const named = places.filter(({ environment }) => isProductionEnvironment(environment));
  const reached = withPairs(new Set(named.map(keyOf)), pairs, keyOf);
  return [...new Set(places.map(keyOf))].filter((key) => !reached.has(key));
}

function readPlaces(
  database: Database,
  workspaceId: string,
  condition: SQL,
): Promise<DeploymentPlace[]> {
  return readRows(
    database,
    placeSchema,
    Object.keys(placeSchema.shape),
    sql`select distinct d.source, d.repository_external_id as repository, d.environment
        from deployments d where d.workspace_id = ${workspaceId}${condition}`,
  );
}

function keyOf({ source, repository }: Pick<DeploymentPlace, 'source' | 'repository'>): string {
  return `${source}\n${repository ?? ''}`;
}

function keyColumn(alias: string): SQL {
  return sql.raw(`(${alias}.source || char(10) || coalesce(${alias}.repository_external_id, ''))`);
}
