import { queryTuples } from '../store/raw-query.ts';
import { sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { ConfiguredConnector } from './define-connector.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { collectRows } from './collect-rows.ts';
import { writeDomainRows } from './commit-batch.ts';
import { readScopes } from './scopes.ts';

const chunkSize = 500;

/**
 * Rebuilds domain rows from the raw records, oldest first. With unchanged code nothing changes, and
 * rows whose raw record has been purged stay as they are.
 */
export async function renormalise(
  store: Store,
  workspaceId: string,
  connectors: readonly ConfiguredConnector[],
  clock: Clock,
): Promise<{ records: number; rowsChanged: number }> {
  const total = { records: 0, rowsChanged: 0 };
  for (const { definition, config } of connectors) {
    const scopes = await readScopes(store, workspaceId, definition.id);
    for (const scope of scopes) {
      for (const stream of definition.streams) {
        let after = '';
        for (;;) {
          const stored = await queryTuples<[string, string, string]>(
            store.read,
            sql`
            select id, external_id, payload from raw_records
            where workspace_id = ${workspaceId} and source = ${definition.id}
              and scope_external_id = ${scope.externalId} and stream = ${stream.id}
              and id > ${after} order by id limit ${chunkSize}`,
          );
          if (stored.length === 0) break;
          const records = stored.map(([, externalId, payload]) => ({
            externalId,
            payload: JSON.parse(payload) as unknown,
          }));
          const { rows } = collectRows(stream, records, scope, config);
          total.rowsChanged += await store.transaction((transaction) =>
            writeDomainRows(transaction, { workspaceId, source: definition.id, clock }, rows),
          );
          total.records += records.length;
          after = stored.at(-1)?.[0] ?? after;
          await yieldToEventLoop();
        }
      }
    }
  }
  return total;
}
