import { eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { readAllLinks } from './linked-accounts.ts';
import type { PublicPasskey } from './verify-assertion.ts';

const { authenticators } = tables;

/** What a decision of the past may have been proved by, whether it still counts or not. */
export interface PastProofs {
  /** By the id of the authenticator. */
  passkeys: ReadonlyMap<string, PublicPasskey & { personId: string }>;
  links: Awaited<ReturnType<typeof readAllLinks>>;
}

/** Reads every passkey and every link of a workspace at once: many decisions are held against them. */
export async function readPastProofs(database: Database, workspaceId: string): Promise<PastProofs> {
  const rows = await database
    .select({
      id: authenticators.id,
      personId: authenticators.personId,
      credentialId: authenticators.credentialId,
      publicKey: authenticators.publicKey,
      relyingPartyId: authenticators.relyingPartyId,
    })
    .from(authenticators)
    .where(eq(authenticators.workspaceId, workspaceId));
  return {
    passkeys: new Map(rows.map((row) => [row.id, row])),
    links: await readAllLinks(database, workspaceId),
  };
}
