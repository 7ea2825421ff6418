import { sql } from 'drizzle-orm';
import { type ColumnValue, readColumns } from '../../store/json-columns.ts';
import { type KnownAccount, keyOf, type SubjectContext } from '../subject-context.ts';

/** A pull request that is linked with a work item, and when a person last did something with it. */
export interface LinkedRequest {
  id: string;
  isOpen: boolean;
  teamId: string | null;
  lastActivityAt: number | null;
  /** The event or commit that this was; null where it was opening, merging or closing, or not asked for. */
  lastActivityId: string | null;
}

const names = [
  'item',
  'id',
  'source',
  'repository',
  'openedAt',
  'endedAt',
  'eventAt',
  'eventId',
  'commitAt',
  'commitId',
] as const;

/** A work item, and whether what happens to its pull requests is asked for. */
export interface AskedItem {
  externalId: string;
  withActivity: boolean;
}

/** Returns the pull requests that are linked with work items of one source, item by item. */
export async function readLinkedRequests(
  context: SubjectContext,
  source: string,
  asked: readonly AskedItem[],
): Promise<LinkedRequest[][]> {
  const { read, now } = context;
  const [followers, repositories] = [await context.followers(), await context.repositories()];
  const columns = await readColumns(
    read.store.read,
    names,
    requestsOf(
      read.workspaceId,
      source,
      JSON.stringify(
        asked.map(({ externalId, withActivity }) => [externalId, withActivity ? 1 : 0]),
      ),
      { now, bots: botsIn(await context.accounts()) },
    ),
  );
  const requests = asked.map((): LinkedRequest[] => []);
  const [items = [], ids = [], sources = [], of = [], openedAts = [], endedAts = []] = columns;
  const [eventAts = [], eventIds = [], commitAts = [], commitIds = []] = columns.slice(6);
  for (const [position, item] of items.entries()) {
    const repository = keyOf(String(sources[position]), String(of[position]));
    if (followers.has(repository)) continue;
    const openedAt = instantOf(openedAts[position], now);
    if (openedAt === null && context.isPast) continue;
    const endedAt = instantOf(endedAts[position], now);
    const acts = [
      { at: openedAt, id: null },
      { at: endedAt, id: null },
      { at: instantOf(eventAts[position], now), id: textOf(eventIds[position]) },
      { at: instantOf(commitAts[position], now), id: textOf(commitIds[position]) },
    ];
    const last = acts.reduce((one, other) => ((other.at ?? 0) > (one.at ?? 0) ? other : one));
    requests[Number(item)]?.push({
      id: String(ids[position]),
      isOpen: endedAt === null,
      teamId: repositories.get(repository)?.teamId ?? null,
      lastActivityAt: last.at,
      lastActivityId: last.id,
    });
  }
  for (const ofItem of requests) ofItem.sort((one, other) => (one.id < other.id ? -1 : 1));
  return requests;
}

const knownBots = new WeakMap<ReadonlyMap<string, KnownAccount>, string>();

/** The external ids of programs, as JSON; made once for a pass. */
function botsIn(accounts: ReadonlyMap<string, KnownAccount>): string {
  const known = knownBots.get(accounts);
  if (known !== undefined) return known;
  const bots = [...accounts].flatMap(([key, { isBot }]) =>
    isBot ? [key.slice(key.indexOf('\n') + 1)] : [],
  );
  const text = JSON.stringify(bots);
  knownBots.set(accounts, text);
  return text;
}

function textOf(value: ColumnValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function instantOf(value: ColumnValue | undefined, now: number): number | null {
  return typeof value === 'number' && value <= now ? value : null;
}

/** The row of the largest instant is the one that SQLite takes the id from. */
function requestsOf(
  workspaceId: string,
  source: string,
  ids: string,
  { now, bots }: { now: number; bots: string },
) {
  const ofRequest = (alias: string) => sql`${sql.raw(alias)}.workspace_id = p.workspace_id
    and ${sql.raw(alias)}.source = p.source and ${sql.raw(alias)}.pull_request_external_id = p.external_id`;
  const event = sql`select e.at || ' ' || e.id from pull_request_events e
    where ${ofRequest('e')} and e.at <= ${now}
      and e.actor_account_external_id not in (select value from json_each(${bots}))
    order by e.at desc limit 1`;
  const commit = sql`select c.committed_at || ' ' || c.id from pull_request_commits k
    join commits c on c.workspace_id = k.workspace_id and c.source = k.source
      and c.repository_external_id = k.repository_external_id and c.sha = k.sha
    where ${ofRequest('k')} and c.committed_at <= ${now} order by c.committed_at desc limit 1`;
  const instant = (name: string) =>
    sql.raw(`cast(substr(${name}, 1, instr(${name}, ' ') - 1) as integer)`);
  const id = (name: string) => sql.raw(`substr(${name}, instr(${name}, ' ') + 1)`);
  return sql`select item, id, source, repository, openedAt as "openedAt", endedAt as "endedAt",
      ${instant('lastEvent')} as "eventAt", ${id('lastEvent')} as "eventId",
      ${instant('lastCommit')} as "commitAt", ${id('lastCommit')} as "commitId"
    from (select asked.key as item, p.id, p.source, p.repository_external_id as repository,
        p.opened_at as openedAt, coalesce(p.merged_at, p.closed_at) as endedAt,
        case when asked.value ->> 1 then (${event}) end as lastEvent,
        case when asked.value ->> 1 then (${commit}) end as lastCommit
      from json_each(${ids}) asked cross join pull_request_work_items l
        on l.workspace_id = ${workspaceId} and l.work_item_source = ${source}
        and l.work_item_external_id = asked.value ->> 0
      cross join pull_requests p on p.workspace_id = l.workspace_id and p.source = l.source
        and p.external_id = l.pull_request_external_id)`;
}
