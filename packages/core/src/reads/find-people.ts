import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import { tables } from '../store/tables.ts';
import type { Page, PersonSummary } from '../workspace/handle.ts';
import { readAnswerMeta } from './answer-meta.ts';
import { nextCursor, readCursor, readLimit } from './paging.ts';
import type { ReadContext } from './read-context.ts';

const { accounts, memberships, people, personAccounts, teams } = tables;

export interface FindPeopleQuery {
  text?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Returns people whose name, login or address contains the text, by name. */
export async function findPeople(
  context: ReadContext,
  query: FindPeopleQuery,
): Promise<Page<PersonSummary>> {
  const { store, workspaceId } = context;
  const offset = readCursor(query.cursor);
  const limit = readLimit(query.limit);
  const text = query.text?.trim().toLowerCase() ?? '';
  // instr, not LIKE: the two databases disagree on LIKE's case, and text may hold % or _.
  const matches =
    text === ''
      ? sql`true`
      : sql`(instr(lower(${people.displayName}), ${text}) > 0 or exists (
          select 1 from person_accounts l join accounts a on a.workspace_id = l.workspace_id
            and a.source = l.account_source and a.external_id = l.account_external_id
          where l.workspace_id = ${workspaceId} and l.person_id = ${people.id}
            and (instr(lower(coalesce(a.login, '')), ${text}) > 0
              or instr(lower(coalesce(a.email, '')), ${text}) > 0
              or instr(lower(coalesce(a.name, '')), ${text}) > 0)))`;
  const inTeam =
    context.teamId === null
      ? sql`true`
      : sql`exists (select 1 from memberships m where m.workspace_id = ${workspaceId}
          and m.person_id = ${people.id} and m.team_id = ${context.teamId} and m.to_day is null)`;
  const linked = sql`exists (select 1 from person_accounts l where l.workspace_id = ${workspaceId}
      and l.person_id = ${people.id})`;
  const where = and(
    eq(people.workspaceId, workspaceId),
    isNull(people.mergedIntoPersonId),
    matches,
    inTeam,
    linked,
  );
  const [count] = await store.read
    .select({ total: sql<number>`count(*)` })
    .from(people)
    .where(where);
  const total = count?.total ?? 0;
  const rows = await store.read
    .select()
    .from(people)
    .where(where)
    .orderBy(people.displayName, people.id)
    .limit(limit)
    .offset(offset);
  return {
    items: await withAccounts(context, rows),
    total,
    nextCursor: nextCursor(offset, rows.length, total),
    meta: await readAnswerMeta(context),
  };
}

async function withAccounts(
  context: ReadContext,
  rows: readonly (typeof people.$inferSelect)[],
): Promise<PersonSummary[]> {
  const { store, workspaceId } = context;
  const ids = rows.map((row) => row.id);
  const linked = await store.read
    .select({ link: personAccounts, account: accounts })
    .from(personAccounts)
    .innerJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(and(eq(personAccounts.workspaceId, workspaceId), inArray(personAccounts.personId, ids)))
    .orderBy(accounts.source, accounts.externalId);
  const lent = await readLentAccounts(store.read, workspaceId, ids);
  const teamRows = await store.read
    .select({ personId: memberships.personId, name: teams.name })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        inArray(memberships.personId, ids),
        isNull(memberships.toDay),
      ),
    )
    .orderBy(teams.name);
  return rows.map(({ workspaceId: _, erasedAt: ____, ...person }) => ({
    ...person,
    accounts: linked
      .filter(({ link }) => link.personId === person.id)
      .map(({ link, account: { id: __, workspaceId: ___, ...account } }) => ({
        ...account,
        method: link.method,
        confidence: link.confidence,
        isLent: lent.has(`${account.source}\n${account.externalId}`),
      })),
    teams: teamRows.filter((row) => row.personId === person.id).map((row) => row.name),
  }));
}
