import { and, eq, gt, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest, secretToken } from './digest.ts';
import { noteOver } from './end-by-time.ts';
import { insertSession } from './page-sessions.ts';
import type { OpenedSession } from './handle.ts';

const { loginLinks, people } = tables;

/** How long a link opens the page. @unit milliseconds */
export const linkLifeMs = 5 * 60_000;

/**
 * Makes a link token that opens the page once, within five minutes. Whoever can read the terminal
 * that prints it can use it: a session it opens is worth `cooperative`, never more.
 * @throws AdjutantError `Permission` for assistants, and for other people's links
 */
export async function createLoginLink(
  context: ApproverContext,
  viewer: Viewer,
  forPersonId?: string,
): Promise<{ token: string; expiresAt: number }> {
  if (viewer.kind !== 'person') {
    throw new AdjutantError('Permission', 'An assistant cannot open the page for anybody.', {
      hint: 'A person runs "adjutant serve" and opens the link that it prints.',
    });
  }
  const personId = forPersonId ?? viewer.personId;
  if (personId !== viewer.personId && viewer.role !== 'admin') {
    throw new AdjutantError('Permission', 'Only an administrator makes links for others.', {
      hint: 'Make one for yourself, or ask an administrator.',
    });
  }
  const { store, workspaceId, clock } = context;
  const token = secretToken();
  const at = clock.now();
  const expiresAt = at + linkLifeMs;
  await store.transaction(async (transaction) => {
    const [person] = await transaction
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
    if (person === undefined) throw new AdjutantError('NotFound', 'There is no such person.');
    await transaction
      .insert(loginLinks)
      .values({ id: digest(token), workspaceId, personId, expiresAt, usedAt: null });
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: viewerLabel(viewer),
      event: 'login_link.made',
      subject: `person:${personId}`,
    });
  });
  return { token, expiresAt };
}

/**
 * Uses a link up and opens a session of the page.
 * @throws AdjutantError `Authentication` for one that was used, has expired, or never was
 */
export async function openSession(context: ApproverContext, token: string): Promise<OpenedSession> {
  const { store, workspaceId, clock } = context;
  const at = clock.now();
  const cookie = secretToken();
  const isOpen = and(
    eq(loginLinks.id, digest(token)),
    eq(loginLinks.workspaceId, workspaceId),
    isNull(loginLinks.usedAt),
    gt(loginLinks.expiresAt, at),
  );
  // Read first: whoever guesses has nobody wait for the one who writes.
  const known = await store.read.select({ id: loginLinks.id }).from(loginLinks).where(isOpen);
  const use = async (transaction: Database) => {
    const [link] = await transaction
      .update(loginLinks)
      .set({ usedAt: at })
      .where(isOpen)
      .returning({ personId: loginLinks.personId });
    if (link === undefined) return null;
    const { personId } = link;
    return insertSession(transaction, { workspaceId, personId, at, cookie, method: 'link' });
  };
  const session = known.length === 0 ? null : await store.transaction(use);
  if (session === null) {
    await noteOver(context);
    context.noteFailedSignIn?.({ workspaceId, method: 'link', reason: 'link_not_open' });
    throw new AdjutantError('Authentication', 'This link was used or has expired.', {
      hint: 'Links work once, for five minutes. Make a new one: "adjutant approvals link".',
      audience: 'caller',
    });
  }
  return { cookie, session };
}
