import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { OwnerLine } from './owners-of-files.ts';

const lineSchema = z.object({ position: z.number(), pattern: z.string(), owner: z.string() });
const memberSchema = z.object({ personId: z.string() });

/**
 * Returns the lines of a repository's ownership file; those that a clone of it shows where its own
 * source shows none.
 */
export async function loadOwnerLines(
  { store, workspaceId }: ReadContext,
  { source, repositoryExternalId }: { source: string; repositoryExternalId: string },
): Promise<OwnerLine[]> {
  const names = Object.keys(lineSchema.shape);
  const own = await readRows(
    store.read,
    lineSchema,
    names,
    sql`select position, pattern, owner from repository_owners where workspace_id = ${workspaceId}
      and source = ${source} and repository_external_id = ${repositoryExternalId}
      order by position, owner`,
  );
  if (own.length > 0) return own;
  return readRows(
    store.read,
    lineSchema,
    names,
    sql`select o.position, o.pattern, o.owner from (
        select source, repository_external_id from repository_leads
        where workspace_id = ${workspaceId} and lead_source = ${source}
          and lead_repository_external_id = ${repositoryExternalId}
          and exists (select 1 from repository_owners o where o.workspace_id = ${workspaceId}
            and o.source = repository_leads.source
            and o.repository_external_id = repository_leads.repository_external_id)
        order by source, repository_external_id limit 1) follower
      cross join repository_owners o on o.workspace_id = ${workspaceId}
        and o.source = follower.source
        and o.repository_external_id = follower.repository_external_id
      order by o.position, o.owner`,
  );
}

/** Returns the people whom an owner of an ownership file means, as that source knows them. */
export async function peopleOfOwner(
  context: ReadContext,
  source: string,
  owner: string,
): Promise<string[]> {
  const rows = await readRows(
    context.store.read,
    memberSchema,
    ['personId'],
    queryOfOwner(context.workspaceId, source, owner.trim().toLowerCase()),
  );
  return rows.map(({ personId }) => personId);
}

/** A group: an account of its source is in it, or in a group inside it, or a team was made of its name. */
function queryOfOwner(workspaceId: string, source: string, owner: string) {
  const person = sql`coalesce(p.merged_into_person_id, p.id) as "personId"`;
  const linked = sql`join person_accounts l on l.workspace_id = a.workspace_id
      and l.account_source = a.source and l.account_external_id = a.external_id
    join people p on p.id = l.person_id and p.workspace_id = l.workspace_id
      and a.is_bot = 0 and a.kind = 'human'`;
  if (!owner.startsWith('@')) {
    return sql`select distinct ${person} from accounts a ${linked}
      where a.workspace_id = ${workspaceId} and lower(a.email) = ${owner} order by 1`;
  }
  const name = owner.slice(1);
  if (!name.includes('/')) {
    return sql`select distinct ${person} from accounts a ${linked}
      where a.workspace_id = ${workspaceId} and a.source = ${source}
        and lower(a.login) = ${name} order by 1`;
  }
  return sql`with recursive inside(external_id) as (
      select external_id from account_groups where workspace_id = ${workspaceId}
        and source = ${source} and lower(slug) = ${name}
      union select g.external_id from inside join account_groups g
        on g.workspace_id = ${workspaceId} and g.source = ${source}
        and g.parent_external_id = inside.external_id)
    select distinct ${person} from inside join account_group_members m
        on m.workspace_id = ${workspaceId} and m.source = ${source}
        and m.group_external_id = inside.external_id
      join accounts a on a.workspace_id = m.workspace_id and a.source = m.source
        and a.external_id = m.account_external_id ${linked}
    union select ${person} from team_groups t join memberships m
        on m.workspace_id = t.workspace_id and m.team_id = t.team_id and m.to_day is null
      join people p on p.id = m.person_id and p.workspace_id = m.workspace_id
      where t.workspace_id = ${workspaceId} and t.source = 'codeowners'
        and t.group_external_id = ${name}
    order by 1`;
}
