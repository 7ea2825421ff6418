import { and, eq } from 'drizzle-orm';
import { normaliseOrigin } from '../leads/repository-origin.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { Scope } from './define-connector.ts';

/** Returns the scopes of a source that were ever found. */
export async function readScopes(
  store: Store,
  workspaceId: string,
  source: string,
): Promise<Scope[]> {
  const rows = await store.read
    .select()
    .from(tables.scopes)
    .where(and(eq(tables.scopes.workspaceId, workspaceId), eq(tables.scopes.source, source)))
    .orderBy(tables.scopes.externalId);
  return rows.map(({ externalId, name, detail }) => ({ externalId, name, detail }));
}

/** Remembers a scope, so that its records can be normalised again without asking the source. */
export async function writeScope(
  store: Store,
  workspaceId: string,
  source: string,
  scope: Scope,
): Promise<void> {
  const { repositoryOrigins, scopes } = tables;
  const { formerUrls = [], externalId, name, detail } = scope;
  const origins = formerUrls.flatMap((url) => normaliseOrigin(url) ?? []);
  await store.transaction(async (transaction) => {
    for (const origin of origins) {
      await transaction
        .insert(repositoryOrigins)
        .values({ workspaceId, source, repositoryExternalId: externalId, origin })
        .onConflictDoNothing();
    }
    await transaction
      .insert(scopes)
      .values({ workspaceId, source, externalId, name, detail })
      .onConflictDoUpdate({
        target: [scopes.workspaceId, scopes.source, scopes.externalId],
        set: { name, detail },
      });
  });
}
