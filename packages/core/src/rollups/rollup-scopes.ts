import { eq, sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import type { RollupScope } from './rollups-handle.ts';

/** All scopes of a workspace, and which of them a row belongs to. */
export interface ScopeMap {
  scopes: readonly RollupScope[];
  /** What a change of which changes every week of the scope. */
  keys: readonly string[];
  /** The scopes of rows of a repository: its services are those it is built or deployed for. */
  ofRow: (source: string, repository: string | null) => readonly number[];
  /** The same, with the scopes of what follows the repository. */
  ofFamily: (source: string, repository: string) => readonly number[];
  /** The same of a deployment, which may name its service itself. */
  ofDeployment: (
    source: string,
    repository: string | null,
    serviceKey: string | null,
  ) => readonly number[];
  /** The team that owns a repository. */
  teamOf(source: string, repository: string | null): string | null;
  /** The same; null where nobody was said to own it. */
  ownedTeamOf: (source: string, repository: string) => string | null;
  position(kind: RollupScope['kind'], key: string): number | undefined;
  /** The scopes of a repository and of what leads it, by external id. */
  ofRepositoryId(externalId: string): readonly number[];
}

/** Returns the text that a scope is kept under. */
export function scopeName({ kind, key }: RollupScope): string {
  return `${kind} ${key}`;
}

/** Returns the scopes as `forTeam`, `repository` and services see rows. */
export async function loadScopes(context: ReadContext, places: DeliveryPlaces): Promise<ScopeMap> {
  const loaded = await loadOwnership(context);
  const { defaultTeamId, teamByRepository, servicesOf } = loaded;
  const followers = new Map<string, string[]>();
  const following = new Set<string>();
  for (const [source, externalId, leadId] of loaded.leads) {
    following.add(`${source}\n${externalId}`);
    push(followers, externalId, leadId);
  }
  const scopes: RollupScope[] = [{ kind: 'workspace', key: '' }];
  for (const id of loaded.teamIds) scopes.push({ kind: 'team', key: id });
  for (const key of [...new Set([...loaded.serviceKeys, ...places.serviceKeys])].toSorted())
    scopes.push({ kind: 'service', key });
  const leading = loaded.repositories.filter((place) => !following.has(place.join('\n')));
  for (const id of [...new Set(leading.map(([, externalId]) => externalId))].toSorted()) {
    scopes.push({ kind: 'repository', key: id });
  }
  const positions = new Map(scopes.map((scope, index) => [scopeName(scope), index]));
  const position = (kind: RollupScope['kind'], key: string) =>
    positions.get(scopeName({ kind, key }));
  const ownedTeamOf = (source: string, repository: string): string | null =>
    teamByRepository.get(`${source}\n${repository}`) ?? null;
  const teamOf = (source: string, repository: string | null): string | null =>
    teamByRepository.get(`${source}\n${repository ?? ''}`) ?? defaultTeamId;
  const ofRepositoryId = (externalId: string): readonly number[] =>
    [externalId, ...(followers.get(externalId) ?? [])]
      .map((id) => position('repository', id))
      .filter((found) => found !== undefined);
  const named = new Set(loaded.serviceKeys);
  const near = placesOfServices(places, loaded.leads);
  const scopesOf = (
    source: string,
    repository: string | null,
    services: readonly string[],
  ): readonly number[] => {
    const team = teamOf(source, repository);
    const all = [0, team === null ? undefined : position('team', team)];
    for (const key of services) all.push(position('service', key));
    if (repository !== null) all.push(...ofRepositoryId(repository));
    return [...new Set(all.filter((one) => one !== undefined))];
  };
  const ofRow = remembered((source: string, repository: string | null) =>
    scopesOf(source, repository, near.get(`${source}\n${repository ?? ''}`) ?? []),
  );
  const ofFamily = remembered((source: string, repository: string) => {
    const others = loaded.leads.filter(([, , id, from]) => from === source && id === repository);
    const all = [[source, repository] as const, ...others.map(([from, id]) => [from, id] as const)];
    return [...new Set(all.flatMap(([from, id]) => [...ofRow(from, id)]))];
  });
  const ofDeployment = remembered(
    (source: string, repository: string | null, serviceKey: string | null) => {
      const services = serviceKey === null ? [] : [serviceKey];
      // One that names no service that is known here is of what its repository is built for.
      if (serviceKey === null || !named.has(serviceKey)) {
        services.push(...(servicesOf.get(`${source}\n${repository ?? ''}`) ?? []));
      }
      return scopesOf(source, repository, services);
    },
  );
  const map = {
    scopes,
    ofRow,
    ofFamily,
    ofDeployment,
    teamOf,
    ownedTeamOf,
    position,
    ofRepositoryId,
  };
  return { ...map, keys: keysOf(map, loaded, places) };
}

/** What a service is built or deployed from, in whichever source, by `source, repository`. */
function placesOfServices(
  { servicePlaces }: DeliveryPlaces,
  leads: Ownership['leads'],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [service, source, repository] of servicePlaces) {
    push(found, `${source}\n${repository}`, service);
    for (const [from, id, leadId, leadSource] of leads) {
      if (from === source && id === repository) push(found, `${leadSource}\n${leadId}`, service);
      if (leadSource === source && leadId === repository) push(found, `${from}\n${id}`, service);
    }
  }
  return found;
}

/** Rows ask the same few questions over and over. */
function remembered<Question extends readonly (string | null)[]>(
  answer: (...question: Question) => readonly number[],
): (...question: Question) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (...question) => {
    const name = question.join('\n');
    const found = known.get(name) ?? answer(...question);
    known.set(name, found);
    return found;
  };
}

/**
 * What decides whose a row is. A repository that nobody owns is the default team's before and after it
 * is seen first, so that a new one changes no key.
 */
function keysOf(
  { scopes, ofRepositoryId }: Pick<ScopeMap, 'scopes' | 'ofRepositoryId'>,
  { leads, teamByRepository, defaultTeamId, servicesOf }: Ownership,
  { hidden, servicePlaces }: DeliveryPlaces,
): string[] {
  const owned = [...teamByRepository];
  const built = [...servicesOf];
  return scopes.map(({ kind, key }, position) => {
    const parts: unknown[] =
      kind === 'team'
        ? owned.filter(([, team]) => team === key || key === defaultTeamId)
        : kind === 'service'
          ? [
              ...built.filter(([, services]) => services.includes(key)).map(([place]) => place),
              ...servicePlaces.filter(([service]) => service === key),
              ...leads,
            ]
          : leads.filter(([, , id]) => position === 0 || ofRepositoryId(id).includes(position));
    return JSON.stringify([parts.map((part) => JSON.stringify(part)).toSorted(), hidden]);
  });
}

interface Ownership {
  defaultTeamId: string | null;
  teamIds: string[];
  repositories: [source: string, externalId: string][];
  teamByRepository: Map<string, string>;
  leads: [source: string, externalId: string, leadExternalId: string, leadSource: string][];
  serviceKeys: string[];
  servicesOf: Map<string, string[]>;
}

async function loadOwnership({ store, workspaceId }: ReadContext): Promise<Ownership> {
  const { teams, repositories, repositoryTeams, services } = tables;
  const { read } = store;
  const teamRows = await read.select().from(teams).where(eq(teams.workspaceId, workspaceId));
  const places = await read
    .select({ source: repositories.source, externalId: repositories.externalId })
    .from(repositories)
    .where(eq(repositories.workspaceId, workspaceId));
  const owners = await read
    .select()
    .from(repositoryTeams)
    .where(eq(repositoryTeams.workspaceId, workspaceId));
  const leads = await queryTuples<[string, string, string, string]>(
    read,
    sql`select source, repository_external_id, lead_repository_external_id, lead_source
      from repository_leads where workspace_id = ${workspaceId}`,
  );
  const serviceRows = await read
    .select({ key: services.key })
    .from(services)
    .where(eq(services.workspaceId, workspaceId));
  const built = await queryTuples<[string, string, string]>(
    read,
    sql`select b.source, b.repository_external_id, s.key from service_repositories b
      join services s on s.workspace_id = b.workspace_id and s.id = b.service_id
      where b.workspace_id = ${workspaceId} order by s.key`,
  );
  const servicesOf = new Map<string, string[]>();
  for (const [source, externalId, key] of built) push(servicesOf, `${source}\n${externalId}`, key);
  return {
    defaultTeamId: teamRows.find(({ key }) => key === 'default')?.id ?? null,
    teamIds: teamRows.map(({ id }) => id).toSorted(),
    repositories: places.map(({ source, externalId }) => [source, externalId]),
    teamByRepository: new Map(
      owners.map((row) => [`${row.source}\n${row.repositoryExternalId}`, row.teamId]),
    ),
    leads,
    serviceKeys: serviceRows.map(({ key }) => key),
    servicesOf,
  };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
}
