import { type SQL, sql } from 'drizzle-orm';
import { AdjutantError } from '../../errors.ts';
import { outsideName } from '../../outside-name.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { queryTuples } from '../../store/raw-query.ts';

const mostNamed = 10;

export interface FoundService {
  key: string;
  caveats: string[];
}

/**
 * Returns a service by its key, whatever its case.
 * @throws AdjutantError `NotFound`, naming some that exist
 */
export async function findService(context: ReadContext, name: string): Promise<FoundService> {
  const { workspaceId, store } = context;
  const known = await queryTuples<[key: string]>(
    store.read,
    sql`select key from services where workspace_id = ${workspaceId}
        union select service_key from deployments
          where workspace_id = ${workspaceId} and service_key is not null
        union select service_key from incidents
          where workspace_id = ${workspaceId} and service_key is not null
        order by 1`,
  );
  const keys = known.map(([key]) => key);
  const wanted = name.toLowerCase();
  const key = keys.find((one) => one === name) ?? keys.find((one) => one.toLowerCase() === wanted);
  if (key === undefined) {
    throw new AdjutantError('NotFound', 'There is no service of that key here.', {
      hint:
        keys.length === 0
          ? 'No service is known: deployments, incidents and the configuration name them.'
          : `Known are: ${keys.slice(0, mostNamed).map(outsideName).join(', ')}.`,
    });
  }
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select exists (select 1 from services s join service_repositories built
          on built.workspace_id = s.workspace_id and built.service_id = s.id
        where s.workspace_id = ${workspaceId} and s.key = ${key}
          and coalesce(built.path_filter, '') <> '')`,
  );
  const isPart = row?.[0] === 1;
  return {
    key,
    caveats: isPart
      ? [
          'The service is built from a part of a repository, and which part a change touched is not known: all of the repository counts.',
        ]
      : [],
  };
}

/** Returns a query of `source, repository_external_id`: what a service is built or deployed from. */
export function repositoriesOfService(workspaceId: string, key: string): SQL {
  return sql`with named as (
      select built.source, built.repository_external_id from services s
        join service_repositories built on built.workspace_id = s.workspace_id
          and built.service_id = s.id
        where s.workspace_id = ${workspaceId} and s.key = ${key}
      union select d.source, d.repository_external_id from deployments d
        where d.workspace_id = ${workspaceId} and d.service_key = ${key}
          and d.repository_external_id is not null)
    select source, repository_external_id from named
    union select l.lead_source, l.lead_repository_external_id from repository_leads l
      join named n on n.source = l.source and n.repository_external_id = l.repository_external_id
      where l.workspace_id = ${workspaceId}
    union select l.source, l.repository_external_id from repository_leads l
      join named n on n.source = l.lead_source
        and n.repository_external_id = l.lead_repository_external_id
      where l.workspace_id = ${workspaceId}`;
}

/** Returns a query of `source, repository_external_id`: what a service is said to be built from. */
export function builtRepositoriesOfService(workspaceId: string, key: string): SQL {
  return sql`select built.source, built.repository_external_id from services s
    join service_repositories built on built.workspace_id = s.workspace_id
      and built.service_id = s.id
    where s.workspace_id = ${workspaceId} and s.key = ${key}`;
}
