import { and, eq, notInArray } from 'drizzle-orm';
import { upsertRows } from '../store/bulk-write.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';

const { sources } = tables;
const target = { table: sources, key: ['source'] };

/** Notes which sources the configuration names now, and what each can show. */
export async function rememberSources(
  store: Store,
  workspaceId: string,
  connectors: readonly ConfiguredConnector[],
): Promise<void> {
  const rows = connectors.map(({ definition }) => ({
    source: definition.id,
    title: definition.title,
    reviewStream: definition.reviewStream ?? null,
    showsCode: definition.showsCode ?? true,
    active: true,
  }));
  const present = rows.map((row) => row.source);
  await store.transaction(async (transaction) => {
    await upsertRows(transaction, target, workspaceId, rows);
    await transaction
      .update(sources)
      .set({ active: false })
      .where(
        and(
          eq(sources.workspaceId, workspaceId),
          eq(sources.active, true),
          ...(present.length === 0 ? [] : [notInArray(sources.source, present)]),
        ),
      );
  });
}
