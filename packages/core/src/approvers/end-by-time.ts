import { type SQL, sql } from 'drizzle-orm';
import { and, eq, isNull, lte } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const { accessTokens, authenticatorRequests, challenges, loginLinks, pageSessions } = tables;

interface Over {
  store: Store;
  workspaceId: string;
  clock: Clock;
}

/**
 * Writes down what time has ended, so that it stays ended when the clock goes back: sessions and tokens
 * say when they ended, and what could be used once is taken away. Called wherever somebody came too late.
 * A store that cannot be written costs this note and not the answer, which is no in any case.
 */
export async function noteOver({ store, workspaceId, clock }: Over): Promise<void> {
  const at = clock.now();
  const [row] = await queryTuples<[number]>(store.read, sql`select ${isAnyOver(workspaceId, at)}`);
  if (row?.[0] !== 1) return;
  await store
    .transaction((transaction) => endAll(transaction, workspaceId, at))
    .catch(() => undefined);
}

function isAnyOver(workspaceId: string, at: number): SQL {
  const over = (table: string, open: string): SQL =>
    sql`exists (select 1 from ${sql.raw(table)} where workspace_id = ${workspaceId}
      and expires_at <= ${at} and ${sql.raw(open)} is null)`;
  return sql`${over('page_sessions', 'ended_at')} or ${over('access_tokens', 'revoked_at')}
    or ${over('login_links', 'used_at')} or ${over('challenges', 'used_at')}
    or ${over('authenticator_requests', 'settled_at')}`;
}

async function endAll(transaction: Database, workspaceId: string, at: number): Promise<void> {
  const sessions = await transaction
    .update(pageSessions)
    .set({ endedAt: sql`${pageSessions.expiresAt}` })
    .where(
      and(
        eq(pageSessions.workspaceId, workspaceId),
        isNull(pageSessions.endedAt),
        lte(pageSessions.expiresAt, at),
      ),
    )
    .returning({ id: pageSessions.id, personId: pageSessions.personId });
  for (const { id, personId } of sessions) {
    await tell(
      transaction,
      { workspaceId, at, personId },
      'page_session.ended',
      `page_session:${id}`,
    );
  }
  const tokens = await transaction
    .update(accessTokens)
    .set({ revokedAt: sql`${accessTokens.expiresAt}` })
    .where(
      and(
        eq(accessTokens.workspaceId, workspaceId),
        isNull(accessTokens.revokedAt),
        lte(accessTokens.expiresAt, at),
      ),
    )
    .returning({ id: accessTokens.id, personId: accessTokens.personId });
  for (const { id, personId } of tokens) {
    await tell(
      transaction,
      { workspaceId, at, personId },
      'access_token.revoked',
      `access_token:${id}`,
    );
  }
  for (const table of [loginLinks, challenges]) {
    await transaction
      .delete(table)
      .where(
        and(eq(table.workspaceId, workspaceId), isNull(table.usedAt), lte(table.expiresAt, at)),
      );
  }
  await transaction
    .delete(authenticatorRequests)
    .where(
      and(
        eq(authenticatorRequests.workspaceId, workspaceId),
        isNull(authenticatorRequests.settledAt),
        lte(authenticatorRequests.expiresAt, at),
      ),
    );
}

async function tell(
  transaction: Database,
  about: { workspaceId: string; at: number; personId: string },
  event: string,
  subject: string,
): Promise<void> {
  const { workspaceId, at, personId } = about;
  const detail = { reason: 'expired', personId };
  await appendAuditEntry(transaction, { workspaceId, at, actor: 'system', event, subject, detail });
}
