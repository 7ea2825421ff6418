import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { digest } from '../approvers/digest.ts';
import { noteOver } from '../approvers/end-by-time.ts';
import type { Clock } from '../clock.ts';
import { accessScopeSchema, personRoleSchema } from '../domain.ts';
import { queryPreparedRow } from '../store/prepared-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { VerifiedAccessToken } from './handle.ts';

const { accessTokens } = tables;

const tokenForm = /^adj_[\w-]{43}$/;
const hourMs = 3_600_000;

/**
 * Returns whom a token stands for now; null for one that is not of this workspace, has ended, or whose
 * person is not there any more. The role is read with each use.
 */
export async function verifyAccessToken(
  { store, clock, workspaceId }: { store: Store; clock: Clock; workspaceId: string },
  token: string,
): Promise<VerifiedAccessToken | null> {
  if (!tokenForm.test(token)) return null;
  const now = clock.now();
  // Asked with every request of a program, so its text is made only once.
  const row = await queryPreparedRow(store.read, 'open access token', openToken, {
    digest: digest(token),
    workspaceId,
    now,
  });
  if (row === undefined) {
    await noteOver({ store, clock, workspaceId });
    return null;
  }
  const [id, personId, agentName, scopeText, lastUsedAt, role] = rowSchema.parse(row);
  const scopes = scopesSchema.parse(JSON.parse(scopeText));
  if (lastUsedAt === null || lastUsedAt + hourMs <= now) await noteUse(store, id, now);
  return {
    tokenId: id,
    workspaceId,
    scopes,
    viewer:
      agentName === null
        ? { kind: 'person', personId, role }
        : { kind: 'agent', name: agentName, sponsorPersonId: personId },
  };
}

const scopesSchema = z.array(accessScopeSchema);
const rowSchema = z.tuple([
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string(),
  z.number().nullable(),
  personRoleSchema,
]);

function openToken() {
  const columns = {
    id: sql`t.id`,
    personId: sql`t.person_id`,
    agentName: sql`t.agent_name`,
    scopes: sql`t.scopes`,
    lastUsedAt: sql`t.last_used_at`,
    role: sql`p.role`,
  };
  // Who somebody is by now who was merged is for a person to say: they make another one.
  const from = sql`access_tokens t
    join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
    where t.digest = ${sql.placeholder('digest')}
      and t.workspace_id = ${sql.placeholder('workspaceId')}
      and t.revoked_at is null and t.expires_at > ${sql.placeholder('now')}
      and p.merged_into_person_id is null`;
  return { columns, from };
}

/** A store that is busy costs this note and not the answer; the next request makes it. */
async function noteUse(store: Store, id: string, now: number): Promise<void> {
  const { lastUsedAt } = accessTokens;
  await store
    .transaction(async (transaction) => {
      await transaction
        .update(accessTokens)
        .set({ lastUsedAt: now })
        .where(and(eq(accessTokens.id, id), or(isNull(lastUsedAt), lte(lastUsedAt, now - hourMs))));
    })
    .catch(() => undefined);
}
