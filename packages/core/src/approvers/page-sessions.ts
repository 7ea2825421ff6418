import type { PageSession } from './handle.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Person, personRoleSchema, type SignInMethod } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { queryPreparedRow } from '../store/prepared-query.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest } from './digest.ts';
import { noteOver } from './end-by-time.ts';

const { pageSessions, people } = tables;

/** How long a sign-in at the page lasts. @unit milliseconds */
export const sessionLifeMs = 12 * 3_600_000;

/** Opens a session and tells the ledger. */
export async function insertSession(
  transaction: Database,
  opening: {
    workspaceId: string;
    personId: string;
    at: number;
    cookie: string;
    method: SignInMethod;
    /** What else the ledger is told of how. */
    detail?: Record<string, string>;
  },
): Promise<PageSession | null> {
  const { workspaceId, personId, at, cookie, method, detail } = opening;
  const [person] = await transaction
    .select({ name: people.displayName, role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (person === undefined) return null;
  const id = digest(cookie);
  const expiresAt = at + sessionLifeMs;
  await transaction.insert(pageSessions).values({
    ...{ id, workspaceId, personId, method, expiresAt },
    createdAt: at,
    endedAt: null,
    role: person.role,
  });
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor: `person:${personId}`,
    event: 'page_session.opened',
    subject: `page_session:${id}`,
    detail: { ...detail, method, role: person.role, expiresAt },
  });
  return {
    id,
    viewer: { kind: 'person', personId, role: person.role },
    personName: person.name,
    expiresAt,
  };
}

/** Returns who is signed in with this cookie; null for nobody. */
export function readSession(context: ApproverContext, cookie: string): Promise<PageSession | null> {
  return findSession(context, digest(cookie));
}

/** Returns the session of this id while it is open; null otherwise. */
export async function findSession(
  context: ApproverContext,
  id: string,
): Promise<PageSession | null> {
  const { store, workspaceId, clock } = context;
  // Asked with every request of a browser, so its text is made only once.
  const row = await queryPreparedRow(store.read, 'open session', openSession, {
    id,
    workspaceId,
    now: clock.now(),
  });
  if (row === undefined) {
    await noteOver(context);
    return null;
  }
  const [personId, expiresAt, roleThen, personName, role] = sessionRowSchema.parse(row);
  if (!hasSameRole(roleThen, role)) return null;
  return { id, viewer: { kind: 'person', personId, role }, personName, expiresAt };
}

const sessionRowSchema = z.tuple([
  z.string(),
  z.number(),
  personRoleSchema.nullable(),
  z.string(),
  personRoleSchema,
]);

function openSession() {
  const columns = {
    personId: sql`s.person_id`,
    expiresAt: sql`s.expires_at`,
    roleThen: sql`s.role`,
    name: sql`p.display_name`,
    role: sql`p.role`,
  };
  const from = sql`page_sessions s
    join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.id = ${sql.placeholder('id')} and s.workspace_id = ${sql.placeholder('workspaceId')}
      and s.ended_at is null and s.expires_at > ${sql.placeholder('now')}`;
  return { columns, from };
}

/**
 * Whether somebody still has the role that they signed in with. With another one they sign in again:
 * what they were shown, and may have left open, is not what they would see now.
 */
export function hasSameRole(before: Person['role'] | null, now: Person['role']): boolean {
  return before === null || before === now;
}

/** Signs somebody out. */
export async function endSession(context: ApproverContext, cookie: string): Promise<void> {
  const { store, workspaceId, clock } = context;
  const id = digest(cookie);
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const [ended] = await transaction
      .update(pageSessions)
      .set({ endedAt: at })
      .where(
        and(
          eq(pageSessions.id, id),
          eq(pageSessions.workspaceId, workspaceId),
          isNull(pageSessions.endedAt),
        ),
      )
      .returning({ personId: pageSessions.personId });
    if (ended === undefined) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: `person:${ended.personId}`,
      event: 'page_session.ended',
      subject: `page_session:${id}`,
    });
  });
}

/** Returns whether this person had this session open at that instant. */
export async function hadSession(
  database: Database,
  question: { workspaceId: string; personId: string; sessionId: string; at: number },
): Promise<boolean> {
  const [row] = await database
    .select({
      personId: pageSessions.personId,
      createdAt: pageSessions.createdAt,
      expiresAt: pageSessions.expiresAt,
      endedAt: pageSessions.endedAt,
    })
    .from(pageSessions)
    .where(
      and(
        eq(pageSessions.id, question.sessionId),
        eq(pageSessions.workspaceId, question.workspaceId),
      ),
    );
  if (row === undefined) return false;
  if (row.personId !== question.personId) return false;
  const end = Math.min(row.expiresAt, row.endedAt ?? row.expiresAt);
  return row.createdAt <= question.at && question.at <= end;
}
