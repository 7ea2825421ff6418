import { type SQL, sql } from 'drizzle-orm';
import type { Window } from '../domain.ts';
import { subjects } from '../metrics/subjects/subjects.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import type { RollupGroup } from './rollup-groups.ts';
import type { ScopeMap } from './rollup-scopes.ts';

/** The first instant of the rows of one source in one repository; the latter null where there is none. */
export type FirstInstant = [source: string, repository: string | null, at: number];

/** Which scopes the rows of a group belong to. */
export interface GroupMembers {
  /** The columns that tell it, beside those that metrics read. */
  columns: readonly string[];
  scopesAt(columns: Readonly<Record<string, unknown[]>>, row: number): readonly number[];
  /** For each scope, since when its rows are shown, as its coverage is told from. */
  firsts: readonly FirstInstant[][];
  /** What a change of which changes every week of a scope, beside its own key. */
  keys: readonly string[];
}

const withoutRepository: ReadonlySet<string> = new Set([
  'incident',
  'work_item',
  'status_span',
  'action',
]);

/** Returns whether the rows of a group belong to repositories themselves. */
export function hasRepository({ subject }: RollupGroup): boolean {
  return !withoutRepository.has(subject);
}

const allTime: Window = { from: 0, to: 8_640_000_000_000_000 };
const noScopes: readonly number[] = [];

/**
 * Returns the members of a group. A row that belongs to no repository is looked up by its links. The
 * first instants are read from all rows, unless they are known.
 */
export async function loadMembers(
  context: ReadContext,
  group: RollupGroup,
  map: ScopeMap,
  places: DeliveryPlaces,
  known: readonly FirstInstant[][] | null,
): Promise<GroupMembers> {
  switch (group.subject) {
    case 'incident':
      return incidentMembers(context, group, map, { places, span: allTime });
    case 'work_item':
    case 'status_span':
      return workItemMembers(context, group, map);
    case 'action':
      return repositoryMembers(context, group, map, known, { scopesOf: () => [0], columns: [] });
    case 'deployment': {
      const members = await repositoryMembers(context, group, map, known, {
        scopesOf: map.ofDeployment,
        columns: ['source', 'repositoryExternalId', 'serviceKey'],
      });
      return { ...members, keys: incidentKeys(map, places) };
    }
    default:
      return repositoryMembers(context, group, map, known, {
        scopesOf: map.ofRow,
        columns: ['source', 'repositoryExternalId'],
      });
  }
}

async function repositoryMembers(
  context: ReadContext,
  group: RollupGroup,
  map: ScopeMap,
  known: readonly FirstInstant[][] | null,
  told: { scopesOf: ScopeMap['ofDeployment']; columns: readonly string[] },
): Promise<GroupMembers> {
  const firsts = known ?? (await firstInstants(context, group, map, told));
  return {
    columns: told.columns,
    firsts,
    keys: map.scopes.map(() => ''),
    scopesAt: (columns, row) =>
      told.scopesOf(
        textAt(columns['source'], row) ?? '',
        textAt(columns['repositoryExternalId'], row),
        textAt(columns['serviceKey'], row),
      ),
  };
}

async function firstInstants(
  context: ReadContext,
  group: RollupGroup,
  map: ScopeMap,
  told: { scopesOf: ScopeMap['ofDeployment']; columns: readonly string[] },
): Promise<FirstInstant[][]> {
  const subject = await subjects[group.subject](context, allTime, [group.windowColumn]);
  const at = sql.raw(subject.columnOf(group.windowColumn));
  const columnIf = (name: string): SQL =>
    told.columns.includes(name) ? sql.raw(subject.columnOf(name)) : sql`null`;
  const rows = await queryTuples<[string, string | null, string | null, number]>(
    context.store.read,
    sql`select f.source, ${columnIf('repositoryExternalId')}, ${columnIf('serviceKey')}, min(${at})
      from ${subject.from} where ${subject.where} and ${at} is not null group by 1, 2, 3`,
  );
  const firsts: FirstInstant[][] = map.scopes.map(() => []);
  for (const [source, repository, service, first] of rows) {
    for (const scope of told.scopesOf(source, repository, service)) {
      keepFirst(firsts[scope], [source, repository, first]);
    }
  }
  return firsts;
}

function textAt(column: readonly unknown[] | undefined, row: number): string | null {
  const value = column?.[row];
  return typeof value === 'string' ? value : null;
}

/** Of each source and repository only the earliest instant is kept. */
function keepFirst(firsts: FirstInstant[] | undefined, [source, repository, at]: FirstInstant) {
  if (firsts === undefined) return;
  const known = firsts.find(([from, of]) => from === source && of === repository);
  if (known === undefined) firsts.push([source, repository, at]);
  else known[2] = Math.min(known[2], at);
}

/** As is kept of the team (`refresh-incident-teams.ts`), for services and repositories too. */
export async function incidentMembers(
  context: ReadContext,
  group: RollupGroup,
  map: ScopeMap,
  { places, span }: { places: DeliveryPlaces; span: Window },
): Promise<GroupMembers> {
  const { store, workspaceId } = context;
  const began = sql.raw((await subjects.incident(context, span)).columnOf(group.windowColumn));
  const isIn =
    span === allTime ? sql`true` : sql`${began} >= ${span.from} and ${began} < ${span.to}`;
  const rows = await queryTuples<[string, string, string | null, string, number | null]>(
    store.read,
    sql`select f.id, f.source, f.service_key, f.external_id, ${began}
      from incidents f where f.workspace_id = ${workspaceId} and ${isIn}`,
  );
  const stated = await queryTuples<[string, string, string, string | null]>(
    store.read,
    sql`select s.source, s.incident_external_id, d.source, d.repository_external_id
      from incidents f cross join incident_deployments s on s.workspace_id = f.workspace_id
        and s.source = f.source and s.incident_external_id = f.external_id
      cross join deployments d on d.workspace_id = s.workspace_id
        and d.source = s.deployment_source and d.external_id = s.deployment_external_id
      where f.workspace_id = ${workspaceId} and ${isIn}`,
  );
  const statedOf = new Map<string, [string, string][]>();
  for (const [source, incident, from, repository] of stated) {
    if (repository !== null) push(statedOf, `${source}\n${incident}`, [from, repository]);
  }
  const placesOf = new Map<string, string[]>();
  for (const [service, , repository] of places.servicePlaces) push(placesOf, service, repository);
  const teamsOf = new Map(places.serviceTeams.map(([key, owner, last]) => [key, [owner, last]]));
  const owning = map.ownedTeamOf;
  const scopesOf = (source: string, service: string | null, externalId: string): number[] => {
    const held = statedOf.get(`${source}\n${externalId}`) ?? [];
    const [owner, last] = (service === null ? undefined : teamsOf.get(service)) ?? [];
    const statedTeam = held
      .map(([from, repository]) => owning(from, repository))
      .filter((team) => team !== null)
      .toSorted()[0];
    const team = owner ?? statedTeam ?? last ?? map.teamOf('', null);
    const found = new Set<number | undefined>([0]);
    if (team !== null) found.add(map.position('team', team));
    if (service !== null) found.add(map.position('service', service));
    const near = service === null ? [] : (placesOf.get(service) ?? []);
    for (const repository of [...near, ...held.map(([, one]) => one)]) {
      for (const scope of map.ofRepositoryId(repository)) found.add(scope);
    }
    return [...found].filter((scope) => scope !== undefined);
  };
  const members = rows.map(([id, source, service, externalId, at]) => ({
    id,
    source,
    at,
    scopes: scopesOf(source, service, externalId),
  }));
  return membersById(map, members, incidentKeys(map, places));
}

/** Which services' incidents a scope has; what a deployment is told of incidents hangs on it too. */
function incidentKeys(map: ScopeMap, places: DeliveryPlaces): string[] {
  const defaultTeam = map.teamOf('', null);
  return map.scopes.map(({ kind, key }, position) => {
    if (kind === 'repository') {
      return JSON.stringify(
        places.servicePlaces.filter(([, , id]) => map.ofRepositoryId(id).includes(position)),
      );
    }
    if (kind !== 'team') return '';
    const isOf = (owner: string | null, last: string | null): boolean =>
      owner === key || last === key || (key === defaultTeam && owner === null && last === null);
    return JSON.stringify(places.serviceTeams.filter(([, owner, last]) => isOf(owner, last)));
  });
}

/** As `workItemOfTeam` and `workItemOfRepository` tell whose an item is. */
async function workItemMembers(
  context: ReadContext,
  group: RollupGroup,
  map: ScopeMap,
): Promise<GroupMembers> {
  const { store, workspaceId } = context;
  const links = await queryTuples<[string, string, string, string]>(
    store.read,
    sql`select distinct l.work_item_source, l.work_item_external_id, p.source,
        p.repository_external_id
      from pull_request_work_items l join pull_requests p on p.workspace_id = l.workspace_id
        and p.source = l.source and p.external_id = l.pull_request_external_id
      where l.workspace_id = ${workspaceId}`,
  );
  const linkedScopes = new Map<string, Set<number>>();
  for (const [source, item, from, repository] of links) {
    const key = `${source}\n${item}`;
    const known = linkedScopes.get(key) ?? new Set();
    linkedScopes.set(key, known);
    for (const scope of map.ofRow(from, repository)) known.add(scope);
  }
  const subject = await subjects[group.subject](context, allTime);
  // The first of an item's spans is enough to tell since when items are shown.
  const at = sql.raw(subject.columnOf(group.windowColumn));
  const rows = await queryTuples<[string, string, string, number | null]>(
    store.read,
    sql`select f.id, w.source, w.external_id, min(${at}) from ${subject.from}
      join work_items w on w.id = f.id where w.workspace_id = ${workspaceId} group by f.id`,
  );
  const unlinked = map.ofRow('', null);
  const members = rows.map(([id, source, item, first]) => ({
    id,
    source,
    at: first,
    scopes: [...(linkedScopes.get(`${source}\n${item}`) ?? unlinked)],
  }));
  return membersById(
    map,
    members,
    map.scopes.map(() => ''),
  );
}

interface Member {
  id: string;
  source: string;
  at: number | null;
  scopes: readonly number[];
}

function membersById(
  map: ScopeMap,
  members: readonly Member[],
  keys: readonly string[],
): GroupMembers {
  const firsts: FirstInstant[][] = map.scopes.map(() => []);
  for (const { source, at, scopes } of members) {
    if (at === null) continue;
    for (const scope of scopes) keepFirst(firsts[scope], [source, null, at]);
  }
  const byId = new Map(members.map(({ id, scopes }) => [id, scopes]));
  return {
    columns: [],
    firsts,
    keys,
    scopesAt: (columns, row) => byId.get(String(columns['id']?.[row])) ?? noScopes,
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
