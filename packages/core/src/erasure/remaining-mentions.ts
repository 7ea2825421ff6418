import { sql } from 'drizzle-orm';
import type { RemainingMentions } from '../data/outcomes.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { holdsAny } from './rewrite-rows.ts';

/** Returns how many of those rows there are. */
export async function countRemaining(
  database: Database,
  workspaceId: string,
  words: readonly string[],
): Promise<RemainingMentions> {
  const count = async (
    table: string,
    columns: readonly string[],
    more = sql``,
  ): Promise<number> => {
    if (words.length === 0) return 0;
    const [row] = await queryTuples<[number]>(
      database,
      sql`select count(*) from ${sql.raw(table)} where workspace_id = ${workspaceId}
        and ${holdsAny(columns, words)} ${more}`,
    );
    return row?.[0] ?? 0;
  };
  return {
    ledger: await count('audit_entries', ['actor', 'subject', 'detail']),
    rights: await count('approver_grants', ['account_external_id']),
    decisions: await count('action_decisions', ['reason', 'proof']),
    openActions: await count(
      'action_revisions',
      ['payload', 'preview', 'rationale', 'preconditions', 'outside_texts'],
      sql`and exists (select 1 from actions where actions.workspace_id = action_revisions.workspace_id
        and actions.id = action_revisions.action_id and actions.settled_at is null)`,
    ),
  };
}
