import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import type { WebhookHint } from './webhook-receiver.ts';

const deliveriesKeptMs = 30 * 86_400_000;
/** Deliveries stand beside the records of a source's scopes, under a name that no scope has. */
export const deliveryScope = '@deliveries';
/** Stands for every scope of a source. */
const everyScope = '';

/** A hint that nobody has followed yet. */
export interface OpenHint extends WebhookHint {
  /** How often it was given: one that is given again while it is followed stays. */
  times: number;
}

/** Remembers hints until they are followed. */
export async function writeHints(
  transaction: Database,
  workspaceId: string,
  source: string,
  hints: readonly WebhookHint[],
): Promise<void> {
  if (hints.length === 0) return;
  const keys = hints.map(({ scopeExternalId, stream }) => [scopeExternalId ?? everyScope, stream]);
  await runStatement(
    transaction,
    sql`insert into webhook_hints (workspace_id, source, scope_external_id, stream, times)
      select ${workspaceId}, ${source}, value->>0, value->>1, 1
      from json_each(${JSON.stringify(keys)}) where true
      on conflict do update set times = times + 1`,
  );
}

/** Returns the hints of a source that nobody has followed yet. */
export async function readHints(
  read: Database,
  workspaceId: string,
  source: string,
): Promise<OpenHint[]> {
  const rows = await queryTuples<[string, string, number]>(
    read,
    sql`select scope_external_id, stream, times from webhook_hints
      where workspace_id = ${workspaceId} and source = ${source} order by 1, 2`,
  );
  return rows.map(([scope, stream, times]) => ({
    scopeExternalId: scope === everyScope ? null : scope,
    stream,
    times,
  }));
}

/** Takes away hints that were followed, unless they were given again meanwhile. */
export async function removeHints(
  transaction: Database,
  workspaceId: string,
  source: string,
  hints: readonly OpenHint[],
): Promise<void> {
  if (hints.length === 0) return;
  const keys = hints.map(({ scopeExternalId, stream, times }) => [
    scopeExternalId ?? everyScope,
    stream,
    times,
  ]);
  await runStatement(
    transaction,
    sql`delete from webhook_hints where workspace_id = ${workspaceId} and source = ${source}
      and (scope_external_id, stream, times) in (
        select value->>0, value->>1, value->>2 from json_each(${JSON.stringify(keys)}))`,
  );
}

/** Forgets deliveries of more than thirty days ago: a source sends none again after three. */
export async function forgetDeliveries(
  store: Store,
  workspaceId: string,
  source: string,
  now: number,
): Promise<void> {
  const outdated = sql`workspace_id = ${workspaceId} and source = ${source}
    and scope_external_id = ${deliveryScope} and fetched_at < ${now - deliveriesKeptMs}`;
  const found = await queryTuples(
    store.read,
    sql`select 1 from raw_records where ${outdated} limit 1`,
  );
  if (found.length === 0) return;
  await store.transaction((transaction) =>
    runStatement(transaction, sql`delete from raw_records where ${outdated}`),
  );
}
