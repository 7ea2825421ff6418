import { and, eq, gt, isNull } from 'drizzle-orm';
import { unlinkEverything } from '../approvers/linked-accounts.ts';
import { endOpenSessions } from '../approvers/open-sessions.ts';
import { unbindEverything } from '../approvers/sign-in-bindings.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { StoreRestored } from './restored-detail.ts';

const { accessTokens, authenticatorRequests, challenges, loginLinks } = tables;

export type EndedAccess = Pick<
  StoreRestored,
  | 'accessTokens'
  | 'pageSessions'
  | 'accountLinks'
  | 'signIns'
  | 'loginLinks'
  | 'challenges'
  | 'passkeyRequests'
>;

/** Ends everything by which somebody is let in or speaks for a person: some of it may have been revoked since. */
export async function endAccess(
  transaction: Database,
  workspaceId: string,
  at: number,
): Promise<EndedAccess> {
  const actor = 'system';
  const reason = 'store_restored';
  return {
    accessTokens: await revokeTokens(transaction, workspaceId, at),
    pageSessions: await endOpenSessions(transaction, { workspaceId, at, actor, reason }),
    accountLinks: await unlinkEverything(transaction, { workspaceId, at, actor, reason }),
    signIns: await unbindEverything(transaction, { workspaceId, at, actor, reason }),
    ...(await useUpQuestions(transaction, workspaceId, at)),
  };
}

/** Those whose time is over too: a clock that is set back would open them again. */
async function revokeTokens(
  transaction: Database,
  workspaceId: string,
  at: number,
): Promise<number> {
  const revoked = await transaction
    .update(accessTokens)
    .set({ revokedAt: at })
    .where(and(eq(accessTokens.workspaceId, workspaceId), isNull(accessTokens.revokedAt)))
    .returning({ id: accessTokens.id, personId: accessTokens.personId });
  for (const { id, personId } of revoked) {
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: 'system',
      event: 'access_token.revoked',
      subject: `access_token:${id}`,
      detail: { personId, reason: 'store_restored' },
    });
  }
  return revoked.length;
}

/** What waits for an answer for minutes only: links, questions to a passkey, passkeys to be signed. */
async function useUpQuestions(transaction: Database, workspaceId: string, at: number) {
  const links = await transaction
    .update(loginLinks)
    .set({ usedAt: at })
    .where(and(eq(loginLinks.workspaceId, workspaceId), isNull(loginLinks.usedAt)))
    .returning({ id: loginLinks.id });
  const asked = await transaction
    .update(challenges)
    .set({ usedAt: at })
    .where(and(eq(challenges.workspaceId, workspaceId), isNull(challenges.usedAt)))
    .returning({ id: challenges.id });
  const waiting = await transaction
    .update(authenticatorRequests)
    .set({ settledAt: at })
    .where(
      and(
        eq(authenticatorRequests.workspaceId, workspaceId),
        isNull(authenticatorRequests.settledAt),
        gt(authenticatorRequests.expiresAt, at),
      ),
    )
    .returning({ id: authenticatorRequests.id });
  return {
    loginLinks: links.length,
    challenges: asked.length,
    passkeyRequests: waiting.length,
  };
}
