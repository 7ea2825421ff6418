import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { WebhookHint } from './webhook-receiver.ts';

/** Stands for every scope of a source. */
const everyScope = '';

/** A hint that nobody has followed yet. */
export interface OpenHint extends WebhookHint {
  /** New with each delivery that gives it: one that is given again while it is followed stays. */
  token: string;
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
    sql`insert into webhook_hints (workspace_id, source, scope_external_id, stream, token)
      select ${workspaceId}, ${source}, value->>0, value->>1, ${createIdentifier()}
      from json_each(${JSON.stringify(keys)}) where true
      on conflict do update set token = excluded.token`,
  );
}

/** Returns the hints of a source that nobody has followed yet. */
export async function readHints(
  read: Database,
  workspaceId: string,
  source: string,
): Promise<OpenHint[]> {
  const rows = await queryTuples<[string, string, string]>(
    read,
    sql`select scope_external_id, stream, token from webhook_hints
      where workspace_id = ${workspaceId} and source = ${source} order by 1, 2`,
  );
  return rows.map(([scope, stream, token]) => ({
    scopeExternalId: scope === everyScope ? null : scope,
    stream,
    token,
  }));
}

/** Takes away hints that were followed, unless they were given again meanwhile. */
export async function removeHints(
  transaction: Database,
  workspaceId: string,
  source: string,
  hints: readonly OpenHint[],
): Promise<void> {
  const keys = hints.map(({ scopeExternalId, stream, token }) => [
    scopeExternalId ?? everyScope,
    stream,
    token,
  ]);
  await runStatement(
    transaction,
    sql`delete from webhook_hints where workspace_id = ${workspaceId} and source = ${source}
      and (scope_external_id, stream, token) in (
        select value->>0, value->>1, value->>2 from json_each(${JSON.stringify(keys)}))`,
  );
}
