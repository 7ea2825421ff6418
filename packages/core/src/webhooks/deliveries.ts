import { sql } from 'drizzle-orm';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';

const keptMs = 30 * 86_400_000;
/** Deliveries stand beside the records of a source's scopes, under a name that no scope has. */
export const deliveryScope = '@deliveries';

/** Forgets deliveries of more than thirty days ago: a source sends none again after three. */
export async function forgetDeliveries(
  store: Store,
  workspaceId: string,
  source: string,
  now: number,
): Promise<void> {
  const outdated = sql`workspace_id = ${workspaceId} and source = ${source}
    and scope_external_id = ${deliveryScope} and fetched_at < ${now - keptMs}`;
  const found = await queryTuples(
    store.read,
    sql`select 1 from raw_records where ${outdated} limit 1`,
  );
  if (found.length === 0) return;
  await store.transaction((transaction) =>
    runStatement(transaction, sql`delete from raw_records where ${outdated}`),
  );
}
