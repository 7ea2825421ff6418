import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { digest } from '../approvers/digest.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { VerifiedAccessToken } from './handle.ts';

const { accessTokens, people } = tables;

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
  const [found] = await store.read
    .select({ row: accessTokens, role: people.role })
    .from(accessTokens)
    .innerJoin(
      people,
      and(eq(people.workspaceId, accessTokens.workspaceId), eq(people.id, accessTokens.personId)),
    )
    .where(
      and(
        eq(accessTokens.digest, digest(token)),
        eq(accessTokens.workspaceId, workspaceId),
        isNull(accessTokens.revokedAt),
        gt(accessTokens.expiresAt, now),
        // Who that person is by now is for a person to say: they make another one.
        isNull(people.mergedIntoPersonId),
      ),
    );
  if (found === undefined) return null;
  const { id, personId, agentName, scopes, lastUsedAt } = found.row;
  if (lastUsedAt === null || lastUsedAt + hourMs <= now) await noteUse(store, id, now);
  return {
    tokenId: id,
    workspaceId,
    scopes,
    viewer:
      agentName === null
        ? { kind: 'person', personId, role: found.role }
        : { kind: 'agent', name: agentName, sponsorPersonId: personId },
  };
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
