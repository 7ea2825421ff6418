import { type SQL, sql } from 'drizzle-orm';
import type { Window } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { leads } from '../reads/repositories.ts';
import { readColumns } from '../store/json-columns.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

const rowsBetweenYields = 20_000;

/** Something that an account of a person did. */
export interface Activity {
  personId: string;
  at: number;
  /** Of the repository, or of the work item. */
  place: string;
  isItem: boolean;
}

/**
 * Returns what people's accounts did in a window, without whatever a coding agent wrote under their
 * name: an overnight agent is not somebody who works at night. `of` narrows it to some accounts.
 */
export async function readActivity(
  context: ReadContext,
  window: Window,
  of?: SQL,
): Promise<Activity[]> {
  const { workspaceId, store } = context;
  const [people, instants, places, kinds] = await readColumns(
    store.read,
    ['person', 'at', 'place', 'isItem'],
    sql`select l.person_id as "person", done."at" as "at", done."place" as "place",
        done."isItem" as "isItem"
      from (${done(workspaceId, window)}) done
      join person_accounts l on l.workspace_id = ${workspaceId}
        and l.account_source = done.source and l.account_external_id = done.account
      left join accounts a on a.workspace_id = ${workspaceId} and a.source = done.source
        and a.external_id = done.account
      where coalesce(a.is_bot or a.kind <> 'human', 0) = 0
        and ${of === undefined ? sql`true` : sql`(done.source, done.account) in ${of}`}`,
  );
  const activities: Activity[] = [];
  for (let row = 0; row < (people?.length ?? 0); row += 1) {
    if (row % rowsBetweenYields === rowsBetweenYields - 1) await yieldToEventLoop();
    const at = Number(instants?.[row]);
    // What was committed in the week and written long before is not this week's work.
    if (at < window.from || at >= window.to) continue;
    const isItem = kinds?.[row] === 1;
    activities.push({ personId: String(people?.[row]), at, place: String(places?.[row]), isItem });
  }
  return activities;
}

function done(workspaceId: string, { from, to }: Window): SQL {
  const inside = (column: string): SQL =>
    sql`${sql.raw(column)} >= ${from} and ${sql.raw(column)} < ${to}`;
  const byPerson = (kind: string, subject: string, alias: string): SQL => sql`not exists (
    select 1 from ai_evidence mark where mark.workspace_id = ${workspaceId}
      and mark.subject_external_id = ${sql.raw(subject)} and mark.subject_kind = ${kind}
      and mark.source = ${sql.raw(alias)}.source and mark.class = 'agent_authored')`;
  const leading = (alias: string): SQL =>
    leads(workspaceId, `${alias}.repository_external_id`, `${alias}.source`);
  return sql`
    select c.source, c.author_account_external_id as account,
      coalesce(c.authored_at, c.committed_at) as "at",
      c.source || ' ' || c.repository_external_id as "place", 0 as "isItem"
    from commits c where c.workspace_id = ${workspaceId} and ${inside('c.committed_at')}
      and c.author_account_external_id is not null and ${leading('c')}
      and ${byPerson('commit', 'c.sha', 'c')}
    union all select p.source, p.author_account_external_id, p.opened_at,
      p.source || ' ' || p.repository_external_id, 0
    from pull_requests p where p.workspace_id = ${workspaceId} and ${inside('p.opened_at')}
      and p.author_account_external_id is not null and ${leading('p')}
      and ${byPerson('pull_request', 'p.external_id', 'p')}
    union all select e.source, e.actor_account_external_id, e.at,
      p.source || ' ' || p.repository_external_id, 0
    from pull_request_events e
    join pull_requests p on p.workspace_id = ${workspaceId} and p.source = e.source
      and p.external_id = e.pull_request_external_id
    where e.workspace_id = ${workspaceId} and e.kind = 'review' and ${inside('e.at')}
      and e.actor_account_external_id is not null and ${leading('p')}
    union all select m.source, m.actor_account_external_id, m.at,
      m.source || ' ' || m.work_item_external_id, 1
    from work_item_changes m
    where m.workspace_id = ${workspaceId} and m.field = 'status' and ${inside('m.at')}
      and m.actor_account_external_id is not null`;
}
