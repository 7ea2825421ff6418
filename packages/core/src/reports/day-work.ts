import { type SQL, sql } from 'drizzle-orm';
import { nextDay } from '../calendar/local-time.ts';
import { windowOfDays } from '../calendar/window-of-days.ts';
import type { Window } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { leads } from '../reads/repositories.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import {
  type DayWork,
  type UnmappedAccount,
  dayWorkItemSchema,
  unmappedAccountSchema,
} from './day-work-schema.ts';
import { type OwnAccounts, ownAccounts } from './own-accounts.ts';

const mostItems = 200;
const mostUnmapped = 20;
const dayMs = 86_400_000;
/** A repository is one of the author's for so long after something of theirs there. */
const ownRepositoryDays = 14;

/** Returns what the accounts of a person did on a calendar day in a zone. */
export async function readDayWork(
  context: ReadContext,
  { personId, day, timeZone }: { personId: string; day: string; timeZone: string },
): Promise<DayWork> {
  const window = windowOfDays({ from: day, to: nextDay(day) }, timeZone) ?? { from: 0, to: 0 };
  const accounts = await ownAccounts(context, personId);
  const [row] = await queryTuples<[number, number | null]>(
    context.store.read,
    sql`select (select count(*) from ${accounts.list}),
      (select max(last_finished_at) from sync_cursors where workspace_id = ${context.workspaceId})`,
  );
  const [count = 0, syncedAt = null] = row ?? [];
  if (count === 0) return { items: [], unmapped: [], syncedAt, gaps: ['author_unmapped'] };
  const found = await readRows(
    context.store.read,
    dayWorkItemSchema,
    Object.keys(dayWorkItemSchema.shape),
    sql`select * from (${touched(context, accounts, window)})
      order by "at", "kind", "key", "did" limit ${mostItems + 1}`,
  );
  const unmapped = await readUnmapped(context, accounts, window);
  return {
    items: found.slice(0, mostItems),
    unmapped: unmapped.slice(0, mostUnmapped),
    syncedAt,
    gaps: [
      ...(unmapped.length > 0 ? (['accounts_unmapped'] as const) : []),
      ...(found.length > mostItems || unmapped.length > mostUnmapped
        ? (['truncated'] as const)
        : []),
    ],
  };
}

function touched({ workspaceId }: ReadContext, { list }: OwnAccounts, window: Window): SQL {
  const inDay = (column: string): SQL =>
    sql`${sql.raw(column)} >= ${window.from} and ${sql.raw(column)} < ${window.to}`;
  const named = (alias: string): SQL => sql`left join repositories r
    on r.workspace_id = ${workspaceId} and r.source = ${sql.raw(alias)}.source
      and r.external_id = ${sql.raw(alias)}.repository_external_id`;
  const leading = (alias: string): SQL =>
    leads(workspaceId, `${alias}.repository_external_id`, `${alias}.source`);
  const pullRequest = (did: string, column: string): SQL => sql`
    select p.id as "id", 'pull_request' as "kind", ${did} as "did",
      coalesce('#' || p.number, p.external_id) as "key", p.title as "title", r.name as "repository",
      ${sql.raw(column)} as "at"`;
  const own = (did: string, column: string): SQL => sql`${pullRequest(did, column)}
    from pull_requests p ${named('p')}
    where p.workspace_id = ${workspaceId} and ${inDay(column)} and ${leading('p')}
      and (p.source, p.author_account_external_id) in ${list}`;
  return sql`
    select c.id as "id", 'commit' as "kind", 'committed' as "did", substr(c.sha, 1, 10) as "key",
      c.subject as "title", r.name as "repository", c.committed_at as "at"
    from commits c ${named('c')}
    where c.workspace_id = ${workspaceId} and ${inDay('c.committed_at')} and ${leading('c')}
      and (c.source, c.author_account_external_id) in ${list}
    union all ${own('opened', 'p.opened_at')}
    union all ${own('merged', 'p.merged_at')}
    union all select * from (${pullRequest('reviewed', 'min(e.at)')}
      from pull_request_events e
      join pull_requests p on p.workspace_id = ${workspaceId} and p.source = e.source
        and p.external_id = e.pull_request_external_id ${named('p')}
      where e.workspace_id = ${workspaceId} and e.kind = 'review' and ${inDay('e.at')}
        and ${leading('p')} and (e.source, e.actor_account_external_id) in ${list}
        and coalesce((p.source, p.author_account_external_id) in ${list}, 0) = 0
      group by p.id)
    union all select w.id as "id", 'work_item' as "kind", 'moved' as "did", w.key as "key",
      w.title as "title", null as "repository", max(m.at) as "at"
    from work_item_changes m
    join work_items w on w.workspace_id = ${workspaceId} and w.source = m.source
      and w.external_id = m.work_item_external_id
    where m.workspace_id = ${workspaceId} and m.field = 'status' and ${inDay('m.at')}
      and (m.source, m.actor_account_external_id) in ${list}
    group by w.id`;
}

/** An account that no rule and nobody joined with one of another source, where there are others. */
function standsAlone(workspaceId: string): SQL {
  return sql`(l.method = 'own_account'
    and (select count(distinct source) from accounts where workspace_id = ${workspaceId}) > 1
    and not exists (select 1 from person_accounts other where other.workspace_id = ${workspaceId}
      and other.person_id = l.person_id and other.account_source <> l.account_source))`;
}

async function readUnmapped(
  { store, workspaceId }: ReadContext,
  { list }: OwnAccounts,
  window: Window,
): Promise<UnmappedAccount[]> {
  const since = window.to - ownRepositoryDays * dayMs;
  const repositories = sql`(select source, repository_external_id from commits
      where workspace_id = ${workspaceId} and committed_at >= ${since}
        and committed_at < ${window.to} and (source, author_account_external_id) in ${list}
    union select source, repository_external_id from pull_requests
      where workspace_id = ${workspaceId} and opened_at >= ${since} and opened_at < ${window.to}
        and (source, author_account_external_id) in ${list})`;
  const seen = sql`select source, repository_external_id, author_account_external_id as account
      from commits where workspace_id = ${workspaceId}
        and committed_at >= ${window.from} and committed_at < ${window.to}
    union select source, repository_external_id, author_account_external_id from pull_requests
      where workspace_id = ${workspaceId}
        and opened_at >= ${window.from} and opened_at < ${window.to}`;
  return readRows(
    store.read,
    unmappedAccountSchema,
    Object.keys(unmappedAccountSchema.shape),
    sql`select a.source as "source", a.external_id as "externalId", a.login as "login",
        a.name as "name", min(coalesce(r.name, seen.repository_external_id)) as "repository"
      from (${seen}) seen
      join accounts a on a.workspace_id = ${workspaceId} and a.source = seen.source
        and a.external_id = seen.account and a.is_bot = 0 and a.kind = 'human'
      left join repositories r on r.workspace_id = ${workspaceId} and r.source = seen.source
        and r.external_id = seen.repository_external_id
      left join person_accounts l on l.workspace_id = ${workspaceId}
        and l.account_source = a.source and l.account_external_id = a.external_id
      where (seen.source, seen.repository_external_id) in ${repositories}
        and (l.person_id is null or ${standsAlone(workspaceId)})
      group by a.source, a.external_id order by a.source, a.external_id limit ${mostUnmapped + 1}`,
  );
}
