import { sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { wordsDigest, wordsErasedEvent } from '../audit/erased-words.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { amongPlaces } from '../store/row-place.ts';

export interface TellingContext {
  workspaceId: string;
  at: number;
  actor: string;
}

/** The column by which a row names its action, in the tables that hold what was decided. */
const actionColumns: Readonly<Record<string, string>> = {
  actions: 'id',
  action_revisions: 'action_id',
};

type Texts = (string | null)[];

/** Appends for each action of some rows which words it has by now, so that these are held against the ledger. */
export async function tellLeftWords(
  transaction: Database,
  { workspaceId, at, actor }: TellingContext,
  table: string,
  places: readonly string[],
): Promise<void> {
  const column = actionColumns[table];
  if (column === undefined || places.length === 0) return;
  const actions = await queryTuples<[string]>(
    transaction,
    sql`select distinct ${sql.raw(column)} from ${sql.raw(table)} where ${amongPlaces(places)}`,
  );
  for (const [actionId] of actions) {
    const own = sql`workspace_id = ${workspaceId}`;
    const [target] = await queryTuples<Texts>(
      transaction,
      sql`select target_source, target_external_id, target_ref from actions where ${own} and id = ${actionId}`,
    );
    const revisions = await queryTuples<[number, ...Texts]>(
      transaction,
      sql`select revision, payload, preconditions, preview from action_revisions
        where ${own} and action_id = ${actionId} order by revision`,
    );
    const digests = revisions.map(([revision, ...texts]) => [revision, wordsDigest(texts)]);
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: wordsErasedEvent,
      subject: actionId,
      detail: { target: wordsDigest(target ?? []), revisions: Object.fromEntries(digests) },
    });
  }
}
