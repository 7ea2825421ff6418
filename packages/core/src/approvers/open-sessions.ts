import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import type { OpenSession } from './handle.ts';
import { hasSameRole } from './page-sessions.ts';

const { pageSessions, people } = tables;

/**
 * Returns where somebody is signed in, the newest first: oneself, or for an administrator everybody.
 * @throws AdjutantError `Permission` for assistants
 */
export async function listSessions(
  context: ApproverContext,
  viewer: Viewer,
): Promise<OpenSession[]> {
  const { store, workspaceId, clock } = context;
  const { personId, role } = requirePerson(viewer);
  const rows = await store.read
    .select({ session: pageSessions, personName: people.displayName, role: people.role })
    .from(pageSessions)
    .innerJoin(
      people,
      and(eq(people.workspaceId, pageSessions.workspaceId), eq(people.id, pageSessions.personId)),
    )
    .where(
      and(
        eq(pageSessions.workspaceId, workspaceId),
        isNull(pageSessions.endedAt),
        gt(pageSessions.expiresAt, clock.now()),
        role === 'admin' ? undefined : eq(pageSessions.personId, personId),
      ),
    )
    .orderBy(desc(pageSessions.createdAt), desc(pageSessions.id));
  return rows.flatMap(({ session, personName, role: roleNow }) => {
    const { id, personId: ofPersonId, method, createdAt, expiresAt } = session;
    if (!hasSameRole(session.role, roleNow)) return [];
    return [{ id, personId: ofPersonId, personName, method, createdAt, expiresAt }];
  });
}

/**
 * Ends a session: one's own, or as an administrator anybody's.
 * @throws AdjutantError `Permission` for assistants, `NotFound`
 */
export async function endSessionOf(
  context: ApproverContext,
  viewer: Viewer,
  sessionId: string,
): Promise<void> {
  const { store, workspaceId, clock } = context;
  const { personId, role } = requirePerson(viewer);
  await store.transaction(async (transaction) => {
    const ended = await endWhere(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      sessionId,
      personId: role === 'admin' ? undefined : personId,
    });
    if (ended > 0) return;
    throw new AdjutantError('NotFound', 'There is no such session that is open.');
  });
}

/** Ends every session of a person, because of something that happened to them. */
export async function endSessionsOf(
  transaction: Database,
  ending: { workspaceId: string; personId: string; at: number; actor: string; reason: string },
): Promise<void> {
  await endWhere(transaction, ending);
}

/** Ends every session that is open. @returns how many */
export async function endOpenSessions(
  transaction: Database,
  ending: { workspaceId: string; at: number; actor: string; reason: string },
): Promise<number> {
  return endWhere(transaction, ending);
}

async function endWhere(
  transaction: Database,
  ending: {
    workspaceId: string;
    at: number;
    actor: string;
    sessionId?: string | undefined;
    personId?: string | undefined;
    reason?: string;
  },
): Promise<number> {
  const { workspaceId, at, actor, sessionId, personId, reason } = ending;
  const ended = await transaction
    .update(pageSessions)
    .set({ endedAt: at })
    .where(
      and(
        eq(pageSessions.workspaceId, workspaceId),
        isNull(pageSessions.endedAt),
        gt(pageSessions.expiresAt, at),
        sessionId === undefined ? undefined : eq(pageSessions.id, sessionId),
        personId === undefined ? undefined : eq(pageSessions.personId, personId),
      ),
    )
    .returning({ id: pageSessions.id, personId: pageSessions.personId });
  for (const session of ended) {
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: 'page_session.ended',
      subject: `page_session:${session.id}`,
      detail: { personId: session.personId, ...(reason === undefined ? {} : { reason }) },
    });
  }
  return ended.length;
}

function requirePerson(viewer: Viewer): Extract<Viewer, { kind: 'person' }> {
  if (viewer.kind === 'person') return viewer;
  throw new AdjutantError('Permission', 'An assistant has no sessions and sees none.', {
    hint: 'Look at the page under "Sign-ins".',
  });
}
