import { and, eq, gt, inArray, isNull, ne, type SQL } from 'drizzle-orm';
import { readLinks } from '../approvers/linked-accounts.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { type AuthorityKind, authorityKinds } from './authority-kinds.ts';

const {
  accessTokens,
  approverGrants,
  authenticators,
  declaredHours,
  loginLinks,
  pageSessions,
  people,
  personAccounts,
  progressReports,
  reportReminders,
} = tables;

/** What one person has: per kind the names of it, so that two looks at the same are equal. */
export type Authority = ReadonlyMap<AuthorityKind, readonly string[]>;

/** Of whom it is asked. */
interface Question {
  workspaceId: string;
  now: number;
  /** Null for everybody. */
  personIds: readonly string[] | null;
}

type Holding = readonly [personId: string, name: string];

/** One reader for each kind: a kind without one is no kind. */
const readers: Readonly<
  Record<AuthorityKind, (database: Database, question: Question) => Promise<Holding[]>>
> = {
  role: readRoles,
  grant: readGrants,
  passkey: readPasskeys,
  link: readLinkHolders,
  session: readSessions,
  token: readTokens,
  private_rows: readPrivateRows,
};

/**
 * Returns who has authority, and which. Nobody has any by being joined to somebody: all of it hangs on
 * the very person to whom it was given, or on whoever has the account to which it was given.
 */
export async function readAuthority(
  database: Database,
  question: { workspaceId: string; now: number; personIds?: readonly string[] },
): Promise<Map<string, Authority>> {
  const asked: Question = { ...question, personIds: question.personIds ?? null };
  const found = new Map<string, Map<AuthorityKind, string[]>>();
  if (asked.personIds?.length === 0) return found;
  for (const kind of authorityKinds) {
    for (const [personId, name] of await readers[kind](database, asked)) {
      if (asked.personIds !== null && !asked.personIds.includes(personId)) continue;
      const of = found.get(personId) ?? new Map<AuthorityKind, string[]>();
      found.set(personId, of);
      of.set(kind, [...new Set([...(of.get(kind) ?? []), name])].toSorted());
    }
  }
  return found;
}

async function readRoles(database: Database, question: Question): Promise<Holding[]> {
  const rows = await database
    .select({ id: people.id, role: people.role })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, question.workspaceId),
        ne(people.role, 'member'),
        among(people.id, question),
      ),
    );
  return rows.map(({ id, role }) => [id, role]);
}

/** A right rests while its account is somebody else's: whoever has that account now could wake it. */
async function readGrants(database: Database, question: Question): Promise<Holding[]> {
  const { workspaceId } = question;
  const rows = await database
    .select({ id: approverGrants.id, given: approverGrants.personId, has: personAccounts.personId })
    .from(approverGrants)
    .leftJoin(
      personAccounts,
      and(
        eq(personAccounts.workspaceId, approverGrants.workspaceId),
        eq(personAccounts.accountSource, approverGrants.accountSource),
        eq(personAccounts.accountExternalId, approverGrants.accountExternalId),
      ),
    )
    .where(and(eq(approverGrants.workspaceId, workspaceId), isNull(approverGrants.revokedAt)));
  return rows.flatMap(({ id, given, has }): Holding[] => [
    [given, id],
    ...(has === null ? [] : [[has, id] as const]),
  ]);
}

async function readPasskeys(database: Database, question: Question): Promise<Holding[]> {
  const rows = await database
    .select({ id: authenticators.id, personId: authenticators.personId })
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, question.workspaceId),
        isNull(authenticators.revokedAt),
        among(authenticators.personId, question),
      ),
    );
  return rows.map(({ id, personId }) => [personId, id]);
}

async function readLinkHolders(database: Database, question: Question): Promise<Holding[]> {
  const { workspaceId } = question;
  const links = await readLinks(database, workspaceId);
  if (links.length === 0) return [];
  const rows = await database
    .select({
      source: personAccounts.accountSource,
      externalId: personAccounts.accountExternalId,
      personId: personAccounts.personId,
    })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        inArray(personAccounts.accountExternalId, [
          ...new Set(links.map(({ accountExternalId }) => accountExternalId)),
        ]),
      ),
    );
  const has = new Map(
    rows.map(({ source, externalId, personId }) => [`${source}\n${externalId}`, personId]),
  );
  return links.flatMap(({ linkId, personId, accountSource, accountExternalId }): Holding[] => {
    const present = has.get(`${accountSource}\n${accountExternalId}`);
    return [[personId, linkId], ...(present === undefined ? [] : [[present, linkId] as const])];
  });
}

/** A link that opens the page and was not used yet is as good as a session. Which one is all the same. */
async function readSessions(database: Database, question: Question): Promise<Holding[]> {
  const { workspaceId, now } = question;
  const sessions = await database
    .selectDistinct({ personId: pageSessions.personId })
    .from(pageSessions)
    .where(
      and(
        eq(pageSessions.workspaceId, workspaceId),
        isNull(pageSessions.endedAt),
        gt(pageSessions.expiresAt, now),
        among(pageSessions.personId, question),
      ),
    );
  const links = await database
    .selectDistinct({ personId: loginLinks.personId })
    .from(loginLinks)
    .where(
      and(
        eq(loginLinks.workspaceId, workspaceId),
        isNull(loginLinks.usedAt),
        gt(loginLinks.expiresAt, now),
        among(loginLinks.personId, question),
      ),
    );
  return [...sessions, ...links].map(({ personId }) => [personId, 'open']);
}

async function readTokens(database: Database, question: Question): Promise<Holding[]> {
  const rows = await database
    .select({ id: accessTokens.id, personId: accessTokens.personId })
    .from(accessTokens)
    .where(
      and(
        eq(accessTokens.workspaceId, question.workspaceId),
        isNull(accessTokens.revokedAt),
        gt(accessTokens.expiresAt, question.now),
        among(accessTokens.personId, question),
      ),
    );
  return rows.map(({ id, personId }) => [personId, id]);
}

async function readPrivateRows(database: Database, question: Question): Promise<Holding[]> {
  const found: Holding[] = [];
  const note = (name: string, rows: readonly { personId: string }[]): void => {
    for (const { personId } of rows) found.push([personId, name]);
  };
  const { workspaceId } = question;
  note(
    'reports',
    await database
      .selectDistinct({ personId: progressReports.authorPersonId })
      .from(progressReports)
      .where(
        and(
          eq(progressReports.workspaceId, workspaceId),
          among(progressReports.authorPersonId, question),
        ),
      ),
  );
  for (const [name, table] of [
    ['reminders', reportReminders],
    ['hours', declaredHours],
  ] as const) {
    note(
      name,
      await database
        .select({ personId: table.personId })
        .from(table)
        .where(and(eq(table.workspaceId, workspaceId), among(table.personId, question))),
    );
  }
  return found;
}

/** Many people are not named one by one: a statement holds only so many. */
const mostNamed = 500;

function among(column: Parameters<typeof inArray>[0], { personIds }: Question): SQL | undefined {
  if (personIds === null || personIds.length > mostNamed) return undefined;
  return inArray(column, [...personIds]);
}
